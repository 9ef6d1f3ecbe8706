"""Pupils served in a year by school level: times, distinct pupils, money, as of queries.totals."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from households.choices import SchoolLevel
from programs.models import Programme
from programs.queries.reach import Reach
from programs.queries.totals import GIVEN, values_of


@dataclass(frozen=True, slots=True)
class AtLevel:
    """What pupils of one level (SchoolLevel, "" where the record states none) received in one unit,
    of one schooling programme, or of all together (`programme_id` None). Numbers as those of Total;
    who is served at two levels in the year counts at each."""

    programme_id: int | None
    area_id: int
    level: str
    times: int
    households: int
    persons: int
    outside: int
    amount_vnd: int
    without_amount: int


#: Columns: line of results ("" for one programme), programme, unit, ground, what is stated, the
#: numbers of Total, the level. Stands after GIVEN.
LEVELS = """
SELECT CASE WHEN grouping(g.programme_id) = 1 THEN %(pupils)s ELSE '' END, g.programme_id,
  u.area_id, NULL::text, '', sum(g.times)::bigint, count(DISTINCT g.household_id),
  count(DISTINCT g.person_id), count(DISTINCT g.outside), coalesce(sum(g.amount_vnd), 0)::bigint,
  sum(g.without_amount)::bigint, g.school_level
FROM given g JOIN units u ON u.id = g.place_id
WHERE g.programme_id IN (SELECT id FROM programs_programme WHERE kind = ANY(%(schooling)s))
GROUP BY GROUPING SETS ((u.area_id, g.school_level), (g.programme_id, u.area_id, g.school_level))
"""


def at_level(row: Sequence[object]) -> AtLevel:
    """Of a row of LEVELS."""
    return AtLevel(row[1], row[2], row[11], *row[5:11])  # type: ignore[arg-type]


def by_level(
    programme: Programme, year: int, units: Sequence[Reach], on: dt.date
) -> dict[int, list[AtLevel]]:
    """One schooling programme in the year up to the day, by unit, levels in the order of school.
    One query."""
    found: dict[int, list[AtLevel]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"{GIVEN}{LEVELS}", values_of(year, units, on, programme))
        for row in cursor.fetchall():
            if not row[0]:
                found.setdefault(row[2], []).append(at_level(row))
    return {area: in_order(rows) for area, rows in found.items()}


def in_order(rows: Iterable[AtLevel]) -> list[AtLevel]:
    """From preschool up; what states no level last."""
    places = {level: at for at, level in enumerate(SchoolLevel.values)}
    return sorted(rows, key=lambda one: places.get(one.level, len(places)))
