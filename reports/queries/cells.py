"""What a table counts, said once: its totals and the lists behind them are made of it.

A table is counted from rows that carry the household and its village. A cell names those that it
counts and what each of them adds, so a figure is the sum over exactly the households of its list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from reports.choices import FigureStatus
from reports.choices import Unit as Counted
from reports.queries import facts, kept_communes, units
from reports.queries.kept_communes import Share
from reports.queries.questions import Question
from reports.queries.rows import fetched

#: A column, and what is counted where a table has a row for each (Row.counted).
Key = tuple[str, Counted | None]
#: Cells by key of the unit; units in which nothing was found are left out.
Totals = dict[int, dict[Key, int]]


@dataclass
class Adding:
    """Cells by unit, added up."""

    totals: Totals = field(default_factory=dict)

    def add(self, unit: int, numbers: Mapping[Key, int]) -> None:
        counts = self.totals.setdefault(unit, {})
        for key, number in numbers.items():
            counts[key] = counts.get(key, 0) + number


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
    #: More values, which say where villages lie.
    places: Mapping[str, object] = field(default_factory=dict)

    def values_with(self, question: Question) -> dict[str, Any]:
        return question.values | dict(self.values) | dict(self.places)

    def told(self, question: Question) -> list[object]:
        """What its rows rest on beside the register and its map."""
        given = question.facts_values | dict(self.values)
        return [self.rows, *sorted(given.items())]

    @property
    def placed(self) -> str:
        """FROM of the rows that lie in the question's units, by `unit_id`."""
        return f"FROM ({self.rows}) a {units.HERE}"


def totals(source: Source, question: Question) -> Totals:
    """Every cell. One query, and two where parts of communes are kept (kept_communes)."""
    if not kept_communes.answers(question):
        values, rows = source.values_with(question), source.rows
        if share := kept_communes.of_area(question):
            values, rows = values | share.values, share.rows(rows)
        return _counted(source, rows, values)

    def work_out(share: Share) -> Totals:
        return _counted(
            source, share.rows(source.rows), source.values_with(question) | share.values
        )

    return summed(question, kept_communes.of_rows(question, _told(source, question), work_out))


def _told(source: Source, question: Question) -> list[object]:
    return [*source.told(question), [(key, one.total) for key, one in source.cells.items()]]


def ahead(sources: Sequence[Source], question: Question) -> None:
    """Counts for `totals` what several sources count of decided lists, in one statement that reads
    each list once. Only where parts of communes are kept, and of them what is not there."""
    if question.status != FigureStatus.OFFICIAL or not kept_communes.answers(question):
        return

    def work_out(share: Share, which: list[int]) -> list[Totals]:
        return _counted_together([sources[at] for at in which], question, share)

    kept_communes.ahead(question, [_told(one, question) for one in sources], work_out)


def _counted_together(sources: Sequence[Source], question: Question, share: Share) -> list[Totals]:
    lists = {"list_now": facts.select(question.status)}
    if question.opening:
        lists["list_then"] = facts.select(question.opening.status, "then")
    found: list[Totals] = [{} for __ in sources]
    with connection.cursor() as cursor:

        def filled(sql: str, values: Mapping[str, Any]) -> str:
            told: bytes = cursor.mogrify(sql, {**values, **share.values})
            return told.decode()

        read = {name: filled(share.rows(sql), question.values) for name, sql in lists.items()}
        parts = []
        for at, source in enumerate(sources):
            each = ", ".join(cell.total for cell in source.cells.values())
            part = filled(
                f"SELECT {at} AS source, unit_id, ARRAY[{each}] AS counts"
                f" FROM ({share.rows(source.rows)}) a {units.HERE} GROUP BY 2",
                source.values_with(question),
            )
            for name, sql in read.items():
                part = part.replace(sql, f"SELECT * FROM {name}")
            parts.append(part)
        once = ", ".join(f"{name} AS MATERIALIZED ({sql})" for name, sql in read.items())
        cursor.execute(f"WITH {once} {' UNION ALL '.join(parts)}")
        for at, unit, counts in cursor.fetchall():
            found[at][unit] = {
                key: count or 0 for key, count in zip(sources[at].cells, counts, strict=True)
            }
    return found


def summed(question: Question, parts: Mapping[int, Mapping[Key, int] | None]) -> Totals:
    """By row from parts by commune."""
    found = Adding()
    rows_of = question.units.rows_of_communes or {}
    for commune, numbers in parts.items():
        for row in rows_of[commune] if numbers else ():
            found.add(row, numbers or {})
    return found.totals


def _counted(source: Source, rows: str, values: Mapping[str, Any]) -> Totals:
    names = {f"cell_{at}": key for at, key in enumerate(source.cells)}
    each = "".join(
        f", {cell.total} AS {name}" for name, cell in zip(names, source.cells.values(), strict=True)
    )
    sql = f"SELECT unit_id{each} FROM ({rows}) a {units.HERE} GROUP BY 1"
    return {
        one["unit_id"]: {key: one[name] for name, key in names.items()}
        for one in fetched(sql, values)
    }


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
