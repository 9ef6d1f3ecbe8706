"""Who is served in more than one commune in a year: distinct recipients of several communes are
the sum of those of each, less what these stand there too often."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from programs.choices.results import ResultLine
from programs.queries.distinct import Asked
from programs.workflow import SERVED_STATES
from programs.workflow.support_lists import SCHOOLING


class Wanderer(NamedTuple):
    """A household or person (`is_person`) in one of its communes; see models.YearWanderer."""

    commune_id: int
    programme_id: int
    ground: str
    stated: str
    school_level: str
    is_person: bool
    recipient: int
    no_labour: bool | None


# Found from the places by index: first who is served there, then all that these were given.
_FOUND = """
WITH here AS MATERIALIZED (
  SELECT DISTINCT household_id, person_id FROM programs_benefit
  WHERE (commune_id = ANY(%(places)s) OR village_id = ANY(%(places)s))
    AND coalesce(village_id, commune_id) = ANY(%(places)s) AND household_id IS NOT NULL
    AND state = ANY(%(served)s) AND served_on BETWEEN %(first)s AND %(last)s
), homes AS MATERIALIZED (SELECT DISTINCT household_id FROM here
), heads AS MATERIALIZED (SELECT DISTINCT person_id FROM here WHERE person_id IS NOT NULL
), theirs AS MATERIALIZED (
  SELECT false AS is_person, h.household_id AS recipient, b.*
  FROM homes h JOIN programs_benefit b ON b.household_id = h.household_id
  WHERE b.state = ANY(%(served)s) AND b.served_on BETWEEN %(first)s AND %(last)s
  UNION ALL
  SELECT true, h.person_id, b.* FROM heads h JOIN programs_benefit b ON b.person_id = h.person_id
  WHERE b.state = ANY(%(served)s) AND b.served_on BETWEEN %(first)s AND %(last)s
), placed AS MATERIALIZED (
  SELECT DISTINCT CASE p.level WHEN 'VILLAGE' THEN p.parent_id ELSE p.id END AS commune_id,
    t.programme_id, coalesce(m.ground, '') AS ground,
    CASE WHEN m.id IS NULL THEN t.outside_ground ELSE '' END AS stated, t.school_level, t.is_person,
    t.recipient
  FROM theirs t JOIN households_area p ON p.id = coalesce(t.village_id, t.commune_id)
  LEFT JOIN programs_programmeterms m ON m.id = t.terms_id
), several AS MATERIALIZED (
  SELECT is_person, recipient FROM placed GROUP BY 1, 2 HAVING count(DISTINCT commune_id) > 1
), newest AS MATERIALIZED (
  SELECT DISTINCT ON (s.household_id) s.household_id, s.no_labour FROM households_survey s
  WHERE s.household_id IN (SELECT recipient FROM several WHERE NOT is_person)
    AND s.state = 'COMPLETE' AND s.as_of <= %(last)s
  ORDER BY s.household_id, s.as_of DESC, s.id DESC
)
SELECT placed.*, n.no_labour FROM placed JOIN several USING (is_person, recipient)
LEFT JOIN newest n ON n.household_id = placed.recipient AND NOT placed.is_person
"""


def found_in(places: Sequence[int], year: int, last: dt.date) -> list[Wanderer]:
    """Of who was served in the communes (`places`: these and their villages) in the year up to the
    day: those served elsewhere too, with all their communes. One query."""
    values: dict[str, Any] = {
        "places": list(places), "served": sorted(SERVED_STATES), "first": dt.date(year, 1, 1),
        "last": last,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, values)
        return [_wanderer(row) for row in cursor.fetchall()]


def _wanderer(row: tuple[int, int, str, str, str, bool, int, bool | None]) -> Wanderer:
    return Wanderer(*row)


class TooMany(NamedTuple):
    """By how many a sum of communes is larger than the distinct recipients of the unit. `line` ""
    for a programme, with `ground` None for all grounds together; `school_level` None for all levels
    together."""

    area_id: int
    line: str
    programme_id: int | None
    ground: str | None
    stated: str
    school_level: str | None
    households: int
    persons: int
    without_labour: int
    labour_unknown: int


# What was worked out at once stands for what is kept of the same communes and of the same people.
_TOO_MANY = """
WITH asked AS (
  SELECT * FROM unnest(%(areas)s::bigint[], %(communes)s::bigint[]) AS a(area_id, commune_id)
), lines AS (
  SELECT * FROM unnest(%(lines)s::text[], %(programmes)s::bigint[], %(grounds)s::text[])
    AS l(line, programme_id, ground)
), live AS MATERIALIZED (
  SELECT * FROM unnest(%(l0)s::bigint[], %(l1)s::bigint[], %(l2)s::text[], %(l3)s::text[],
    %(l4)s::text[], %(l5)s::boolean[], %(l6)s::bigint[], %(l7)s::boolean[])
    AS w(commune_id, programme_id, ground, stated, school_level, is_person, recipient, no_labour)
), known AS MATERIALIZED (
  SELECT commune_id, programme_id, ground, stated, school_level, is_person, recipient, no_labour
  FROM programs_yearwanderer k
  WHERE year = %(year)s AND NOT commune_id = ANY(%(at_once)s::bigint[])
    AND NOT EXISTS (SELECT FROM live w WHERE w.recipient = k.recipient
      AND w.is_person = k.is_person)
  UNION ALL SELECT * FROM live
), schooling AS (
  SELECT id FROM programs_programme WHERE kind = ANY(%(schooling)s)
), twice AS (
  SELECT a.area_id, k.line, k.programme_id, k.ground, k.stated, k.school_level, w.is_person,
    w.recipient, count(DISTINCT w.commune_id) - 1 AS more, bool_or(w.no_labour) AS no_labour
  FROM known w JOIN asked a ON a.commune_id = w.commune_id
  CROSS JOIN LATERAL (
    SELECT '' AS line, w.programme_id, NULL::text AS ground, '' AS stated,
      NULL::text AS school_level
    UNION ALL SELECT '', w.programme_id, w.ground, w.stated, NULL
    UNION ALL SELECT l.line, NULL, NULL, '', NULL FROM lines l
    WHERE l.programme_id = w.programme_id AND (l.ground = '*' OR l.ground = w.ground)
    UNION ALL SELECT v.line, v.programme_id, NULL, '', w.school_level
    FROM schooling s CROSS JOIN LATERAL (VALUES ('', s.id), (%(pupils)s, NULL))
      AS v(line, programme_id)
    WHERE s.id = w.programme_id
  ) k
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING count(DISTINCT w.commune_id) > 1
)
SELECT area_id, line, programme_id, ground, stated, school_level,
  coalesce(sum(more) FILTER (WHERE NOT is_person), 0)::bigint,
  coalesce(sum(more) FILTER (WHERE is_person), 0)::bigint,
  coalesce(sum(more) FILTER (WHERE NOT is_person AND no_labour), 0)::bigint,
  coalesce(sum(more) FILTER (WHERE NOT is_person AND no_labour IS NULL), 0)::bigint
FROM twice GROUP BY 1, 2, 3, 4, 5, 6
"""


def too_many(
    year: int,
    communes: Iterable[tuple[int, int]],
    asked: Sequence[Asked],
    *,
    at_once: Sequence[int],
    live: Sequence[Wanderer],
) -> list[TooMany]:
    """What the sums over `communes` (pairs of unit and commune) hold too often. `at_once`: communes
    whose figures were worked out now, with whom `found_in` found there (`live`). One query, which
    grows with those who wander."""
    pairs = list(communes)
    columns = list(zip(*live, strict=True)) or [()] * len(Wanderer._fields)
    values: dict[str, Any] = {
        "year": year, "areas": [area for area, _ in pairs], "communes": [pk for _, pk in pairs],
        "lines": [line.value for line, _, _ in asked], "programmes": [pk for _, pk, _ in asked],
        "grounds": [ground or "*" for _, _, ground in asked], "at_once": list(at_once),
        "schooling": sorted(SCHOOLING), "pupils": ResultLine.PUPILS.value,
    } | {f"l{n}": list(column) for n, column in enumerate(columns)}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_TOO_MANY, values)
        return [TooMany(*row) for row in cursor.fetchall()]
