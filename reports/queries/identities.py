"""Whether the tables of an area fit together (identities I1 to I9), and where they do not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext_lazy

from households.errors import DomainError
from reports.choices import FigureLevel
from reports.choices import Unit as Counted
from reports.queries import (
    broken_households,
    causes,
    deprivations,
    ethnic_groups,
    groups,
    questions,
    reconciled,
    tables,
)
from reports.queries.broken_households import Break
from reports.queries.questions import Question
from reports.queries.rows import Figure, Row, points_between, rounded

#: Those that are held against each other.
_TABLES = ("T1", "T2", "T3", "T4", "T6", "T8", "T9", "T10", "T12", "T13")
#: Of T2 and T3, the word of their class in T1.
_OF_T1 = (("T2", "poor"), ("T3", "near_poor"))
#: From the smallest level that is checked to the largest.
_LEVELS = (FigureLevel.COMMUNE, FigureLevel.DISTRICT, FigureLevel.PROVINCE)


@dataclass(frozen=True)
class _Level:
    """Every table of one level: by its code, then by row key and what is counted."""

    question: Question
    tables: Mapping[str, dict[tuple[int, Counted | None], Row]]

    def figure(self, table: str, key: int, column: str, counted: Counted | None = None) -> Figure:
        return self.tables[table][key, counted].figures.get(column)


#: Rows of a table for a question, as KeptAnswers.rows gives them.
RowsOf = Callable[[str, Question], list[Row]]


def _worked_out(code: str, question: Question) -> list[Row]:
    return tables.TABLES[code].rows(question)


def breaks(
    question: Question, rows_of: RowsOf = _worked_out, *, with_movements: bool = True
) -> list[Break]:
    """Of the area of the question, its levels down to communes; I9, which compares whole lists,
    only `with_movements`. About ten statements a level where rows are not kept."""
    asked = list(_levels(question))
    if asked:
        tables.ahead(_TABLES, asked[0])
    levels = [_read(one, rows_of) for one in asked]
    found: list[Break] = []
    for level in levels:
        found += [one for check in _CHECKS for one in check(level)]
        found += _openings(level, rows_of)
        found += _movements(level) if with_movements else []
    for small, large in pairwise(levels):
        found += _sums(small, large)
    if levels:
        found += broken_households.named(levels[0].question)
    return found


def _levels(question: Question) -> Iterator[Question]:
    for level in _LEVELS:
        try:
            one = questions.asked(
                round=question.round, area=question.area, level=level,
                standard=question.standard, status=question.status, areas_on=question.on,
            )  # fmt: skip
        except DomainError:
            # The level is not there on that day, or lies above the area.
            continue
        yield one


def _read(question: Question, rows_of: RowsOf) -> _Level:
    read = {
        code: {(row.unit.key, row.counted): row for row in rows_of(code, question)}
        for code in _TABLES
    }
    return _Level(question, read)


def _differ(
    level: _Level, identity: str, pairs: Callable[[int], list[tuple[str, Figure, Figure]]]
) -> Iterator[Break]:
    for unit in level.question.units.rows:
        for what, one, other in pairs(unit.key):
            if one is not None and other is not None and one != other:
                yield Break(
                    identity, unit.code, unit.name, f"{what}: {rounded(one)} ≠ {rounded(other)}"
                )


def _closings(level: _Level) -> Iterator[Break]:
    def pairs(key: int) -> list[tuple[str, Figure, Figure]]:
        return [
            (
                f"{table}.closing = T1.{word}_{what.value}",
                level.figure(table, key, "closing", what),
                level.figure("T1", key, f"{word}_{what.value}"),
            )
            for table, word in _OF_T1
            for what in Counted
        ]

    return _differ(level, "I1", pairs)


def _crossings(level: _Level) -> Iterator[Break]:
    def pairs(key: int) -> list[tuple[str, Figure, Figure]]:
        one = Counted.HOUSEHOLDS
        return [
            (
                f"T2.{poor} = T3.{near}",
                level.figure("T2", key, poor, one),
                level.figure("T3", key, near, one),
            )
            for poor, near in (("to_near_poor", "from_poor"), ("from_near_poor", "to_poor"))
        ]

    return _differ(level, "I2", pairs)


def _openings(level: _Level, rows_of: RowsOf) -> Iterator[Break]:
    """The closing of the round before, as its own T1 has it, on the same map."""
    asked = level.question
    if asked.opening is None:
        return
    before = questions.asked(
        round=asked.opening.round, area=asked.area, level=asked.level, standard=asked.standard,
        status=asked.opening.status, areas_on=asked.on,
    )  # fmt: skip
    closed = {row.unit.key: row.figures for row in rows_of("T1", before)}

    def pairs(key: int) -> list[tuple[str, Figure, Figure]]:
        return [
            (
                f"{table}.opening = T1.{word}_{what.value} {before.round.key}",
                level.figure(table, key, "opening", what),
                closed.get(key, {}).get(f"{word}_{what.value}", 0),
            )
            for table, word in _OF_T1
            for what in Counted
        ]

    yield from _differ(level, "I3", pairs)


def _lacks(level: _Level) -> Iterator[Break]:
    indicators = deprivations.columns(level.question)[2:]

    def pairs(key: int) -> list[tuple[str, Figure, Figure]]:
        found: list[tuple[str, Figure, Figure]] = []
        for table in ("T4", "T6"):
            parts = [level.figure(table, key, code) for code in indicators]
            total = level.figure(table, key, "deprivations")
            # What the form does not ask for is in no total either.
            found.append((f"{table}.deprivations = Σ", total, sum(part or 0 for part in parts)))
        return found

    return _differ(level, "I4", pairs)


def _ethnic(level: _Level) -> Iterator[Break]:
    codes = [one.removeprefix("poor_") for one in ethnic_groups.columns() if one[:4] == "poor"][3:]

    def pairs(key: int) -> list[tuple[str, Figure, Figure]]:
        found: list[tuple[str, Figure, Figure]] = []
        for word in groups.CLASSES.values():
            total, kinh, minority, *each = (
                level.figure("T9", key, f"{word}_{one}")
                for one in ("total", "kinh", "minority", *codes)
            )
            listed = level.figure("T1", key, f"{word}_households")
            found.append((f"T9.{word}_total = T1.{word}_households", total, listed))
            if kinh is not None and minority is not None:
                found.append((f"T9.{word}_total = kinh + minority", total, kinh + minority))
                found.append((f"T9.{word}_minority = Σ", minority, sum(one or 0 for one in each)))
        return found

    return _differ(level, "I5", pairs)


#: Column of T12 and T13 after the class's word, and the same figure elsewhere.
_SAME = (
    ("households", "T1", "households"), ("persons", "T1", "persons"), ("rate", "T1", "rate"),
    ("kinh_households", "T9", "kinh"), ("minority_households", "T9", "minority"),
)  # fmt: skip


def _bases(level: _Level) -> Iterator[Break]:
    def pairs(key: int) -> list[tuple[str, Figure, Figure]]:
        return [
            (
                f"{table}.{word}_{column} = {other}.{word}_{name}",
                level.figure(table, key, f"{word}_{column}"),
                level.figure(other, key, f"{word}_{name}"),
            )
            for table, word in (("T12", "poor"), ("T13", "near_poor"))
            for column, other, name in _SAME
        ]

    return _differ(level, "I5", pairs)


_MORE_CAUSES = gettext_lazy("%(column)s exceeds the number of poor households.")


def _causes(level: _Level) -> Iterator[Break]:
    for unit in level.question.units.rows:
        poor = level.figure("T1", unit.key, "poor_households") or 0
        for cause in causes.CAUSES:
            count = level.figure("T10", unit.key, f"cause_{cause}")
            if count is not None and count > poor:
                told = str(_MORE_CAUSES) % {"column": f"T10.cause_{cause}"}
                yield Break("I6", unit.code, unit.name, told)


def _movements(level: _Level) -> Iterator[Break]:
    for one in reconciled.differences(level.question):
        yield Break("I9", one.unit.code, one.unit.name, one.message, one.households)


_CHECKS = (_closings, _crossings, _lacks, _ethnic, _bases, _causes)


def _sums(small: _Level, large: _Level) -> Iterator[Break]:
    """I7: every count of a large unit is the sum of the small ones in it."""
    inside = large.question.units.communes_of_rows
    parts = small.question.units.communes_of_rows
    for unit in large.question.units.rows:
        own = [key for key, communes in parts.items() if communes & inside.get(unit.key, set())]
        for table, rows in large.tables.items():
            for (key, counted), row in rows.items():
                if key == unit.key:
                    yield from _sum(small, table, row, own, counted)


def _sum(
    small: _Level, table: str, row: Row, own: list[int], counted: Counted | None
) -> Iterator[Break]:
    for column, figure in row.figures.items():
        parts = [small.figure(table, key, column, counted) for key in own]
        if not isinstance(figure, int) or not all(isinstance(part, int) for part in parts):
            continue
        total = sum(part or 0 for part in parts)
        if total != figure:
            told = f"{table}.{column}: {figure} ≠ Σ {total}"
            yield Break("I7", row.unit.code, row.unit.name, told)


def change_in_points(now: Figure, before: Figure) -> Decimal | None:
    """I8: the change of a rate, from unrounded rates and only then rounded; None where one of them
    is not there."""
    if not isinstance(now, Fraction) or not isinstance(before, Fraction):
        return None
    return points_between(now, before)
