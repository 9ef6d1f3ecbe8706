"""A report as .xlsx in the official frame: the same content gives the same bytes.

A table, and a list that one signs, has a look for every cell: XlsxWriter. A long list of names is
written as it streams (workbook_lists).
"""

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter

from reports.choices import FileVersion
from reports.contents.content import CellValue, Column, Content, Head, Kind, Line, Sheet
from reports.contents.frame import (
    SMALL,
    SMALL_MARK,
    Frame,
    cut_off,
    frame_of,
    is_bold,
    leading_cells,
)
from reports.exchange import workbook_lists
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
    sheet_name,
    top_of,
)

#: Lines of a list from which on it streams.
LONG: Final = 5_000
_PROPERTIES: Final = "docProps/core.xml"
#: Columns that the two lines of a unit share: its number and its name.
_OF_UNIT: Final = 2
#: Nothing that is text runs, becomes a link or a number.
_AS_GIVEN: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip


def xlsx(content: Content, *, version: FileVersion, foot: str = "") -> bytes:
    """One report, a sheet of the workbook for each of its own. `foot` is said at the foot of every
    page beside the report's code. Reads the lines once; a long list of names streams."""
    if not content.head.has_names:
        return workbook([content], version=version, foot=foot)
    sheets = iter(content.sheets)
    sheet, lines = next(sheets)
    stream = iter(lines)
    first = list(islice(stream, LONG + 1))
    if len(first) <= LONG:
        return workbook([Content(content.head, [(sheet, first)])], version=version, foot=foot)
    frame = _frame(content.head, sheet, version, foot)
    name = sheet_name(content.head.report, set())
    packed = workbook_lists.write(name, sheet, chain(first, stream), frame, content.head)
    return _dated(packed, _properties(content.head, frame.title))


def workbook(contents: Sequence[Content], *, version: FileVersion, foot: str = "") -> bytes:
    """The tables of a set, a sheet each, in memory. Lists of names are no part of such a workbook:
    it goes on to those who may not read them."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, _AS_GIVEN)
    book.set_properties(_properties(contents[0].head, contents[0].head.title))
    looks = _Looks(book, {})
    met: set[str] = set()
    for content in contents:
        if len(contents) > 1 and content.head.has_names:
            raise ValueError("a list of names is a file of its own")
        for sheet, lines in content.sheets:
            page = book.add_worksheet(sheet_name(content.head.report, met))
            frame = _frame(content.head, sheet, version, foot)
            _Table(page, looks, content.head, sheet, frame).write(lines)
    book.close()
    return packed.getvalue()


def _frame(head: Head, sheet: Sheet, version: FileVersion, foot: str) -> Frame:
    return frame_of(head, sheet, is_public=version == FileVersion.PUBLIC, foot=foot)


def _properties(head: Head, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "subject": f"{head.report} · {head.area} · {head.round}",
        "author": " ".join(head.issuer),
        "comments": head.software,
        "created": cut_off(head).astimezone(dt.UTC).replace(tzinfo=None),
    }


def _dated(packed: io.BytesIO, properties: Mapping[str, Any]) -> bytes:
    """The list's workbook with properties of ours: its writer puts the clock's time into them. They
    are near the end of the file, so that what stands before them is not packed again."""
    with ZipFile(packed, "a", ZIP_DEFLATED) as book:
        begin = book.getinfo(_PROPERTIES).header_offset
        parts = [one for one in book.infolist() if one.header_offset >= begin]
        told = {one.filename: book.read(one) for one in parts}
        told[_PROPERTIES] = _packed_properties(properties)
        for one in parts:
            book.filelist.remove(one)
            del book.NameToInfo[one.filename]
        book.start_dir = begin
        for name, part in told.items():
            book.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return packed.getvalue()


def _packed_properties(properties: Mapping[str, Any]) -> bytes:
    """As XlsxWriter writes them."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, _AS_GIVEN)
    book.set_properties(dict(properties))
    book.close()
    with ZipFile(packed) as parts:
        return parts.read(_PROPERTIES)


