"""Figures of a year as pages show them: kept ones of clean communes, the few others at once.

They are those of queries.distinct.year_count, which reads every benefit of the year.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db import connection

from households.choices import AreaLevel
from households.models import Area
from programs.choices.results import ResultLine
from programs.models import Benefit, YearSummary
from programs.queries import coverage_state, year_wanderers
from programs.queries.coverage_state import Kept
from programs.queries.distinct import Asked, Distinct, YearCount, year_count
from programs.queries.pupils import AtLevel
from programs.queries.reach import Reach
from programs.queries.totals import Total

#: So many changed communes are worked out while one waits, with so many benefits in all.
LIVE_AT_MOST = 4
LIVE_BENEFITS_AT_MOST = 15_000

#: Unit, line, programme, ground, what is stated, school level.
_Key = tuple[int, str, int | None, str | None, str, str | None]
_Numbers = tuple[int, ...]


@dataclass(frozen=True)
class YearFigures:
    """`totals` by programme, unit and ground; `distinct` by line and unit; pupils by level.
    `behind`: communes shown as they were at `oldest`, for more changed than can be worked out at
    once; `missing`: communes never counted, which stand in no figure."""

    totals: list[Total]
    distinct: dict[tuple[ResultLine, int], Distinct] = field(default_factory=dict)
    levels: list[AtLevel] = field(default_factory=list)
    behind: int = 0
    missing: int = 0
    oldest: dt.datetime | None = None
    #: The keys of those that are missing.
    uncounted: frozenset[int] = frozenset()


def places_of(paths: Iterable[str]) -> list[int]:
    """Keys of communes with these inner paths and of their villages. One query."""
    found = Area.objects.under_any(list(paths))
    return list(
        found.filter(level__in=[AreaLevel.COMMUNE, AreaLevel.VILLAGE]).values_list("pk", flat=True)
    )


def at_once(year: int, units: Sequence[Reach], on: dt.date, asked: Sequence[Asked]) -> YearFigures:
    """Counted from the benefits themselves: as of any day, and slow. One query."""
    return _told(year_count(year, units, on, asked))


def _told(count: YearCount) -> YearFigures:
    return YearFigures(count.totals, count.distinct, count.levels)


def of_units(year: int, units: Sequence[Reach], on: dt.date, asked: Sequence[Asked]) -> YearFigures:
    """What several units came to in the year up to the day, which is the newest one that can be
    asked for. Units may lie in each other. Six queries where all is clean, four more to work out
    what changed; none grows with the register."""
    branches = sorted({path for one in units for path in one.branches})
    kept = coverage_state.kept(coverage_state.communes_of(branches), on, YearSummary)
    changed = [one for one in kept if not one.is_clean]
    is_live = len(kept) <= LIVE_AT_MOST or _are_few(changed)
    now = changed if is_live else []
    late = [] if is_live else changed
    pairs = list(_pairs(units, kept))
    sums = _Sums()
    sums.add_kept(year, pairs, {one.commune_id for one in now})
    wanderers = sums.add_live(year, pairs, now, on, asked)
    too_many = year_wanderers.too_many(
        year, pairs, asked, at_once=[one.commune_id for one in now], live=wanderers
    )
    for one in too_many:
        key = (
            one.area_id, one.line, one.programme_id, one.ground, one.stated, one.school_level,
        )  # fmt: skip
        sums.add(
            key,
            (0, -one.households, -one.persons, 0, 0, 0, -one.without_labour, -one.labour_unknown),
        )
    return replace(
        _told(sums.told()),
        behind=sum(one.computed_at is not None for one in late),
        missing=sum(one.computed_at is None for one in late),
        oldest=min((one.computed_at for one in late if one.computed_at), default=None),
        uncounted=frozenset(one.commune_id for one in late if one.computed_at is None),
    )


def _are_few(changed: Sequence[Kept]) -> bool:
    if not changed or len(changed) > LIVE_AT_MOST:
        return not changed
    given = Benefit.objects.filter(commune__in=[one.commune_id for one in changed])
    return given.count() <= LIVE_BENEFITS_AT_MOST


def _pairs(units: Sequence[Reach], kept: Sequence[Kept]) -> Iterator[tuple[int, int]]:
    """Every unit with its communes."""
    for unit in units:
        for one in kept:
            if one.inner_path.startswith(unit.branches):
                yield unit.area.pk, one.commune_id


_READ = """
SELECT a.area_id, f.line, f.programme_id, f.ground, f.stated, f.school_level, sum(f.times)::bigint,
  sum(f.households)::bigint, sum(f.persons)::bigint, sum(f.outside)::bigint,
  sum(f.amount_vnd)::bigint, sum(f.without_amount)::bigint, sum(f.without_labour)::bigint,
  sum(f.labour_unknown)::bigint
