"""Long lists of a report as .xlsx: written as they stream, in memory that does not grow with them.

The writer sets a look for a column, not for a line: lines of units stand in capitals, and what is
signed stands on a sheet of its own.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rustpy_xlsxwriter import Format, write_worksheets

from reports.contents.content import CellValue, Head, Kind, Line, Sheet
from reports.contents.frame import Frame, is_bold, leading_cells
from reports.exchange.workbook_frame import (
    FONT,
    FORMATS,
    MARGINS_INCH,
    NARROW,
    PAPERS,
    Block,
    Look,
    Top,
    as_number,
    bottom_of,
    page_foot,
    top_of,
)

_SIGNED: Final = "Ký"
#: Its columns, as wide as Excel makes them.
_PLAIN_WIDTHS: Final = (9,) * 16
#: The look of a column has no end: lines as Excel's own.
_LINES: Final = "#BFBFBF"


def write(
    name: str, sheet: Sheet, lines: Iterable[Line], frame: Frame, head: Head
) -> io.BytesIO:  # fmt: skip
    """The workbook; its properties say the clock's time."""
    top = top_of(frame, sheet, rows_a_heading=2)
    heads = _heads(top)
    kinds = [Kind.TEXT] * len(sheet.names) + [column.kind for column in sheet.columns]
    signed = list(bottom_of(frame, _PLAIN_WIDTHS, 0))
    below = {_SIGNED: 1 + max(block.last_row for block in signed)}
    packed = io.BytesIO()
    write_worksheets(
        [(name, _records(sheet, heads, lines, head)), (_SIGNED, [{frame.foot: None}])],
        packed,
        header_row={name: top.number_row} | below,
        header_format={
            name: _format(Look.NUMBER),
            _SIGNED: Format().set_font_name(FONT).set_italic(),
        },
        merge_ranges={
            name: [_merged(block) for block in top.blocks],
            _SIGNED: [_merged(block) for block in signed],
        },
        row_heights={name: top.heights_pt},
        # Where no cell is, a row's look goes before that of the column.
        row_formats={name: dict.fromkeys(range(top.heading_row), Format().set_font_name(FONT))},
        column_widths={name: list(top.widths)},
        column_formats={name: list(map(_column, top.widths, kinds))},
        freeze_panes={name: {"row": top.number_row + 1, "col": 0}},
        ignore_errors={name: heads},
        page_setup={
            name: _page(sheet, frame) | {"repeat_rows": (top.heading_row, top.number_row)},
            _SIGNED: _page(sheet, frame),
        },
    )
    return packed


def _records(
    sheet: Sheet, heads: list[str], lines: Iterable[Line], head: Head
) -> Iterator[dict[str, CellValue | float]]:
    columns = enumerate(sheet.columns, start=len(sheet.names))
    rates = [at for at, column in columns if column.kind is Kind.RATE]
    for line in lines:
        cells: list[CellValue | float] = [*leading_cells(line, sheet, head), *line.cells]
        for at in rates:
            cells[at] = as_number(line.cells[at - len(sheet.names)])
        if is_bold(line, head):
            cells = [one.upper() if isinstance(one, str) else one for one in cells]
        yield dict(zip(heads, cells, strict=True))


def _heads(top: Top) -> list[str]:
    """The numbers of the columns, each once: the writer tells columns apart by them."""
    heads: list[str] = []
    for at, number in enumerate(top.numbers):
        heads.append(number if number and number not in heads else f"{number}({at + 1})")
    return heads


def _merged(block: Block) -> tuple[int, int, int, int, str, Format]:
    corners = (block.row, block.column, block.last_row, block.last_column)
    return (*corners, block.words, _format(block.look))


def _format(look: Look) -> Format:
    told = look.settings
    made = Format().set_font_name(FONT).set_font_size(told["font_size"]).set_align(told["align"])
    made.set_align("vcenter").set_text_wrap()
    if told["bold"]:
        made.set_bold()
    if told["italic"]:
        made.set_italic()
    return made.set_border("thin") if told["border"] else made


def _column(width: int, kind: Kind) -> Format:
    made = Format().set_font_name(FONT).set_font_size(11).set_num_format(FORMATS[kind])
    made.set_border("thin").set_border_color(_LINES)
    return made.set_align("center") if width < NARROW else made


def _page(sheet: Sheet, frame: Frame) -> dict[str, Any]:
    return {
        "landscape": True,
        "paper_size": PAPERS[sheet.paper],
        "fit_to_pages": (1, 0),
        "margins": MARGINS_INCH,
        "center_horizontally": True,
        "footer": page_foot(frame),
    }
