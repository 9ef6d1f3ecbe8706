"""Households with and without support over 100,000 listed households, against the plain SQL.

Everybody was listed on 1 January and closes by a decision of the year: some leave, some stay, some
go from poor to near-poor; every third received a loan in the year. The limit is one statement over
the same tables that counts beginning, support and closing, and reads neither standards, decisions,
forms nor zones; the comparison reads these too and sums them in twelve ways. Everything is taken
back at the end.
"""

import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connection, transaction

from households.choices import DecisionOrigin, Role
from households.services import reference
from households.services.system_user import system_user
from programs.queries import what_helped
from programs.services import programmes
from tests.factories import areas, families, reviews, users

GOAL: Final = 4.0
HOUSEHOLDS: Final = 100_000
COMMUNES, VILLAGES = 20, 5
TRIES: Final = 5
_FILL = """
CREATE TEMPORARY TABLE drawn ON COMMIT DROP AS
SELECT %(first)s + i AS household, i,
  (%(villages)s::bigint[])[1 + i %% cardinality(%(villages)s::bigint[])] AS village,
  (%(communes)s::bigint[])[1 + i %% cardinality(%(communes)s::bigint[])] AS commune,
  (%(decisions)s::bigint[])[1 + i %% cardinality(%(decisions)s::bigint[])] AS decision,
  CASE WHEN i %% 2 = 0 THEN 'POOR' ELSE 'NEAR_POOR' END AS began
FROM generate_series(1, %(count)s) i;
INSERT INTO households_household (id, end_reason, phone) OVERRIDING SYSTEM VALUE
  SELECT household, '', '' FROM drawn;
INSERT INTO households_residence (household_id, village_id, valid_from)
  SELECT household, village, '2020-01-01' FROM drawn;
INSERT INTO households_statusperiod (household_id, standard_id, poverty_class, valid_from, valid_to,
  decision_in_id, decision_out_id, how_in, how_out)
  SELECT household, %(standard)s, began, '2023-01-01',
    CASE WHEN i %% 5 < 2 THEN '2024-12-31'::date END, decision,
    CASE WHEN i %% 5 < 2 THEN decision END, 'ADOPTED',
    CASE WHEN i %% 5 = 0 THEN 'ESCAPED' WHEN i %% 5 = 1 THEN 'TO_NEAR_POOR' ELSE '' END
  FROM drawn;
INSERT INTO households_statusperiod (household_id, standard_id, poverty_class, valid_from,
  decision_in_id, how_in, how_out)
  SELECT household, %(standard)s, 'NEAR_POOR', '2025-01-01', decision, 'FROM_POOR', ''
  FROM drawn WHERE i %% 5 = 1;
INSERT INTO programs_benefit (uuid, programme_id, household_id, outside_name, outside_ground,
  commune_id, village_id, state, acted_on, served_on, funding, number, reason, once, recorded_by_id)
  SELECT gen_random_uuid(), %(loan)s, household, '', '', commune, village, 'SERVED', '2024-05-01',
    '2024-05-01', '', '', '', false, %(by)s
  FROM drawn WHERE i %% 3 = 0;
ANALYZE households_residence, households_statusperiod, programs_benefit, households_household;
"""
_PLAIN = """
SELECT p.poverty_class, q.poverty_class, EXISTS (
    SELECT 1 FROM programs_benefit b WHERE b.household_id = p.household_id
      AND b.served_on BETWEEN '2024-01-01' AND '2024-12-31'), count(*)
FROM households_statusperiod p
JOIN households_residence r ON r.household_id = p.household_id AND r.valid_from <= '2024-01-01'
JOIN households_area v ON v.id = r.village_id AND v.path LIKE %s
LEFT JOIN households_statusperiod q ON q.household_id = p.household_id
  AND q.valid_from <= '2025-01-01' AND (q.valid_to IS NULL OR q.valid_to >= '2025-01-01')
WHERE p.valid_from <= '2024-01-01' AND (p.valid_to IS NULL OR p.valid_to >= '2024-01-01')
GROUP BY 1, 2, 3
"""


def main() -> None:
    reference.load(by=system_user())
    programmes.load(by=system_user())
    with transaction.atomic():
        ratio = measure(HOUSEHOLDS)
        transaction.set_rollback(True)
    print(f"what_helped: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(count: int) -> float:
    """How many times the plain statement takes for as many households; prints the seconds."""
    branch = _filled(count)
    on = dt.date(2025, 3, 1)
    compared = _seconds(lambda: what_helped.groups(2024, branches=[branch], on=on))
    plain = _seconds(lambda: _plain(branch))
    print(f"what_helped: {compared:.2f} s, plain SQL {plain:.2f} s, {count} households")
    return compared / plain


def _filled(count: int) -> str:
    province = areas.province("99", "Tỉnh Đo")
    district = areas.district(province, "999", "Huyện Đo")
    standard = reviews.standard()
    round = reviews.periodic(province, 2024, standard)
    by = users.user("do", Role.DEPARTMENT, province)
    communes = [
        areas.commune(district, f"{99000 + number}", f"Xã Đo {number}")
        for number in range(COMMUNES)
    ]
    # Place i of each list belongs together, whatever its length.
    villages = [
        areas.village(commune, f"Thôn {number}").pk
        for number in range(VILLAGES)
        for commune in communes
    ]
    decisions = [
        families.decided(
            commune, round, standard, by, since=dt.date(2025, 1, 1), origin=DecisionOrigin.PROCEDURE
        ).pk
        for commune in communes
    ]
    values: dict[str, Any] = {
        "first": 10_000_000,
        "count": count,
        "villages": villages,
        "communes": [one.pk for one in communes],
        "decisions": decisions,
        "standard": standard.pk,
        "by": by.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM programs_programme WHERE code = 'loan'")
        values["loan"] = cursor.fetchone()[0]
        cursor.execute(_FILL, values)
    return province.inner_path


def _plain(branch: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PLAIN, [f"{branch}%"])
        cursor.fetchall()


def _seconds(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(TRIES):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
