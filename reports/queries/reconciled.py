"""I9: the movements of each commune are the columns of its T2 and T3, of households and persons.

They are counted on two ways: T2 and T3 column by column, movements by what became of every
household. At a level above, who moved from one commune to another stays in the movements and is an
"other" change in the tables, so they are compared commune by commune.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.choices import FigureLevel, FigureStatus
from reports.choices import Unit as Counted
from reports.queries import class_moves, list_changes, movements
from reports.queries.class_moves import State
from reports.queries.questions import Question
from reports.queries.units import Unit

#: Column of T2 and of T3 to the field of ClassMoves.
FIELDS = {
    State.POOR: {
        "opening": "opening", "to_near_poor": "escaped_to_near_poor", "to_not_poor": "escaped",
        "other_out": "left", "from_near_poor": "from_other_list", "relapsed": "re_fell",
        "new_entry": "newly_arisen", "other_in": "entered", "closing": "closing",
    },
    State.NEAR_POOR: {
        "opening": "opening", "to_not_poor": "escaped", "to_poor": "became_poor",
        "other_out": "left", "from_poor": "from_other_list", "relapsed": "re_fell",
        "new_entry": "newly_arisen", "other_in": "entered", "closing": "closing",
    },
}  # fmt: skip
_TABLES = {State.POOR: "T2", State.NEAR_POOR: "T3"}


@dataclass(frozen=True)
class Difference:
    """A column that the table and the movements of a commune do not count alike; `households` are
    those that only one of them counts there."""

    unit: Unit
    table: str
    column: str
    counted: Counted
    in_table: int
    in_movements: int
    households: tuple[int, ...]

    @property
    def message(self) -> str:
        """In the reader's language."""
        return _("%(column)s: %(table)s, by the movements %(moved)s.") % {
            "column": f"{self.table}.{self.column} ({self.counted.label})",
            "table": self.in_table,
            "moved": self.in_movements,
        }


def can_be(question: Question) -> bool:
    """Only communes of the round's own day, with a closing before, and, of official figures, where
    every commune decided."""
    is_open = question.status == FigureStatus.OFFICIAL and bool(question.undecided)
    of_communes = question.level == FigureLevel.COMMUNE and question.on == question.round.as_of
    return of_communes and question.opening is not None and not is_open


def differences(question: Question) -> Iterator[Difference]:
    """Where they differ. Three statements, and two for each column that does."""
    if not can_be(question) or question.opening is None:
        return
    matrices = movements.by_unit(
        question.opening.round, question.round, question.standard, question.units.homes,
        question.status, question.opening.status,
    )  # fmt: skip
    for own, columns in FIELDS.items():
        table = list_changes.counted(question, own)
        for unit in question.units.rows:
            for what in Counted:
                moves = class_moves.moves_of(own, matrices.get(unit.key, {}), what, question.status)
                for column, field in columns.items():
                    one = table.get((unit.key, column), {}).get(what.value, 0)
                    other = getattr(moves, field)
                    if one != other:
                        keys = _households(question, own, unit, column)
                        yield Difference(unit, _TABLES[own], column, what, one, other, keys)


def _households(question: Question, own: State, unit: Unit, column: str) -> tuple[int, ...]:
    """Who is in the column by one of the two only."""
    assert question.opening is not None
    by_pair = movements.households_of(
        unit.key, question.opening.round, question.round, question.standard, question.units.homes,
        question.status, question.opening.status,
    )  # fmt: skip
    wanted = FIELDS[own][column]
    moved = {
        key
        for was, now, fell, keys in by_pair
        if wanted in _fields(own, was, now, question.status, fell=fell)
        for key in keys
    }
    listed = list_changes.households_of(question, own, unit.key, column)
    return tuple(sorted(moved.symmetric_difference(listed)))


def _fields(
    own: State, was: State, now: State, status: FigureStatus, *, fell: bool
) -> Iterator[str]:
    """The fields of ClassMoves that a household of this pair counts in."""
    if was == own:
        yield "opening"
    if now == own:
        yield "closing"
    if was == own and now != own:
        yield class_moves.way_out(own, now, status)
    elif now == own and was != own:
        into = class_moves.way_in(own, was)
        yield ("re_fell" if fell else "newly_arisen") if into == "added" else into