@dataclass
class _Looks:
    """Formats of a workbook, each made once."""

    book: Any
    made: dict[tuple[tuple[str, Any], ...], Any]
    cells: dict[tuple[Kind, bool, str], Any] = field(default_factory=dict)

    def of(self, settings: Mapping[str, Any]) -> Any:
        key = tuple(sorted(settings.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(dict(settings))
        return self.made[key]

    def cell(self, kind: Kind, *, bold: bool, align: str) -> Any:
        if (kind, bold, align) not in self.cells:
            self.cells[kind, bold, align] = self.of(
                {
                    "font_name": FONT, "font_size": 11, "border": 1, "bold": bold, "align": align,
                    "valign": "vcenter", "num_format": FORMATS[kind],
                    "text_wrap": kind is Kind.TEXT,
                }
            )  # fmt: skip
        return self.cells[kind, bold, align]


@dataclass
class _Table:
    """A sheet of a table being written."""

    page: Any
    looks: _Looks
    head: Head
    sheet: Sheet
    frame: Frame
    #: What stands before the figures of the last unit's first line.
    unit: Sequence[str] = ()

    def write(self, lines: Iterable[Line]) -> None:
        top = top_of(self.frame, self.sheet)
        for block in top.blocks:
            self._block(block)
        for at, width in enumerate(top.widths):
            self.page.set_column(at, at, width)
        for row, height in top.heights_pt.items():
            self.page.set_row(row, height)
        numbers = self.looks.of(Look.NUMBER.settings)
        for at, number in enumerate(top.numbers):
            self.page.write_string(top.number_row, at, number, numbers)
        row = top.number_row + 1
        before: Line | None = None
        for line in lines:
            self._line(row, line, is_second=before is not None and self._belong(before, line))
            before, row = line, row + 1
        for block in bottom_of(self.frame, top.widths, row + 1):
            self._block(block)
        self._set_up(top)

    def _block(self, block: Block) -> None:
        look = self.looks.of(block.look.settings)
        if block.is_one_cell:
            self.page.write_string(block.row, block.column, block.words, look)
        else:
            corners = (block.row, block.column, block.last_row, block.last_column)
            self.page.merge_range(*corners, "", look)
            self.page.write_string(block.row, block.column, block.words, look)

    def _belong(self, first: Line, second: Line) -> bool:
        """Whether they are the two lines of a unit."""
        return self.sheet.two_lines and (first.level, first.key) == (second.level, second.key)

    def _line(self, row: int, line: Line, *, is_second: bool) -> None:
        bold = is_bold(line, self.head)
        for at, words in enumerate(leading_cells(line, self.sheet, self.head)):
            align = "center" if at == 0 else "left"
            look = self.looks.cell(Kind.TEXT, bold=bold, align=align)
            if is_second and at < _OF_UNIT:
                self.page.merge_range(row - 1, at, row, at, "", look)
                self.page.write_string(row - 1, at, self.unit[at], look)
            else:
                self.page.write_string(row, at, words, look)
        if not is_second:
            self.unit = leading_cells(line, self.sheet, self.head)
        start = len(self.sheet.names)
        for at, (column, cell) in enumerate(
            zip(self.sheet.columns, line.cells, strict=True), start=start
        ):
            self._cell(row, at, column, cell, line.reasons, bold)

    def _cell(
        self, row: int, at: int, column: Column, cell: CellValue, reasons: Mapping[str, str],
        bold: bool,
    ) -> None:  # fmt: skip
        if cell is None and reasons.get(column.key) == SMALL:
            cell = SMALL_MARK
        value = as_number(cell) if column.kind is Kind.RATE else cell
        is_text = isinstance(value, str) or column.kind is Kind.TEXT
        align = "right" if not is_text else "center" if column.width < NARROW else "left"
        look = self.looks.cell(Kind.TEXT if is_text else column.kind, bold=bold, align=align)
        if value is None:
            self.page.write_blank(row, at, None, look)
        elif isinstance(value, str):
            self.page.write_string(row, at, value, look)
        else:
            self.page.write_number(row, at, value, look)

    def _set_up(self, top: Top) -> None:
        self.page.set_landscape()
        self.page.set_paper(PAPERS[self.sheet.paper])
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(**MARGINS_INCH)
        self.page.center_horizontally()
        self.page.repeat_rows(top.heading_row, top.number_row)
        self.page.freeze_panes(top.number_row + 1, min(2, len(self.sheet.names)))
        self.page.set_footer(page_foot(self.frame))
