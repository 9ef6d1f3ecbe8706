"""Plan, what was reached, and money, side by side: by programme in an area, or by area."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from households.choices import AreaLevel
from households.models import Area
from programs.choices.money import Counted
from programs.models import Programme
from programs.queries.counted_elsewhere import ELSEWHERE, Elsewhere, counted_elsewhere
from programs.queries.money import NOTHING, Money, money_of
from programs.queries.targets import Planned, targets_of
from programs.queries.totals import Total, totals

_BELOW = {
    AreaLevel.PROVINCE: (AreaLevel.DISTRICT, AreaLevel.COMMUNE),
    AreaLevel.DISTRICT: (AreaLevel.COMMUNE,),
}


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
    targets, and the money that was booked."""

    programme: Programme
    area: Area
    total: Total | None
    reached: list[Reached]
    money: Money

    @property
    def is_empty(self) -> bool:
        return self.total is None and not self.reached and self.money == NOTHING


def of_area(area: Area, year: int, on: dt.date) -> list[Progress]:
    """Every programme in one area, in the programmes' order. Four queries."""
    found = _found([area], AreaLevel(area.level), [area.inner_path], year, on, None)
    return [found(programme, area) for programme in Programme.objects.all()]


def of_programme(
    programme: Programme, area: Area, year: int, on: dt.date
) -> tuple[Progress, list[Progress]]:
    """One programme in an area, and in the units below it. At most eight queries."""
    whole = _found([area], AreaLevel(area.level), [area.inner_path], year, on, programme)
    units = units_below(area, on)
    if not units:
        return whole(programme, area), []
    parts = _found(units, AreaLevel(units[0].level), [area.inner_path], year, on, programme)
    rows = [parts(programme, unit) for unit in units]
    # A unit that is no more stands there while it has figures.
    return whole(programme, area), [
        row for row in rows if not row.is_empty or _is_valid(row.area, on)
    ]


def units_below(area: Area, on: dt.date) -> list[Area]:
    """The districts of a province (its communes, where it has no districts on the day), the
    communes of a district, by name; with those that were there before. One or two queries."""
    for level in _BELOW.get(AreaLevel(area.level), ()):
        units = Area.objects.under(area).at(level).filter(valid_from__lte=on).real()
        found = list(units.select_related("parent").order_by("folded_name", "valid_from"))
        if any(_is_valid(one, on) for one in found):
            return found
    return []


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
    """Figures of several areas, put together for one programme and area at a time."""

    def __init__(
        self,
        given: dict[tuple[int, int | None], Total],
        planned: dict[tuple[int, int], list[Planned]],
        money: dict[tuple[int, int], Money],
        elsewhere: Elsewhere,
    ) -> None:
        self.given, self.planned, self.money = given, planned, money
        self.elsewhere = elsewhere

    def __call__(self, programme: Programme, area: Area) -> Progress:
        key = (programme.pk, area.pk)
        total = self.given.get(key)
        targets = [
            reached(one, total, self.elsewhere.get((one.counts, *key)))
            for one in self.planned.get(key, [])
        ]
        return Progress(programme, area, total, targets, self.money.get(key, NOTHING))


def _found(
    areas: Sequence[Area],
    level: AreaLevel,
    branches: list[str],
    year: int,
    on: dt.date,
    programme: Programme | None,
) -> _Found:
    given = {
        (one.programme_id, one.area_id): one
        for one in totals(year, branches=branches, level=level, on=on)
        if one.ground is None
    }
    return _Found(
        given,
        targets_of(year, areas, on, programme=programme),
        money_of(year, areas, on, programme=programme),
        counted_elsewhere(year, branches=branches, level=level, on=on),
    )


def _is_valid(area: Area, on: dt.date) -> bool:
    return area.valid_from <= on and (area.valid_to is None or area.valid_to >= on)
