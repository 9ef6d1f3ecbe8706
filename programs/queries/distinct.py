"""Distinct recipients of the lines of a year: over several programmes, so they are counted anew."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from programs.choices.results import ResultLine
from programs.queries.reach import Reach
from programs.queries.totals import places_of
from programs.workflow import SERVED_STATES


@dataclass(frozen=True)
class Distinct:
    """Distinct recipients of a line in an area: households of the register, of them those without
    labour capacity by the newest form, and those of whom no form tells it; persons of the
    register, and named ones outside of it."""

    households: int = 0
    without_labour: int = 0
    labour_unknown: int = 0
    persons: int = 0
    outside: int = 0


_STATEMENT = """
WITH lines AS MATERIALIZED (
  SELECT * FROM unnest(%(lines)s::text[], %(programmes)s::bigint[], %(grounds)s::text[])
    AS l(line, programme_id, ground)
), asked AS (
  SELECT * FROM unnest(%(tops)s::bigint[], %(areas)s::bigint[]) AS a(top, area_id)
), units AS MATERIALIZED (
  SELECT DISTINCT p.id, a.area_id
  FROM households_area p
  CROSS JOIN LATERAL unnest(string_to_array(p.path || p.id, '.')::bigint[]) AS up(id)
  JOIN asked a ON a.top = up.id
  WHERE p.level IN ('COMMUNE', 'VILLAGE')
), given AS MATERIALIZED (
  SELECT DISTINCT l.line, coalesce(b.village_id, b.commune_id) AS place_id, b.household_id,
    b.person_id,
    CASE WHEN b.household_id IS NULL THEN hashtextextended(
      concat_ws('|', b.commune_id, b.outside_birth_year, povreg_fold(b.outside_name)), 0)
    END AS outside
  FROM programs_benefit b
  LEFT JOIN programs_programmeterms t ON t.id = b.terms_id
  JOIN lines l ON l.programme_id = b.programme_id
    AND (l.ground = '*' OR l.ground = coalesce(t.ground, ''))
  WHERE b.state = ANY(%(served)s) AND b.served_on BETWEEN %(first)s AND %(last)s
    AND coalesce(b.village_id, b.commune_id) IN (SELECT id FROM units)
), newest AS MATERIALIZED (
  SELECT DISTINCT ON (s.household_id) s.household_id, s.no_labour
  FROM households_survey s
  WHERE s.household_id IN (SELECT household_id FROM given) AND s.state = 'COMPLETE'
    AND s.as_of <= %(last)s
  ORDER BY s.household_id, s.as_of DESC, s.id DESC
)
SELECT g.line, u.area_id, count(DISTINCT g.household_id),
  count(DISTINCT g.household_id) FILTER (WHERE n.no_labour),
  count(DISTINCT g.household_id) FILTER (WHERE n.no_labour IS NULL),
  count(DISTINCT g.person_id), count(DISTINCT g.outside)
FROM given g JOIN units u ON u.id = g.place_id
LEFT JOIN newest n ON n.household_id = g.household_id
GROUP BY 1, 2
"""


def distinct(
    year: int,
    units: Sequence[Reach],
    on: dt.date,
    lines: Iterable[tuple[ResultLine, int, str | None]],
) -> dict[tuple[ResultLine, int], Distinct]:
    """By line and area. `lines`: of each line its programmes, one by one, with the ground it is
    about (None: any). One query, one pass over the benefits for all units."""
    asked = list(lines)
    values: dict[str, Any] = places_of(units) | {
        "lines": [line.value for line, _programme, _ground in asked],
        "programmes": [programme for _line, programme, _ground in asked],
        "grounds": [ground or "*" for _line, _programme, ground in asked],
        "served": sorted(SERVED_STATES),
        "first": dt.date(year, 1, 1),
        "last": min(on, dt.date(year, 12, 31)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)
        rows = cursor.fetchall()
    return {(ResultLine(line), area): Distinct(*rest) for line, area, *rest in rows}