FROM unnest(%s::bigint[], %s::bigint[]) AS a(area_id, commune_id)
JOIN programs_yearsummary s ON s.commune_id = a.commune_id
JOIN programs_yearfigure f ON f.summary_id = s.id
WHERE f.year = %s GROUP BY 1, 2, 3, 4, 5, 6
"""


class _Sums:
    """Numbers of Total and Distinct added up by unit and what they are about: times, households,
    persons, outside, amount, without an amount, without labour, labour unknown."""

    def __init__(self) -> None:
        self._by: dict[_Key, _Numbers] = {}

    def add(self, key: _Key, numbers: _Numbers) -> None:
        before = self._by.get(key)
        self._by[key] = (
            numbers if before is None else tuple(map(sum, zip(before, numbers, strict=True)))
        )

    def add_kept(self, year: int, pairs: Sequence[tuple[int, int]], without: set[int]) -> None:
        """One query."""
        read = [(area, commune) for area, commune in pairs if commune not in without]
        with connection.cursor() as cursor:
            cursor.execute(_READ, [[one[0] for one in read], [one[1] for one in read], year])
            for row in cursor.fetchall():
                self.add(row[:6], row[6:])

    def add_live(
        self,
        year: int,
        pairs: Sequence[tuple[int, int]],
        now: Sequence[Kept],
        on: dt.date,
        asked: Sequence[Asked],
    ) -> list[year_wanderers.Wanderer]:
        """What changed, worked out; gives who is served there and elsewhere. Four queries."""
        if not now:
            return []
        communes = Area.objects.in_bulk([one.commune_id for one in now])
        places = places_of(one.inner_path for one in now)
        units = [Reach.alone(one) for one in communes.values()]
        by_commune: dict[int, list[tuple[_Key, _Numbers]]] = {}
        for key, numbers in numbered(year_count(year, units, on, asked, places)):
            by_commune.setdefault(key[0], []).append((key, numbers))
        for area, commune in pairs:
            for key, numbers in by_commune.get(commune, []):
                self.add((area, *key[1:]), numbers)
        last = min(on, dt.date(year, 12, 31))
        return year_wanderers.found_in(places, year, last)

    def told(self) -> YearCount:
        found = YearCount([], {}, [])
        for (area, line, programme, ground, stated, level), numbers in self._by.items():
            if level is not None:
                found.levels.append(AtLevel(programme, area, level, *numbers[:6]))
            elif line:
                __, households, persons, outside, __, __, without, unknown = numbers
                found.distinct[ResultLine(line), area] = Distinct(
                    households, without, unknown, persons, outside
                )
            elif programme is not None:
                found.totals.append(Total(programme, area, ground, stated, *numbers[:6]))
        return found


def numbered(count: YearCount) -> Iterator[tuple[_Key, _Numbers]]:
    """All as one row each: unit, line, programme, ground, what is stated and school level, with the
    numbers."""
    for one in count.totals:
        yield (
            (one.area_id, "", one.programme_id, one.ground, one.stated, None), _numbers(one)
        )  # fmt: skip
    for (line, area), of in count.distinct.items():
        yield (
            (area, line.value, None, None, "", None),
            (0, of.households, of.persons, of.outside, 0, 0, of.without_labour, of.labour_unknown),
        )
    for each in count.levels:
        about = "" if each.programme_id else ResultLine.PUPILS.value
        yield (each.area_id, about, each.programme_id, None, "", each.level), _numbers(each)


def _numbers(one: Total | AtLevel) -> _Numbers:
    """Of labour nothing is told here."""
    return (
        one.times, one.households, one.persons, one.outside, one.amount_vnd, one.without_amount,
        0, 0,
    )  # fmt: skip
