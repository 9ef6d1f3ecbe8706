"""The sheets that came, given back: what is wrong marked in its cell and told beside its row."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from households.exchange.intake.plain_cells import typed
from households.exchange.intake.tables import Table

#: line → (place of the cell in its row, or None for the row; whether it is an error; the reason)
Marks = Mapping[int, Sequence[tuple[int | None, bool, str]]]

_LONGEST_NAME: Final = 31
_FORBIDDEN: Final = str.maketrans("[]:*?/\\", "       ")
_MOST_DIGITS: Final = 15  # more than these and Excel rounds a number
_AS_FORMULA: Final = ("=", "+", "-", "@")


def write(target: Path, tables: Sequence[tuple[Table, int, Marks]]) -> None:
    """One sheet for each (table, line of its headings, marks); a last column says the reasons.
    Memory does not grow with the rows, but for the marks."""
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False})
    styles = {
        True: book.add_format({"bg_color": "#F6C9C4", "border": 1, "border_color": "#B3261E"}),
        False: book.add_format({"bg_color": "#FCE8B2"}),
    }
    met: set[str] = set()
    for table, heading_line, marks in tables:
        sheet = book.add_worksheet(_name(table, met))
        width = max((len(cells) for __, cells in _head(table, heading_line)), default=0)
        for line, cells in table.rows():
            _put(sheet, line, cells, marks.get(line, ()), styles)
            if line == heading_line:
                sheet.write_string(line - 1, width, _("What to correct"))
            elif found := marks.get(line):
                sheet.write_string(line - 1, max(width, len(cells)), _reasons(found))
    book.close()


def _head(table: Table, heading_line: int) -> list[tuple[int, list[Any]]]:
    found = []
    for line, cells in table.rows():
        found.append((line, cells))
        if line >= heading_line:
            break
    return found


def _name(table: Table, met: set[str]) -> str:
    name = (table.name or Path(table.file).stem).translate(_FORBIDDEN).strip("' ")[:_LONGEST_NAME]
    while not name or name.lower() in met:
        name = f"{name[: _LONGEST_NAME - 3]} {len(met) + 1}".strip()
    met.add(name.lower())
    return name


def _put(
    sheet: Any,
    line: int,
    cells: Sequence[Any],
    marks: Sequence[tuple[int | None, bool, str]],
    styles: Mapping[bool, Any],
) -> None:
    wrong: dict[int, bool] = {}
    for place, is_error, _reason in marks:
        if place is not None:
            wrong[place] = wrong.get(place, False) or is_error
    for place in range(max(len(cells), max(wrong, default=-1) + 1)):
        cell = cells[place] if place < len(cells) else ""
        style = styles[wrong[place]] if place in wrong else None
        if isinstance(cell, float) and len(typed(cell)) <= _MOST_DIGITS:
            sheet.write_number(line - 1, place, cell, style)
        elif cell not in ("", None) or style:
            sheet.write_string(line - 1, place, typed(cell), style)


def _reasons(marks: Sequence[tuple[int | None, bool, str]]) -> str:
    return "; ".join(dict.fromkeys(reason for __, __, reason in marks))
