"""Plan, what was reached, and money, side by side: by programme in an area, or by area."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from households.models import Area
from programs.choices.money import Counted
from programs.models import Programme
from programs.queries.counted_elsewhere import ELSEWHERE, Elsewhere, counted_elsewhere
from programs.queries.money import NOTHING, Money, money_of
from programs.queries.reach import Reach, is_valid, parts_of
from programs.queries.targets import Planned, targets_of
from programs.queries.totals import Total, totals


@dataclass(frozen=True)
class Reached:
    """A target with what was reached of it. `number` None: povreg does not count it here (yet)."""

    planned: Planned
    number: int | None

    @property
    def share_percent(self) -> float | None:
        if self.number is None or not self.planned.number:
            return None
        return 100 * self.number / self.planned.number


@dataclass(frozen=True)
class Progress:
    """One programme in one area: what recorded benefits come to (None: none is recorded), the
    targets, and the money that was booked. `grounds`: the total by ground that held, and by what
    is stated for persons outside the register."""

    programme: Programme
    area: Area
    total: Total | None
    reached: list[Reached]
    money: Money
    grounds: list[Total]

    @property
    def is_empty(self) -> bool:
        return self.total is None and not self.reached and self.money == NOTHING


def of_area(whole: Reach, year: int, on: dt.date) -> list[Progress]:
    """Every programme in one unit, in the programmes' order. Seven queries."""
    found = _found([whole], year, on, None)
    return [found(programme, whole.area) for programme in Programme.objects.all()]


def of_units(units: Sequence[Reach], year: int, on: dt.date) -> dict[tuple[int, int], Progress]:
    """Every programme in several units by (programme, area), which may lie in each other. Seven
    queries, one of them over all benefits of the year in the units."""
    found = _found(units, year, on, None)
    return {
        (programme.pk, one.area.pk): found(programme, one.area)
        for programme in Programme.objects.all()
        for one in units
    }


def of_programme(
    programme: Programme, whole: Reach, year: int, on: dt.date
) -> tuple[Progress, list[Progress]]:
    """One programme in a unit, and in those below it. At most nine queries."""
    parts = parts_of(whole, on)
    found = _found([whole, *parts], year, on, programme)
    rows = [found(programme, part.area) for part in parts]
    # A unit that is no more stands there while it has figures.
    return found(programme, whole.area), [
        row for row in rows if not row.is_empty or is_valid(row.area, on)
    ]


def reached(planned: Planned, total: Total | None, elsewhere: int | None = None) -> Reached:
    """A target with what was reached of what it counts; `elsewhere`: the number of those who count
    what is no benefit (see counted_elsewhere)."""
    counts = planned.counts
    if counts in ELSEWHERE:
        return Reached(planned, elsewhere)
    return Reached(planned, of_total(counts, total))


def of_total(counts: Counted, total: Total | None) -> int | None:
    """What recorded benefits come to, counted as a target counts; None for what they do not
    tell."""
    if counts in ELSEWHERE:
        return None
    if total is None:
        return 0
    if counts == Counted.HOUSEHOLDS:
        return total.households
    if counts == Counted.PERSONS:
        return total.persons + total.outside
    return total.times


class _Found:
    """Figures of several units, put together for one programme and area at a time."""

    def __init__(
        self,
        given: list[Total],
        planned: dict[tuple[int, int], list[Planned]],
        money: dict[tuple[int, int], Money],
        elsewhere: Elsewhere,
    ) -> None:
        self.given: dict[tuple[int, int], Total] = {}
        self.grounds: dict[tuple[int, int], list[Total]] = defaultdict(list)
        for one in given:
            key = (one.programme_id, one.area_id)
            if one.ground is None:
                self.given[key] = one
            else:
                self.grounds[key].append(one)
        self.planned, self.money, self.elsewhere = planned, money, elsewhere

    def __call__(self, programme: Programme, area: Area) -> Progress:
        key = (programme.pk, area.pk)
        total = self.given.get(key)
        targets = [
            reached(one, total, self.elsewhere.get((one.counts, *key)))
            for one in self.planned.get(key, [])
        ]
        money = self.money.get(key, NOTHING)
        return Progress(programme, area, total, targets, money, self.grounds.get(key, []))


def _found(units: Sequence[Reach], year: int, on: dt.date, programme: Programme | None) -> _Found:
    return _Found(
        totals(year, units, on=on, programme=programme),
        targets_of(year, units, on, programme=programme),
        money_of(year, units, on, programme=programme),
        counted_elsewhere(year, units, on),
    )
