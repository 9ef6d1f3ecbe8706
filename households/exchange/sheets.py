"""Any list as a sheet: a styled .xlsx that is written as it streams, or CSV. No cell runs as a
formula, no code loses its zeros, no row is cut off.

The writer takes its rows one by one, so memory does not grow with them (20 MB at 100,000 rows).
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from rustpy_xlsxwriter import Format, write_worksheets

#: What a sheet program runs when a cell of a CSV file begins with it.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
#: Rows of an .xlsx sheet.
MOST_ROWS: Final = 1_048_576
_LONGEST_LIST: Final = 255  # of the characters Excel keeps for a list written into the rule itself
_LONGEST_NAME: Final = 31  # of a sheet
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Cell(Enum):
    """What a column holds, and Excel's format for it."""

    TEXT = "@"
    WHOLE = "#,##0"
    DECIMAL = "0.###"
    DAY = "dd/mm/yyyy"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heading, what its cells are, how wide it is (in letters), and the only values
    it takes, where there are few."""

    words: str
    cell: Cell = Cell.TEXT
    width: int = 14
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet. `second` is a second row of headings, `top` a line above all of them. `count` are
    the rows at most: those that one sheet cannot take go on in the next. Headings differ."""

    name: str
    heads: Sequence[Head]
    rows: Iterable[Sequence[object]]
    count: int = 0
    second: Sequence[str] = ()
    top: str = ""


def write_xlsx(path: Path, parts: Sequence[Part]) -> None:
    """Bold headings that stay in sight, filters, widths, codes as text, lists of allowed values."""
    sheets: list[tuple[str, Any]] = []
    looks: dict[str, Any] = {name: {} for name in _LOOKS}
    panes: dict[str, dict[str, int]] = {}
    for part in parts:
        for name, rows in _sheets(part):
            sheets.append((name, rows))
            panes[name] = {"row": 1 + bool(part.top) + bool(part.second), "col": 1}
            for look, value in _look_of(part).items():
                looks[look][name] = value
    write_worksheets(sheets, str(path), freeze_panes=panes, datetime_format=Cell.DAY.value, **looks)


_LOOKS: Final = (
    "column_widths", "column_formats", "header_format", "header_row", "row_formats", "autofilter",
    "ignore_errors", "data_validations", "merge_ranges",
)  # fmt: skip


def _look_of(part: Part) -> dict[str, Any]:
    top = bool(part.top)
    texts = [head.words for head in part.heads if head.cell is Cell.TEXT]
    bold = Format().set_bold().set_background_color("#E6EFEF").set_border_bottom("thin")
    note = Format().set_italic().set_font_color("#555555")
    look: dict[str, Any] = {
        "column_widths": {head.words: head.width for head in part.heads},
        "column_formats": {h.words: Format().set_num_format(h.cell.value) for h in part.heads},
        "header_format": bold,
        "header_row": int(top),
        # A second row of headings would be sorted among the rows.
        "autofilter": not part.second,
        "ignore_errors": texts,
        "data_validations": {
            head.words: {"type": "list", "values": list(head.allowed), "ignore_blank": True}
            for head in part.heads
            if head.allowed and len(",".join(head.allowed)) <= _LONGEST_LIST
        },
    }
    if part.second:
        look["row_formats"] = {1 + int(top): Format().set_italic()}
    if top and len(part.heads) > 1:
        look["merge_ranges"] = [(0, 0, 0, len(part.heads) - 1, part.top, note)]
    return look


def _sheets(part: Part) -> Iterator[tuple[str, Iterator[dict[str, object]]]]:
    """As many sheets as the rows need, each with the headings."""
    room = MOST_ROWS - 1 - bool(part.top) - bool(part.second)
    rows = iter(part.rows)
    name = part.name.translate(_NOT_IN_NAMES).strip()[: _LONGEST_NAME - 3] or "1"
    for number in range(1, max(1, -(-part.count // room)) + 1):
        yield (name if number == 1 else f"{name} {number}"), _records(part, islice(rows, room))


def _records(part: Part, rows: Iterator[Sequence[object]]) -> Iterator[dict[str, object]]:
    words = [head.words for head in part.heads]
    decimals = [at for at, head in enumerate(part.heads) if head.cell is Cell.DECIMAL]
    if part.second:
        rows = chain([part.second], rows)
    # The writer learns the headings from the first row; a sheet without rows has them too.
    first = next(rows, (None,) * len(words))
    for row in chain([first], rows):
        record = dict(zip(words, row, strict=True))
        for at in decimals:
            if isinstance(row[at], Decimal):
                record[words[at]] = float(row[at])  # type: ignore[arg-type]
        yield record


def csv_lines(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, separator: str = ";"
) -> Iterator[str]:
    """UTF-8 text without its mark, line by line. Days as dd/mm/yyyy; what a sheet program would
    run as a formula gets an apostrophe, which the import takes away again."""
    writer = csv.writer(_Echo(), delimiter=separator, lineterminator="\r\n")
    for row in chain([heads], rows):
        line: str = writer.writerow([_typed(cell) for cell in row])
        yield line


def _typed(cell: object) -> object:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return cell


def part_lines(part: Part) -> Iterator[str]:
    """A list as CSV as Excel in Vietnamese reads it: UTF-8 with its mark, semicolons. The line
    above the headings of a sheet is the last line here."""
    yield "\ufeff"
    yield from csv_lines([head.words for head in part.heads], part.rows)
    if part.top:
        yield from csv_lines([part.top], [])


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text
