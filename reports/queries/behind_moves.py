"""The households behind a move between two classes: a pair of the matrix of movements."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from households.errors import DomainError
from households.models import HouseholdCard
from households.models.area_reach import branches_through_time
from reports.choices import FigureLevel
from reports.choices import Unit as Counted
from reports.queries import movements
from reports.queries.cells import CountedHousehold
from reports.queries.class_moves import State
from reports.queries.questions import Question
from reports.queries.units import Unit

#: Its name among the tables; columns are POOR-NEAR_POOR and so on.
TABLE: Final = "M"


@dataclass(frozen=True)
class MoveCell:
    """Who stood in the first class in the closing before and stands in the second in this one."""

    question: Question
    column: str
    unit: Unit
    move: tuple[State, State]
    table: str = TABLE
    counted: Counted | None = None

    def figure(self, _rows_of: Callable[..., Any]) -> tuple[int | None, str]:
        """Of the matrix; None and why where the rounds cannot be joined. About six queries."""
        if self.question.opening is None:
            return None, self.question.no_opening
        try:
            found = movements.between(**self._asked)
        except DomainError as fault:
            return None, str(fault.message)
        return found.matrix.get(self.move, 0), ""

    def households(self) -> list[CountedHousehold]:
        """Where they live today. About thirty small queries."""
        keys = movements.who_moved(**self._asked, move=self.move)
        lives = (
            HouseholdCard.objects.filter(pk__in=keys).values_list("pk", "village").order_by("pk")
        )
        was, is_now = self.move
        return [CountedHousehold(pk, village, was.value, is_now.value, 1) for pk, village in lives]

    @property
    def _asked(self) -> dict[str, Any]:
        opening = self.question.opening
        assert opening
        through_time = branches_through_time([self.unit.key])
        return {
            "before": opening.round,
            "after": self.question.round,
            "standard": self.question.standard,
            "branches": through_time.get(self.unit.key, []),
            "status": self.question.status,
        }


def find(question: Question, column: str, unit: Unit) -> MoveCell | None:
    """None: no such pair, a pair that nobody was asked about, or a unit that is no area."""
    if question.level == FigureLevel.GROUP:
        return None
    names = column.split("-")
    if len(names) != 2 or not set(names) <= set(State.values):
        return None
    move = (State(names[0]), State(names[1]))
    if set(move) <= {State.NOT_LISTED, State.ELSEWHERE}:
        return None
    return MoveCell(question, column, unit, move)
