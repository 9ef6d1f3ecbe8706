"""Loans: procedures helped, and money paid out. Two figures that are never one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from programs.choices import ProgrammeKind
from programs.choices.support_lists import ListState
from programs.queries.reach import Reach
from programs.workflow import SERVED_STATES


@dataclass(frozen=True)
class LoanProcedures:
    """Loans of a year by the ground that held ("": all grounds together).

    `helped`: times a household stood on a list that the commune handed to the bank in the year and
    did not take back. `paid_out`: loans that the bank paid out in the year, whether or not they
    stood on a list, and whenever that was handed over. Households are distinct ones of the
    register; `paid_out_vnd` is money in đồng, without loans of which no sum is known.
    """

    ground: str
    helped: int
    helped_households: int
    paid_out: int
    paid_out_households: int
    paid_out_vnd: int


_COUNTED = """
WITH places AS MATERIALIZED (
  SELECT p.id FROM households_area p
  CROSS JOIN LATERAL unnest(string_to_array(p.path || p.id, '.')::bigint[]) AS up(id)
  WHERE p.level IN ('COMMUNE', 'VILLAGE') AND up.id = ANY(%(tops)s)
), counted AS (
  SELECT coalesce(t.ground, '?') AS ground, r.household_id, true AS is_helped, 0::bigint AS vnd
  FROM programs_supportlistrow r JOIN programs_supportlist l ON l.id = r.support_list_id
  JOIN programs_programme g ON g.id = l.programme_id
  LEFT JOIN programs_programmeterms t ON t.id = r.terms_id
  WHERE g.kind = %(loan)s AND l.state = %(handed_over)s AND r.village_id IN (SELECT id FROM places)
    AND l.handed_over_on BETWEEN %(first)s AND %(last)s
  UNION ALL
  SELECT coalesce(t.ground, '?'), b.household_id, false, coalesce(b.amount_vnd, 0)
  FROM programs_benefit b JOIN programs_programme g ON g.id = b.programme_id
  LEFT JOIN programs_programmeterms t ON t.id = b.terms_id
  WHERE g.kind = %(loan)s AND b.state = ANY(%(served)s)
    AND b.served_on BETWEEN %(first)s AND %(last)s
    AND coalesce(b.village_id, b.commune_id) IN (SELECT id FROM places)
)
SELECT CASE WHEN grouping(ground) = 1 THEN '' ELSE ground END,
  count(*) FILTER (WHERE is_helped), count(DISTINCT household_id) FILTER (WHERE is_helped),
  count(*) FILTER (WHERE NOT is_helped),
  count(DISTINCT household_id) FILTER (WHERE NOT is_helped), coalesce(sum(vnd), 0)::bigint
FROM counted GROUP BY GROUPING SETS ((), (ground)) ORDER BY grouping(ground) DESC, ground
"""


def loan_procedures(whole: Reach, year: int, on: dt.date) -> list[LoanProcedures]:
    """Of whoever lived in the unit on the day, in the calendar year up to `on`; first all grounds
    together, then each ("?": none that povreg knows); [] where nothing was. One query."""
    values: dict[str, Any] = {
        "tops": whole.tops,
        "loan": ProgrammeKind.LOAN.value,
        "handed_over": ListState.HANDED_OVER.value,
        "served": sorted(SERVED_STATES),
        "first": dt.date(year, 1, 1),
        "last": min(dt.date(year, 12, 31), on),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, values)
        found = [LoanProcedures(*row) for row in cursor.fetchall()]
    return [one for one in found if one.helped or one.paid_out]
