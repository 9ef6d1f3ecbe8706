"""The page of a year's results of a province over 369,000 benefits, against the plain SQL.

Families are invented; benefits are loans of households, cards and tuition of persons of the
register and, for the most part, of persons outside of it. The limit is the plain counting of times
and distinct recipients by programme in the province, once: the page tells them by line, by ground,
and for the units below too. Everything is taken back at the end.
"""

import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connection, transaction

from benchmarks.benefit_sample import MEMBERS, Sample, sample
from households.services import reference
from households.services.system_user import system_user
from programs.queries import results
from programs.queries.reach import Reach

GOAL: Final = 5.0
YEAR: Final = 2023
#: Benefits: of households, of persons of the register, of persons outside.
LOANS, INSIDE, OUTSIDE = 24_000, 105_000, 240_000
TRIES: Final = 3
_FILL: Final = """
CREATE TEMPORARY TABLE given ON COMMIT DROP AS
SELECT i, %(first)s + 1 + i %% %(homes)s AS household, NULL::bigint AS person,
  %(loan)s AS programme,
  (%(villages)s::bigint[])[1 + i %% cardinality(%(villages)s::bigint[])] AS village, '' AS name
FROM generate_series(1, %(loans)s) i
UNION ALL
SELECT i, m.household_id, m.person_id, CASE i %% 3 WHEN 0 THEN %(tuition)s ELSE %(card)s END,
  (%(villages)s::bigint[])[1 + i %% cardinality(%(villages)s::bigint[])], ''
FROM generate_series(1, %(inside)s) i
JOIN (SELECT household_id, person_id, row_number() OVER (ORDER BY person_id) AS n
      FROM households_membership WHERE household_id > %(first)s) m
  ON m.n = 1 + i %% (%(homes)s * %(members)s)
UNION ALL
SELECT i, NULL, NULL, CASE i %% 3 WHEN 0 THEN %(tuition)s ELSE %(card)s END,
  (%(villages)s::bigint[])[1 + i %% cardinality(%(villages)s::bigint[])], 'Người Ngoài ' || i
FROM generate_series(1, %(outside)s) i;
INSERT INTO programs_benefit (uuid, programme_id, household_id, person_id, outside_name,
  outside_ground, commune_id, village_id, state, acted_on, served_on, funding, number, reason, once,
  amount_vnd, recorded_by_id)
SELECT gen_random_uuid(), g.programme, g.household, g.person, g.name,
  CASE WHEN g.household IS NULL THEN 'Đối tượng ' || g.i %% 4 ELSE '' END, v.parent_id, v.id,
  'SERVED', '2023-05-01', '2023-05-01', '', '', '', false, 1000000, %(by)s
FROM given g JOIN households_area v ON v.id = g.village;
ANALYZE programs_benefit;
"""
_PLAIN: Final = """
SELECT b.programme_id, count(*), count(DISTINCT b.household_id), count(DISTINCT b.person_id),
  count(DISTINCT (b.commune_id, povreg_fold(b.outside_name))), sum(b.amount_vnd)
FROM programs_benefit b JOIN households_area c ON c.id = b.commune_id AND c.path LIKE %s
WHERE b.served_on BETWEEN '2023-01-01' AND '2023-12-31'
GROUP BY 1
"""


def main() -> None:
    reference.load(by=system_user())
    with transaction.atomic():
        ratio = measure(1)
        transaction.set_rollback(True)
    print(f"year_results: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(scale: float) -> float:
    """How many times the plain statement takes; prints the seconds."""
    made = sample(scale)
    _filled(made, scale)
    whole = Reach.alone(made.province)
    page = _seconds(lambda: results.of_year(whole, YEAR, dt.date(YEAR, 12, 31)))
    plain = _seconds(lambda: _plain(made))
    print(f"year_results: {page:.2f} s, plain SQL {plain:.2f} s")
    return page / plain


def _filled(made: Sample, scale: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, id FROM programs_programme")
        codes = dict(cursor.fetchall())
        values: dict[str, Any] = {
            "first": made.first, "homes": made.households["newly_escaped"].stop - 1,
            "members": MEMBERS, "by": made.officer.pk, "loan": codes["loan"],
            "tuition": codes["tuition"], "card": codes["health_card"],
            "villages": [one.children.get().pk for one in made.communes],
            "loans": int(LOANS * scale), "inside": int(INSIDE * scale),
            "outside": int(OUTSIDE * scale),
        }  # fmt: skip
        cursor.execute(_FILL, values)


def _plain(made: Sample) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PLAIN, [f"{made.province.inner_path}%"])
        cursor.fetchall()


def _seconds(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(TRIES):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
