"""Small Excel and CSV files, and what is pasted from a sheet, as lines of typed cells."""

import csv
import io

import python_calamine
from django.utils.translation import gettext as _

from households.errors import Invalid

MOST_BYTES = 2_000_000
_LONGEST_CELL = 150


def lines_of(content: bytes, name: str) -> list[list[str]]:
    """The lines of an .xlsx (its first sheet) or of a .csv file, cells as one would have typed
    them. Raises Invalid: too large, or unreadable."""
    if len(content) > MOST_BYTES:
        raise Invalid(_("The file is larger than 2 MB. Split the list."))
    return _excel(content) if name.lower().endswith((".xlsx", ".xls")) else _csv(content)


def pasted(text: str) -> list[list[str]]:
    """The lines of what was copied from a sheet: cells lie between tabs, else semicolons or commas;
    empty lines stay, so that numbers of lines are those on the screen."""
    return [_cells_of(line) for line in text.splitlines()]


def _cells_of(line: str) -> list[str]:
    mark = next((one for one in "\t;" if one in line), ",")
    return [_as_text(cell) for cell in line.split(mark)]


def _excel(content: bytes) -> list[list[str]]:
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception as fault:  # calamine raises a dozen kinds for what is no workbook
        raise Invalid(_("This file is not a readable Excel file.")) from fault
    return [[_as_text(cell) for cell in line] for line in lines]


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Invalid(_("The file is not in UTF-8. Save it as “CSV UTF-8” or as .xlsx.")) from fault
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as fault:
        raise Invalid(_("This file is not a readable CSV file.")) from fault
    return [[_as_text(cell) for cell in line] for line in lines]


def _as_text(cell: object) -> str:
    """A cell as one would have typed it: a number has no ".0"."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).replace("\x00", "").split())[:_LONGEST_CELL]
