"""What was given in a year, by programme, unit and ground: the one definition of these figures."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from households.choices import AreaLevel
from programs.workflow import SERVED_STATES


@dataclass(frozen=True, slots=True)
class Total:
    """What one programme gave in one unit of the asked level.

    `area_id`: None for what lies in no unit of that level (no districts since July 2025; a village
    that nobody knows). `ground`: None for all grounds together; else the code of the ground that
    held, "" where none that povreg knows did. `stated`: with ground "", what a list says of persons
    outside the register. `times` is times served ("lượt"). `households` and `persons` are distinct
    ones of the register (a programme of households has no persons), `outside` distinct persons
    outside of it by name, birth year and commune. `amount_vnd` is money in đồng; `without_amount`
    are times of which no money is known. Distinct numbers of grounds or units do not add up.
    """

    programme_id: int
    area_id: int | None
    ground: str | None
    stated: str
    times: int
    households: int
    persons: int
    outside: int
    amount_vnd: int
    without_amount: int


# Numbers are counted over numbers: an outside person becomes one before.
_STATEMENT = """
WITH units AS MATERIALIZED (
  SELECT p.id, t.id AS area_id
  FROM households_area p
  LEFT JOIN households_area t
    ON t.level = %(level)s
    AND t.id = ANY(string_to_array(rtrim(p.path || p.id, '.'), '.')::bigint[])
  WHERE p.level IN ('COMMUNE', 'VILLAGE')
    AND EXISTS (SELECT 1 FROM unnest(%(branches)s::text[]) AS u(branch)
                WHERE starts_with(p.path || p.id || '.', u.branch))
), given AS (
  SELECT b.programme_id, u.area_id, coalesce(t.ground, '') AS ground,
    CASE WHEN t.id IS NULL THEN b.outside_ground ELSE '' END AS stated,
    b.household_id, b.person_id, b.amount_vnd,
    CASE WHEN b.household_id IS NULL THEN hashtextextended(
      concat_ws('|', b.commune_id, b.outside_birth_year, povreg_fold(b.outside_name)), 0)
    END AS outside
  FROM programs_benefit b
  JOIN units u ON u.id = coalesce(b.village_id, b.commune_id)
  LEFT JOIN programs_programmeterms t ON t.id = b.terms_id
  WHERE b.state = ANY(%(served)s) AND b.served_on BETWEEN %(first)s AND %(last)s
)
SELECT programme_id, area_id, CASE WHEN grouping(ground) = 0 THEN ground END,
  CASE WHEN grouping(stated) = 0 THEN stated ELSE '' END,
  count(*), count(DISTINCT household_id), count(DISTINCT person_id), count(DISTINCT outside),
  coalesce(sum(amount_vnd), 0)::bigint, count(*) FILTER (WHERE amount_vnd IS NULL)
FROM given
GROUP BY GROUPING SETS ((programme_id, area_id), (programme_id, area_id, ground, stated))
ORDER BY 1, 2 NULLS LAST, 3 NULLS FIRST, 4
"""


def totals(
    year: int, *, branches: Sequence[str], level: AreaLevel | str, on: dt.date | None = None
) -> list[Total]:
    """Everything received in the calendar year by whom lived in one of `branches`
    (Area.inner_path), by unit of `level` in which he lived on the day; `on`: only what was received
    up to this day. For every programme and unit one row with all grounds together and one a
    ground. One query."""
    last = dt.date(year, 12, 31)
    values: dict[str, Any] = {
        "level": str(level),
        "branches": list(branches),
        "served": sorted(SERVED_STATES),
        "first": dt.date(year, 1, 1),
        "last": min(last, on) if on else last,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)
        return [Total(*row) for row in cursor.fetchall()]
