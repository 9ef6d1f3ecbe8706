"""What was given in a year, by programme, unit and ground: the one definition of these figures."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from programs.choices.results import ResultLine
from programs.models import Programme
from programs.queries.reach import Reach
from programs.workflow import SERVED_STATES
from programs.workflow.support_lists import SCHOOLING


@dataclass(frozen=True, slots=True)
class Total:
    """What one programme gave in one unit.

    `ground`: None for all grounds together; else the code of the ground that
    held, "" where none that povreg knows did. `stated`: with ground "", what a list says of persons
    outside the register. `times` is times served ("lượt"). `households` and `persons` are distinct
    ones of the register (a programme of households has no persons), `outside` distinct persons
    outside of it by name, birth year and commune. `amount_vnd` is money in đồng; `without_amount`
    are times of which no money is known. Distinct numbers of grounds or units do not add up.
    """

    programme_id: int
    area_id: int
    ground: str | None
    stated: str
    times: int
    households: int
    persons: int
    outside: int
    amount_vnd: int
    without_amount: int


# Every recipient stands once a place and ground before anything is counted apart, and the names of
# persons outside are read once for all units. Numbers are counted over numbers.
#: What was received, a WITH clause that ends in `given` by place, and `units` of the places.
GIVEN = """
WITH asked AS (
  SELECT * FROM unnest(%(tops)s::bigint[], %(areas)s::bigint[]) AS a(top, area_id)
), units AS MATERIALIZED (
  SELECT DISTINCT p.id, a.area_id
  FROM households_area p
  CROSS JOIN LATERAL unnest(string_to_array(p.path || p.id, '.')::bigint[]) AS up(id)
  JOIN asked a ON a.top = up.id
  WHERE p.level IN ('COMMUNE', 'VILLAGE')
), given AS MATERIALIZED (
  SELECT b.programme_id, coalesce(b.village_id, b.commune_id) AS place_id,
    coalesce(t.ground, '') AS ground,
    CASE WHEN t.id IS NULL THEN b.outside_ground ELSE '' END AS stated,
    b.household_id, b.person_id, b.school_level,
    CASE WHEN b.household_id IS NULL THEN hashtextextended(
      concat_ws('|', b.commune_id, b.outside_birth_year, povreg_fold(b.outside_name)), 0)
    END AS outside,
    count(*) AS times, sum(b.amount_vnd) AS amount_vnd,
    count(*) FILTER (WHERE b.amount_vnd IS NULL) AS without_amount
  FROM programs_benefit b
  LEFT JOIN programs_programmeterms t ON t.id = b.terms_id
  WHERE b.state = ANY(%(served)s) AND b.served_on BETWEEN %(first)s AND %(last)s
    AND coalesce(b.village_id, b.commune_id) IN (SELECT id FROM units)
    AND (%(programme)s::bigint IS NULL OR b.programme_id = %(programme)s)
    AND (%(places)s::bigint[] IS NULL
      OR b.commune_id = ANY(%(places)s::bigint[]) OR b.village_id = ANY(%(places)s::bigint[]))
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
)"""

#: Columns of Total in their order.
SUMMED = """
SELECT programme_id, area_id, CASE WHEN grouping(ground) = 0 THEN ground END,
  CASE WHEN grouping(stated) = 0 THEN stated ELSE '' END,
  sum(times)::bigint, count(DISTINCT household_id), count(DISTINCT person_id),
  count(DISTINCT outside), coalesce(sum(amount_vnd), 0)::bigint, sum(without_amount)::bigint
FROM given JOIN units ON units.id = given.place_id
GROUP BY GROUPING SETS ((programme_id, area_id), (programme_id, area_id, ground, stated))
"""


def totals(
    year: int,
    units: Sequence[Reach],
    *,
    on: dt.date | None = None,
    programme: Programme | None = None,
) -> list[Total]:
    """Everything received in the calendar year by whom lived in one of the units on the day; `on`:
    only what was received up to this day. Units may lie in each other. For every programme and
    unit one row with all grounds together and one a ground. One query, one pass over the benefits
    for all units."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{GIVEN}{SUMMED} ORDER BY 1, 2, 3 NULLS FIRST, 4",
            values_of(year, units, on, programme),
        )
        return [Total(*row) for row in cursor.fetchall()]


def values_of(
    year: int,
    units: Sequence[Reach],
    on: dt.date | None,
    programme: Programme | None = None,
    places: Sequence[int] | None = None,
) -> dict[str, Any]:
    """Parameters of GIVEN and of what reads it. A unit is told by `tops`, the heads of its
    branches. `places`: communes and villages that hold the units, where they are few enough to be
    looked up by index."""
    last = dt.date(year, 12, 31)
    pairs = [(top, one.area.pk) for one in units for top in one.tops]
    return {
        "tops": [top for top, __ in pairs],
        "areas": [area for __, area in pairs],
        "served": sorted(SERVED_STATES),
        "first": dt.date(year, 1, 1),
        "last": min(last, on) if on else last,
        "programme": programme.pk if programme else None,
        "places": None if places is None else list(places),
        "schooling": sorted(SCHOOLING),
        "pupils": ResultLine.PUPILS.value,
    }
