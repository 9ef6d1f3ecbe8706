"""Where the official frame of a report lies in a sheet: blocks of words above the lines and below
them, as both writers of workbooks draw them. Rows and columns count from 0."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from reports.contents.content import CellValue, Kind, Paper, Sheet
from reports.contents.frame import NATION, Frame
from reports.contents.heading_grid import heading_rows, number_line

FONT: Final = "Times New Roman"
#: Of a line of words, in points.
LINE_PT: Final = 15.0
#: Of a column's letters as many go into a line of letters of one point, with some to spare.
_ROOM: Final = 10
#: Letters; of the columns before the figures: number, unit, what is counted.
_NAME_WIDTHS: Final = (6, 28, 12)
#: Of a column that is as narrow words stand in the middle.
NARROW: Final = 10
#: Excel's own, which it shows as the reader's country writes numbers.
FORMATS: Final = {Kind.COUNT: "#,##0", Kind.VND: "#,##0", Kind.RATE: "0.00", Kind.TEXT: "@"}
#: Paper sizes by Excel's own numbers.
PAPERS: Final = {Paper.A4: 9, Paper.A3: 8}
MARGINS_INCH: Final = {"left": 0.79, "right": 0.59, "top": 0.79, "bottom": 0.79}
_LONGEST_FOOT: Final = 200  # Excel takes 255 letters with its own marks
_MOST_NAMES: Final = 31  # letters of a sheet's name
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Look(Enum):
    """How a block is set: bold, italic, letters in points, across its columns, bordered."""

    STRONG = (True, False, 12, "center", False)
    MARK = (True, False, 11, "right", False)
    TITLE = (True, False, 14, "center", False)
    UNDER = (False, True, 11, "center", False)
    HEADING = (True, False, 11, "center", True)
    NUMBER = (False, True, 9, "center", True)
    NOTE = (False, True, 11, "left", False)
    DATED = (False, True, 12, "center", False)

    @property
    def settings(self) -> dict[str, Any]:
        """By the names of XlsxWriter."""
        bold, italic, size, align, border = self.value
        return {
            "bold": bold, "italic": italic, "font_size": size, "align": align,
            "border": int(border), "font_name": FONT, "text_wrap": True, "valign": "vcenter",
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """Words over a range of cells; a range of one cell is that cell."""

    row: int
    column: int
    last_row: int
    last_column: int
    words: str
    look: Look

    @property
    def is_one_cell(self) -> bool:
        return (self.row, self.column) == (self.last_row, self.last_column)


@dataclass(frozen=True)
class Top:
    """What stands above the lines. `numbers` (the words of the line under the headings) is row
    `number_row`; lines begin below it. `heights_pt` are those of rows that need their own."""

    blocks: tuple[Block, ...]
    heights_pt: dict[int, float]
    widths: tuple[int, ...]
    numbers: tuple[str, ...]
    heading_row: int
    number_row: int


def top_of(frame: Frame, sheet: Sheet, *, rows_a_heading: int = 1) -> Top:
    """`rows_a_heading`: into how many rows of the sheet each row of headings goes, for a writer
    that has blocks of several cells only."""
    widths = (*_NAME_WIDTHS[: len(sheet.names)], *(one.width for one in sheet.columns))
    above = list(_above(frame, widths))
    begin = 2 + max(block.last_row for block in above)
    headings = list(_headings(sheet, begin, rows_a_heading))
    number_row = 1 + max(block.last_row for block in headings)
    numbers = tuple(number_line(sheet))
    line = [
        Block(number_row, at, number_row, at, one, Look.NUMBER) for at, one in enumerate(numbers)
    ]
    heights = _heights(above, widths, 1) | _heights(headings, widths, rows_a_heading)
    heights |= _heights(line, widths, 1)
    return Top((*above, *headings), heights, widths, numbers, begin, number_row)


def _above(frame: Frame, widths: Sequence[int]) -> Iterator[Block]:
    last = len(widths) - 1
    middle = _middle(widths)
    nation = (NATION[0].upper(), NATION[1])
    for row, (left, right) in enumerate(zip(frame.issuer, nation, strict=True)):
        yield Block(row, 0, row, middle, left.upper(), Look.STRONG)
        yield Block(row, middle + 1, row, last, right, Look.STRONG)
    row = 2
    if frame.marks:
        yield Block(row, 0, row, last, " · ".join(frame.marks), Look.MARK)
    row += 1
    yield Block(row, 0, row, last, frame.title.upper(), Look.TITLE)
    for at, words in enumerate(frame.under, start=row + 1):
        yield Block(at, 0, at, last, words, Look.UNDER)


def _middle(widths: Sequence[int]) -> int:
    """The last column of the left half; each half has two columns where there are four."""
    total, met = sum(widths), 0
    for at, width in enumerate(widths):
        met += width
        if 2 * met >= total:
            return max(min(at, len(widths) - 3), min(1, len(widths) - 2), 0)
    return 0


def _headings(sheet: Sheet, begin: int, rows_a_heading: int) -> Iterator[Block]:
    for level, cells in enumerate(heading_rows(sheet)):
        for cell in cells:
            row = begin + level * rows_a_heading
            last_row = row + cell.down * rows_a_heading - 1
            yield Block(
                row, cell.column, last_row, cell.column + cell.across - 1, cell.text, Look.HEADING
            )


def _heights(blocks: Sequence[Block], widths: Sequence[int], least_rows: int) -> dict[int, float]:
    """Programs make rows high enough for wrapped words, but not where cells are merged."""
    heights: dict[int, float] = {}
    by_height = sorted(blocks, key=lambda one: one.last_row - one.row)
    for block in by_height:
        rows = range(block.row, block.last_row + 1)
        bold, _italic, size, _align, _border = block.look.value
        room = (
            sum(widths[block.column : block.last_column + 1]) * _ROOM / size / (1.1 if bold else 1)
        )
        lines = max(1, len(textwrap.wrap(block.words, max(int(room), 1))))
        wanted = lines * LINE_PT * size / 11
        held = sum(heights.get(row, LINE_PT / least_rows) for row in rows)
        if wanted > held:
            for row in rows:
                heights[row] = heights.get(row, LINE_PT / least_rows) + (wanted - held) / len(rows)
    return {row: round(height, 1) for row, height in heights.items()}


def bottom_of(frame: Frame, widths: Sequence[int], row: int) -> Iterator[Block]:
    """Notes, day and signers, from `row` on."""
    last = len(widths) - 1
    for words in frame.notes:
        yield Block(row, 0, row, last, words, Look.NOTE)
        row += 1
    middle = _middle(widths)
    yield Block(row + 1, middle + 1, row + 1, last, frame.dated, Look.DATED)
    left, right = frame.signers
    for at, words in enumerate(left, start=row + 2):
        yield Block(at, 0, at, middle, words.upper(), Look.STRONG)
    for at, words in enumerate(right, start=row + 2):
        yield Block(at, middle + 1, at, last, words.upper(), Look.STRONG)


def page_foot(frame: Frame) -> str:
    """Of every printed page, with Excel's marks for its number."""
    told = frame.foot.replace("&", "&&")[:_LONGEST_FOOT]
    return f"&L{told}&RTrang &P/&N"


def as_number(rate: CellValue) -> CellValue | float:
    """A rate, which comes as text with its two decimals; words stay words."""
    if not isinstance(rate, str):
        return rate
    try:
        return float(rate)
    except ValueError:
        return rate


def sheet_name(words: str, met: set[str]) -> str:
    """One that Excel takes and that none of `met` has; it is added to them."""
    plain = words.translate(_NOT_IN_NAMES).strip()[: _MOST_NAMES - 4] or "1"
    name, number = plain, 1
    while name.lower() in met:
        number += 1
        name = f"{plain} {number}"
    met.add(name.lower())
    return name
