"""A point table as a grid: one row an option of a question, one column an area variant.

What is pasted from a spreadsheet (tabs) or comes as CSV (commas, semicolons). The first row
names the columns: question, option, then the variants in any order; a column "name" is for the
reader and is passed over.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from households.folding import fold
from households.scoring import PointTable

#: (question code, option code) to the points in the order of the variants.
Points = Mapping[tuple[str, str], tuple[int, ...]]

_QUESTION, _OPTION, _NAME = "question", "option", "name"
_HEADINGS = {
    "question": _QUESTION,
    "cau hoi": _QUESTION,
    "option": _OPTION,
    "phuong an": _OPTION,
    "name": _NAME,
    "ten": _NAME,
}
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,4}")


@dataclass(frozen=True)
class GridError:
    """What is wrong in one place; `row` is the line of the grid (heading = 1)."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Grid:
    """The points read, and everything wrong with them; points are whole only without errors."""

    points: Points
    errors: tuple[GridError, ...]


def write(table: PointTable) -> str:
    """The table as tab-separated text, the form in which it is pasted back."""
    written = io.StringIO()
    out = csv.writer(written, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    out.writerow([_QUESTION, _OPTION, _NAME, *table.variants])
    language = get_language() or "vi"
    for question in table.questions:
        for option in question.options:
            name = f"{question.name.in_language(language)}: {option.name.in_language(language)}"
            out.writerow([question.code, option.code, name, *option.points])
    return written.getvalue()


def read(text: str, table: PointTable) -> Grid:
    """Points for every option of `table`, whose questions and variants the grid has to cover."""
    return _GridReader(table).read(text)


class _GridReader:
    """Goes through the grid once and collects everything that is wrong."""

    def __init__(self, table: PointTable) -> None:
        self.variants = table.variants
        self.wanted = {
            (question.code, option.code)
            for question in table.questions
            for option in question.options
        }
        self.questions = {question.code for question in table.questions}
        self.columns: dict[str, int] = {}
        self.points: dict[tuple[str, str], tuple[int, ...]] = {}
        self.errors: list[GridError] = []

    def read(self, text: str) -> Grid:
        try:
            rows = _rows(text)
        except csv.Error:
            rows = []
        if not rows:
            self._fault(1, "", "", _("No rows and columns are found here."))
        elif self._read_heading(rows[0][1]):
            for number, cells in rows[1:]:
                self._read_row(number, cells)
            self._name_missing(rows[-1][0])
        return Grid(points=self.points, errors=tuple(self.errors))

    def _fault(self, row: int, column: str, value: str, reason: str) -> None:
        self.errors.append(GridError(row=row, column=column, value=value, reason=reason))

    def _read_heading(self, cells: Sequence[str]) -> bool:
        by_folded = {fold(variant): variant for variant in self.variants}
        for place, cell in enumerate(cells):
            name = _HEADINGS.get(fold(cell)) or by_folded.get(fold(cell))
            if name is None:
                self._fault(1, cell, cell, _("This column is not known."))
            elif name in self.columns:
                self._fault(1, cell, cell, _("This column occurs twice."))
            else:
                self.columns[name] = place
        for name in (_QUESTION, _OPTION, *self.variants):
            if name not in self.columns:
                self._fault(1, name, "", _("This column is missing."))
        return not self.errors

    def _read_row(self, number: int, cells: Sequence[str]) -> None:
        question, option = self._cell(cells, _QUESTION), self._cell(cells, _OPTION)
        key = (question, option)
        if question not in self.questions:
            self._fault(number, _QUESTION, question, _("Form B has no such question."))
        elif key not in self.wanted:
            self._fault(number, _OPTION, option, _("The question has no such option."))
        elif key in self.points:
            self._fault(number, _OPTION, option, _("This option occurs twice."))
        else:
            self.points[key] = tuple(
                self._number(number, variant, self._cell(cells, variant))
                for variant in self.variants
            )

    def _cell(self, cells: Sequence[str], column: str) -> str:
        place = self.columns[column]
        return cells[place].strip() if place < len(cells) else ""

    def _number(self, row: int, variant: str, cell: str) -> int:
        if not _WHOLE_NUMBER.fullmatch(cell):
            self._fault(row, variant, cell, _("A whole number of points is needed."))
            return 0
        return int(cell)

    def _name_missing(self, last_row: int) -> None:
        for question, option in sorted(self.wanted - set(self.points)):
            told = _("The option %(question)s / %(option)s has no row.")
            reason = told % {"question": question, "option": option}
            self._fault(last_row, _OPTION, option, reason)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Rows that hold something, with their line numbers."""
    lines = text.lstrip("\ufeff").splitlines(keepends=False)
    heading = next((line for line in lines if line.strip()), "")
    delimiter = next((mark for mark in "\t;" if mark in heading), ",")
    reader = csv.reader(lines, delimiter=delimiter)
    return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
