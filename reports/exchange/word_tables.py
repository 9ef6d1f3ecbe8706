"""The table of a sheet as Word writes it, line by line. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape

from reports.contents import frame, heading_grid
from reports.contents.content import Head, Line, Sheet

#: What a figure measures, in its size; sizes in points.
_FIGURE_WIDTH: Final = 0.56
_LEAST_PT, _MOST_PT = 5.0, 10.5
_NAME_WIDTHS: Final = (6, 22, 11)
_TWIPS_A_MM: Final = 56.7
_PT_A_MM: Final = 2.835
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
#: Characters that XML cannot hold.
_FORBIDDEN: Final = {code: None for code in range(32) if code not in (9, 10, 13)}


def table(head: Head, sheet: Sheet, lines: Iterable[Line], *, inner_mm: float) -> Iterator[str]:
    """Pieces of <w:tbl>: `inner_mm` wide, the headings repeated on each page. Reads the lines once,
    holds one at a time."""
    names = len(sheet.names)
    widths = [*_NAME_WIDTHS[:names], *(column.width for column in sheet.columns)]
    twips = [int(inner_mm * _TWIPS_A_MM * one / sum(widths)) for one in widths]
    fitting = inner_mm * _PT_A_MM / (sum(widths) * _FIGURE_WIDTH)
    row = _Row(twips, round(max(_LEAST_PT, min(_MOST_PT, fitting)) * 2))
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in twips)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    yield from _headings(sheet, row)
    aligned = ["center", "left", "left"][:names]
    aligned += [frame.alignment(one) for one in sheet.columns]
    for line in lines:
        yield row.of(_cells(head, sheet, line, aligned), bold=frame.is_bold(line, head))
    yield "</w:tbl>"


def _headings(sheet: Sheet, row: "_Row") -> Iterator[str]:
    rows = heading_grid.heading_rows(sheet)
    below: dict[int, int] = {}  # columns whose heading comes from above, and how wide it is
    for cells in rows:
        starts = {one.column: one for one in cells}
        told = []
        at = 0
        while at < len(row.twips):
            if found := starts.get(at):
                merge = "restart" if found.down > 1 else ""
                told.append(_Cell(found.text, "center", found.across, merge))
                if found.down > 1:
                    below[at] = found.across
                at += found.across
            else:
                told.append(_Cell("", "center", below[at], "continue"))
                at += below[at]
        yield row.of(told, bold=True, is_heading=True)
    numbers = [_Cell(one, "center") for one in heading_grid.number_line(sheet)]
    yield row.of(numbers, bold=False, is_heading=True)


class _Cell:
    """What stands in a cell. `merge`: "restart" of one that reaches down, "continue" below it."""

    __slots__ = ("across", "align", "merge", "text")

    def __init__(self, text: str, align: str, across: int = 1, merge: str = "") -> None:
        self.text, self.align, self.across, self.merge = text, align, across, merge


def _cells(head: Head, sheet: Sheet, line: Line, aligned: list[str]) -> list[_Cell]:
    """Number and name of a unit with two lines reach over both."""
    texts = frame.leading_cells(line, sheet, head)
    shared = len(texts) - 1 if sheet.two_lines and line.counted else 0
    merge = "continue" if line.counted == "persons" else "restart"
    texts += [
        frame.printed(cell, column, line.reasons)
        for cell, column in zip(line.cells, sheet.columns, strict=True)
    ]
    return [
        _Cell(text, align, merge=merge if at < shared else "")
        for at, (text, align) in enumerate(zip(texts, aligned, strict=True))
    ]


class _Row:
    """Writes rows of a table with columns of `twips`, in letters of so many half points."""

    def __init__(self, twips: list[int], half_points: int) -> None:
        self.twips = twips
        self.size = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'

    def of(self, cells: list[_Cell], *, bold: bool, is_heading: bool = False) -> str:
        repeated = "<w:tblHeader/>" if is_heading else ""
        weight = "<w:b/>" if bold else ""
        at, told = 0, []
        for cell in cells:
            width = sum(self.twips[at : at + cell.across])
            at += cell.across
            told.append(self._cell(cell, width, weight))
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(told)}</w:tr>"

    def _cell(self, cell: _Cell, width: int, weight: str) -> str:
        span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
        merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
        text = "" if cell.merge == "continue" else escape(cell.text.translate(_FORBIDDEN))
        run = (
            f'<w:r><w:rPr>{weight}{self.size}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
            if text
            else ""
        )
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
            f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:jc w:val="{cell.align}"/></w:pPr>'
            f"{run}</w:p></w:tc>"
        )
