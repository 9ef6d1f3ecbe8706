"""What targets count that is no benefit of somebody: production projects, people reached.

Who keeps these adds his count to COUNTS, one line each; plans, progress and results then show it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

from households.choices import AreaLevel
from programs.choices.money import Counted

#: What is never counted from benefits, whether or not anybody counts it already.
ELSEWHERE = frozenset({Counted.PROJECTS, Counted.PEOPLE_REACHED})


class Count(Protocol):
    """Numbers of a calendar year up to `on`, by programme and by unit of `level` in `branches`
    (Area.inner_path): (programme id, area id) to number. What is missing is nothing."""

    def __call__(
        self, year: int, *, branches: Sequence[str], level: AreaLevel, on: dt.date
    ) -> Mapping[tuple[int, int], int]: ...


COUNTS: dict[Counted, Count] = {}


class Elsewhere:
    """The numbers of everybody in COUNTS, for one year and area."""

    def __init__(self, found: Mapping[Counted, Mapping[tuple[int, int], int]]) -> None:
        self.found = found

    def get(self, key: tuple[Counted, int, int]) -> int | None:
        """What (counted, programme id, area id) came to; None where nobody counts it."""
        counts, programme, area = key
        numbers = self.found.get(counts)
        return None if numbers is None else numbers.get((programme, area), 0)


def counted_elsewhere(
    year: int, *, branches: Sequence[str], level: AreaLevel, on: dt.date
) -> Elsewhere:
    """Cost: what the counts of COUNTS cost."""
    return Elsewhere(
        {
            counts: count(year, branches=branches, level=level, on=on)
            for counts, count in COUNTS.items()
        }
    )
