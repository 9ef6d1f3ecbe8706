"""The way of a house: which fixed steps mean what for the benefit, and which step follows.

The steps themselves, their order and norms are rows (HousingStage); pure functions here.
"""

from collections.abc import Collection, Sequence
from typing import Final, Protocol, TypeVar

from programs.choices import BenefitState

MEETING: Final = "MEETING"
REVIEWED: Final = "REVIEWED"
POSTED: Final = "POSTED"
DECIDED: Final = "DECIDED"
ACCEPTED: Final = "ACCEPTED"
HANDED_OVER: Final = "HANDED_OVER"

#: What a fixed step makes of the benefit. A building stage changes nothing of it.
STATE_AT: Final[dict[str, BenefitState]] = {
    MEETING: BenefitState.WISHED,
    REVIEWED: BenefitState.LISTED,
    POSTED: BenefitState.LISTED,
    DECIDED: BenefitState.DECIDED,
    ACCEPTED: BenefitState.SERVED,
    HANDED_OVER: BenefitState.CLOSED,
}


class Stage(Protocol):
    """What of a step the order reads."""

    code: str
    rank: int
    builds: list[str]


S = TypeVar("S", bound=Stage)


def way_of(stages: Sequence[S], build: str) -> list[S]:
    """The steps of a new house or a repair, in order."""
    return sorted((one for one in stages if build in one.builds), key=lambda one: one.rank)


def next_stage(stages: Sequence[S], build: str, reached: Collection[str]) -> S | None:
    """The first step not reached yet; None when all are. A step that was put into the rules in
    front of one that is reached already is not asked for any more."""
    way = way_of(stages, build)
    after = max((at for at, one in enumerate(way) if one.code in reached), default=-1)
    return way[after + 1] if after + 1 < len(way) else None


def state_before(stages: Sequence[S], build: str, reached: Collection[str]) -> BenefitState:
    """What the benefit is with only these steps reached."""
    known = [STATE_AT[one.code] for one in way_of(stages, build)
             if one.code in reached and one.code in STATE_AT]  # fmt: skip
    return known[-1] if known else BenefitState.WISHED
