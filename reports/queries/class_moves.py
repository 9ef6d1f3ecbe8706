"""What became of households between two rounds, by pair of states, and what that is for one class.
Pure: no database."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from reports.choices import FigureStatus
from reports.choices import Unit as Counted


class State(TextChoices):
    """Where a household stood, in the order of a matrix."""

    POOR = "POOR", pgettext_lazy("movement", "Poor")
    NEAR_POOR = "NEAR_POOR", pgettext_lazy("movement", "Near-poor")
    AVERAGE = "AVERAGE", pgettext_lazy("movement", "Average living standard")
    NOT_POOR = "NOT_POOR", pgettext_lazy("movement", "Reviewed, not poor")
    NOT_LISTED = "NOT_LISTED", pgettext_lazy("movement", "Not listed")
    #: Before: came by moving, splitting off or a correction. After: listed elsewhere, ended,
    #: merged, or taken off by a correction.
    ELSEWHERE = "ELSEWHERE", pgettext_lazy("movement", "Not in the area")


@dataclass(frozen=True)
class Moved:
    """Households of one pair of states, and the persons in them: those of a side are known where
    its state is on a list. `joined` and `parted` came to and went from those that stayed."""

    households: int = 0
    persons_before: int = 0
    persons_after: int = 0
    joined: int = 0
    parted: int = 0
    #: Of the households and of the persons after: who had been in this class earlier.
    fell_back: int = 0
    fell_back_persons: int = 0

    def plus(self, other: "Moved") -> "Moved":
        # Not by its fields' list: a page adds up thousands.
        return Moved(
            self.households + other.households,
            self.persons_before + other.persons_before,
            self.persons_after + other.persons_after,
            self.joined + other.joined,
            self.parted + other.parted,
            self.fell_back + other.fell_back,
            self.fell_back_persons + other.fell_back_persons,
        )


Matrix = Mapping[tuple[State, State], Moved]


@dataclass(frozen=True)
class ClassMoves:
    """Of poor, or of near-poor households or persons: opening − escaped_to_near_poor − became_poor
    − escaped − left + from_other_list + added + entered = closing. `added` is re_fell +
    newly_arisen. Each is a column of T2 or T3 (I9)."""

    opening: int
    #: Poor that became near-poor; near-poor that became poor. The other is 0.
    escaped_to_near_poor: int
    became_poor: int
    #: Above both lists now.
    escaped: int
    #: Not in the area any more; by results alone also who was not read again. Of persons also who
    #: parted from a household that stays.
    left: int
    from_other_list: int
    added: int
    #: None with Movements.why_not_split: nobody knows which of the two.
    re_fell: int | None
    newly_arisen: int | None
    #: Of persons also who joined a household that stays.
    entered: int
    closing: int


def moves_of(
    own: State, moved: Matrix, counted: Counted, status: FigureStatus, *, is_known: bool = True
) -> ClassMoves:
    """What a matrix says of one class. `is_known`: re-fell and newly arisen can be told apart."""
    sums: Counter[str] = Counter()
    of_persons = counted == Counted.PERSONS
    for (was, now), one in moved.items():
        before, after = (
            (one.persons_before, one.persons_after) if of_persons else (one.households,) * 2
        )
        if was == own:
            sums["opening"] += before
        if now == own:
            sums["closing"] += after
        if was == now == own:
            sums["left"] += one.parted if of_persons else 0
            sums["entered"] += one.joined if of_persons else 0
        elif was == own:
            sums[way_out(own, now, status)] += before
        elif now == own:
            sums[way_in(own, was)] += after
            sums["re_fell"] += one.fell_back_persons if of_persons else one.fell_back
    named = {field.name: sums[field.name] for field in fields(ClassMoves)}
    newly = sums["added"] - sums["re_fell"]
    apart = {"re_fell": sums["re_fell"], "newly_arisen": newly} if is_known else _NOT_APART
    return ClassMoves(**named | apart)


_NOT_APART: Final[dict[str, Any]] = {"re_fell": None, "newly_arisen": None}


def way_out(own: State, after: State, status: FigureStatus) -> str:
    """The field of ClassMoves that a household of the class left by. Of results alone, who was not
    read again is not known to have escaped."""
    if after in (State.POOR, State.NEAR_POOR):
        return "escaped_to_near_poor" if own == State.POOR else "became_poor"
    not_read = after == State.NOT_LISTED and status == FigureStatus.PRELIMINARY
    return "left" if not_read or after == State.ELSEWHERE else "escaped"


def way_in(own: State, before: State) -> str:
    """The field of ClassMoves that a household came into the class by."""
    if before == State.ELSEWHERE:
        return "entered"
    return "from_other_list" if before in {State.POOR, State.NEAR_POOR} - {own} else "added"
