"""Which communes' kept figures still say what the register says: news is pulled out of the acts.

Every change of the register is an act (households.services.audit) with an area or a household. The
figures of a commune are clean while no act that can change them (workflow.coverage.QUIET_ACTS names
those that cannot) was committed since they were worked out. An act counts as news unless the
transaction that wrote it had surely ended by then: its number lies below `tide`, the oldest one
open at that time. So an act that was under way is never missed; at worst a commune is worked out
once more.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from households.choices import AreaLevel
from households.models import Area
from programs.models import KeptSummary
from programs.workflow.coverage import FAR_REACHING_ACTS, QUIET_ACTS

#: Acts so many before the newest one seen are looked at again: one of them may have been under way.
_LOOKED_BACK = 2_000


@dataclass(frozen=True)
class Tide:
    """Up to where the acts of the register are seen: see KeptSummary."""

    tide: int
    last_act: int


@dataclass(frozen=True)
class Kept:
    """A commune that has or needs figures. `computed_at` is None where there are none."""

    commune_id: int
    inner_path: str
    summary_id: int | None
    counted_for: dt.date | None
    computed_at: dt.datetime | None
    is_clean: bool


_TIDE = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
  (SELECT coalesce(max(id), 0) FROM households_auditevent)
"""


def tide_now() -> Tide:
    """Read before what is worked out. One statement, for both have to be of one moment."""
    with connection.cursor() as cursor:
        cursor.execute(_TIDE)
        return Tide(*cursor.fetchone())


def communes_of(branches: Sequence[str] | None) -> list[tuple[int, str]]:
    """Real communes of the branches (None: of the whole register) with their inner paths, former
    ones too, for families may be kept there still. One query."""
    units = Area.objects.real().at(AreaLevel.COMMUNE)
    if branches is not None:
        units = units.under_any(list(branches))
    return [(one.pk, one.inner_path) for one in units.order_by("path", "pk").only("path")]


_KEPT = """
SELECT s.commune_id, s.id, s.counted_for, s.computed_at, s.last_act,
  age((s.tide %% 4294967296)::text::xid) AS ago
FROM {table} s WHERE s.commune_id = ANY(%s)"""

_NEWS = """
SELECT age(a.xmin) AS ago, CASE WHEN NOT a.verb LIKE ANY(%s) THEN a.household_id END,
  CASE WHEN NOT a.verb LIKE ANY(%s) THEN a.area_id END, ar.path
FROM households_auditevent a LEFT JOIN households_area ar ON ar.id = a.area_id
WHERE a.id > %s AND age(a.xmin) <= %s AND NOT a.verb LIKE ANY(%s)
"""

_HOMES = """
SELECT DISTINCT r.household_id, v.parent_id
FROM households_residence r JOIN households_area v ON v.id = r.village_id
WHERE r.household_id = ANY(%s)"""


def kept(communes: Iterable[tuple[int, str]], on: dt.date, of: type[KeptSummary]) -> list[Kept]:
    """The communes with what is kept `of` them, clean where it is of the day (or no later one: see
    KeptSummary) and nothing happened since. Three queries at most, none of which grows with the
    register."""
    wanted = dict(communes)
    with connection.cursor() as cursor:
        cursor.execute(_KEPT.format(table=of._meta.db_table), [list(wanted)])
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
        news = _News([])
        # A tide that lies ahead is of another database: the register was restored.
        dated = [row for row in rows.values() if row[4] >= 0]
        if dated:
            since = min(row[3] for row in dated) - _LOOKED_BACK
            far, quiet = _beginnings(FAR_REACHING_ACTS), _beginnings(QUIET_ACTS)
            longest = max(row[4] for row in dated)
            cursor.execute(_NEWS, [far, far, since, longest, quiet])
            news = _News(cursor.fetchall())
            if news.households:
                cursor.execute(_HOMES, [list(news.households)])
                news.settle(cursor.fetchall())
    days = (on if of.is_of_its_day_alone else dt.date.min, on)
    return [_one(pk, path, rows.get(pk), days, news) for pk, path in wanted.items()]


def _beginnings(verbs: Iterable[str]) -> list[str]:
    return [f"{one}%" for one in verbs]


_Row = tuple[int, dt.date, dt.datetime, int, int]


def _one(
    pk: int, path: str, row: _Row | None, days: tuple[dt.date, dt.date], news: "_News"
) -> Kept:
    if row is None:
        return Kept(pk, path, None, None, None, False)
    summary, counted_for, computed_at, _last_act, ago = row
    is_clean = ago >= 0 and days[0] <= counted_for <= days[1] and news.youngest(path) > ago
    return Kept(pk, path, summary, counted_for, computed_at, is_clean)


class _News:
    """How long ago (in transactions) something last happened to a unit or a household."""

    def __init__(self, rows: list[tuple[int, int | None, int | None, str | None]]) -> None:
        never = 2**31
        #: To the unit and all below it; to units below it; to everybody.
        self._to: defaultdict[int, int] = defaultdict(lambda: never)
        self._below: defaultdict[int, int] = defaultdict(lambda: never)
        self._to_all = never
        self.households: defaultdict[int, int] = defaultdict(lambda: never)
        for ago, household, area, path in rows:
            if household is not None:
                self.households[household] = min(self.households[household], ago)
            if area is not None:
                self._to[area] = min(self._to[area], ago)
                for above in _ids(path or ""):
                    self._below[above] = min(self._below[above], ago)
            if household is None and area is None:
                self._to_all = min(self._to_all, ago)

    def settle(self, homes: list[tuple[int, int]]) -> None:
        """What happened to a household happened to every commune it lives or lived in."""
        for household, commune in homes:
            self._below[commune] = min(self._below[commune], self.households[household])

    def youngest(self, inner_path: str) -> int:
        """Of the commune with this inner path."""
        ids = _ids(inner_path)
        return min(self._to_all, self._below[ids[-1]], *(self._to[one] for one in ids))


def _ids(path: str) -> list[int]:
    return [int(one) for one in path.split(".") if one]
