"""The households behind a figure: those that a cell of a table counts, by the table's own source.

A rate has the households it counts; persons and children have the households they belong to, and
each household says how many it adds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from reports.choices import Unit as Counted
from reports.queries import behind_hardships, behind_moves, cells, list_changes
from reports.queries.cells import Cell, CountedHousehold, Key, Source
from reports.queries.questions import Question
from reports.queries.rows import Row
from reports.queries.tables import OF_PAGES, TABLES
from reports.queries.units import Unit

#: Rows of a table for a question, as KeptAnswers.rows gives them.
RowsOf = Callable[[str, Question], list[Row]]

#: Tables of rates to those of the counts.
COUNTS_OF = {"T5": "T4", "T7": "T6"}
#: Rates beside their counts.
_RATES = (("_persons_rate", "_persons"), ("_rate", "_households"))


class Behind(Protocol):
    """A cell of the question: `counted` only where its table has a row for households and for
    persons."""

    @property
    def table(self) -> str: ...
    @property
    def column(self) -> str: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def counted(self) -> Counted | None: ...

    def figure(self, rows_of: RowsOf) -> tuple[int | None, str]:
        """The figure of the table, or None and why there is none."""

    def households(self) -> list[CountedHousehold]:
        """Whom it counts; only where there is a figure."""


@dataclass(frozen=True)
class TableCell:
    """A cell of T1 to T13 or of a pages' table; its households are those of the columns `parts`."""

    question: Question
    table: str
    column: str
    unit: Unit
    counted: Counted | None
    parts: tuple[str, ...]
    source: Source

    def figure(self, rows_of: RowsOf) -> tuple[int | None, str]:
        """As the table has it. No query where its rows are kept."""
        row = next(
            one
            for one in rows_of(self.table, self.question)
            if one.unit.key == self.unit.key and one.counted == self.counted
        )
        if self.column in list_changes.SUMS:
            return list_changes.sum_of(row, self.column)
        figure = row.figures[self.column]
        if isinstance(figure, int):
            return figure, ""
        return None, row.reasons.get(self.column, "")

    def households(self) -> list[CountedHousehold]:
        """One query."""
        found = [self.source.cells[part, self.counted] for part in self.parts]
        cell = Cell(" OR ".join(one.where for one in found), found[0].amount)
        return cells.households(self.source, cell, self.question, self.unit.key)


def find(
    question: Question, table: str, column: str, unit: int, counted: Counted | None = None
) -> Behind | None:
    """The cell of an address; None: there is no such table, column or unit, or it counts no
    households of the register. Without `counted` households are meant. About three queries."""
    place = next((one for one in question.units.rows if one.key == unit), None)
    if place is None:
        return None
    if table == behind_moves.TABLE:
        return behind_moves.find(question, column, place)
    if table == behind_hardships.TABLE:
        return behind_hardships.find(question, column, place)
    table, column = _counting(table, column)
    definition = (TABLES | OF_PAGES).get(table)
    if definition is None or definition.source is None:
        return None
    parts = list_changes.SUMS.get(column, ()) if table == "T2" else ()
    parts = parts or (column,)
    if not set(parts) <= {*definition.columns(question), *definition.beside}:
        return None
    source = definition.source(question)
    keys: list[Key] = [(parts[0], None), (parts[0], counted or Counted.HOUSEHOLDS)]
    key = next((one for one in keys if one in source.cells), None)
    if key is None:
        return None
    return TableCell(question, table, column, place, key[1], parts, source)


def _counting(table: str, column: str) -> tuple[str, str]:
    """Of a rate the column that counts what it is of."""
    if table in ("T1", "T12", "T13"):
        for rate, count in _RATES:
            if column.endswith(rate):
                return table, column.removesuffix(rate) + count
    return COUNTS_OF.get(table, table), column
