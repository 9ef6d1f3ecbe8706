"""What a table counts, said once: its totals and the lists behind them are made of it.

A table is counted from rows that carry the household and its village. A cell names those that it
counts and what each of them adds, so a figure is the sum over exactly the households of its list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from reports.choices import Unit as Counted
from reports.queries import units
from reports.queries.questions import Question
from reports.queries.rows import Counts, fetched

#: A column, and what is counted where a table has a row for each (Row.counted).
Key = tuple[str, Counted | None]

#: A household itself.
ONE: Final = "1"


@dataclass(frozen=True)
class Cell:
    """`where` over the rows of the source, `amount` what each of them adds; SQL both."""

    where: str
    amount: str = ONE

    @property
    def total(self) -> str:
        what = "count(*)" if self.amount == ONE else f"sum({self.amount})"
        return f"({what} FILTER (WHERE {self.where}))::int"

    @property
    def counts(self) -> str:
        """Whether a row adds anything."""
        return f"({self.where})" if self.amount == ONE else f"({self.where}) AND {self.amount} > 0"


@dataclass(frozen=True)
class Source:
    """`rows` is a SELECT of household_id, village_id, what the cells read, and the classes `before`
    and `now`; it takes the question's values and its own. It stands as `a` where cells are read."""

    rows: str
    cells: Mapping[Key, Cell]
    before: str = "NULL"
    now: str = "a.poverty_class"
    values: Mapping[str, object] = field(default_factory=dict)

    def values_with(self, question: Question) -> dict[str, Any]:
        return question.values | dict(self.values)

    @property
    def placed(self) -> str:
        """FROM of the rows that lie in the question's units, by `unit_id`."""
        return f"FROM ({self.rows}) a {units.HERE}"


def name_of(key: Key) -> str:
    """Of a cell among the counts of a unit."""
    column, counted = key
    return f"{column}_{counted.value}" if counted else column


def totals(source: Source, question: Question) -> list[Counts]:
    """Every cell by its name (name_of), with unit_id; units in which nothing was found are left
    out. One query."""
    each = "".join(f', {cell.total} AS "{name_of(key)}"' for key, cell in source.cells.items())
    sql = f"SELECT unit_id{each} {source.placed} GROUP BY 1"
    return fetched(sql, source.values_with(question))


@dataclass(frozen=True)
class CountedHousehold:
    """A household behind a figure: where it counts, the classes that the figure rests on (None
    where there is none to tell), and what it adds."""

    household_id: int
    village_id: int
    before: str | None
    now: str | None
    amount: int


def households(source: Source, cell: Cell, question: Question, unit: int) -> list[CountedHousehold]:
    """Whom a cell counts in a unit: their amounts add up to its total. One query."""
    sql = (
        f"SELECT a.household_id, village_id, {source.before}, {source.now}, {cell.amount}"
        f" {source.placed} WHERE unit_id = %(unit)s AND {cell.counts} ORDER BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, source.values_with(question) | {"unit": unit})
        return [CountedHousehold(*row) for row in cursor.fetchall()]
