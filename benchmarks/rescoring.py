"""Re-scoring a year: the compiled rules against SQL written by hand for the same standard.

Invented households are made in temporary tables with the columns the rules read and no others
(wide rows would flatter the ratio). The limit is the shortest SQL for the readings of std_2022 as
they stand: two-valued, its numbers and birth dates written out, deaf to missing facts. Both choose
the surveys of one round and write a narrow table; their flags and classes are compared before
anything is timed.
"""

import statistics
import time
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from households.scoring import PointTable, Standard, compile_assessments_sql

HOUSEHOLDS = 100_000
ROUNDS = 7
GOAL = 2.0

_ROUND = "s.round_id = 1"
_STANDARDS = Path(settings.BASE_DIR) / "households" / "data" / "standards"

_TABLES = """
SELECT setseed(0.42);
CREATE TEMP TABLE households_survey ON COMMIT DROP AS
SELECT id::bigint AS id, 1::bigint AS round_id, date '2024-10-01' AS as_of,
  (CASE WHEN random() < 0.25 THEN 'URBAN' ELSE 'RURAL' END)::varchar(5) AS settlement,
  '06'::varchar(2) AS province_code, (1 + floor(random() * random() * 9 + random() * 3))::smallint
  AS household_size, (400000 + floor(random() * random() * 6000000))::bigint
  AS income_per_capita_month_vnd, round((10 + random() * 90)::numeric, 1) AS floor_area_m2,
  random() < 0.7 AS wall_durable, random() < 0.7 AS column_durable, random() < 0.7 AS roof_durable,
  random() < 0.9 AS water_clean, random() < 0.6 AS toilet_hygienic, random() < 0.7 AS has_tv,
  random() < 0.2 AS has_radio, random() < 0.1 AS has_desktop, random() < 0.6 AS has_phone,
  random() < 0.1 AS has_laptop, random() < 0.1 AS has_tablet, random() < 0.5 AS has_smartphone,
  NULL::boolean AS no_labour, '{}'::jsonb AS b1_answers, NULL::smallint AS b1_points_paper,
  NULL::smallint AS b2_points_paper, ''::varchar(10) AS class_paper
FROM generate_series(1, %(households)s) id;
ALTER TABLE households_survey ADD PRIMARY KEY (id);
CREATE TEMP TABLE households_surveymember ON COMMIT DROP AS
SELECT survey_id, member_no, age, birth_date, age >= 15 AND random() < 0.9 AS able_to_work,
  (CASE WHEN age < 15 THEN '' ELSE (ARRAY['self_employed_farm', 'self_employed_other', 'wage',
    'unemployed_seeking', 'not_seeking'])[1 + floor(random() * 5)] END)::varchar(20) AS employment,
  random() < 0.6 AS has_labour_contract, random() < 0.03 AS disabled,
  random() < 0.08 AS monthly_social_assistance, age < 16 AND random() < 0.06 AS malnourished_height,
  age < 16 AND random() < 0.05 AS malnourished_weight, random() < 0.95 AS health_insurance_valid,
  (CASE WHEN age BETWEEN 3 AND 20 AND random() < 0.9 THEN (ARRAY['preschool', 'primary',
    'lower_secondary', 'upper_secondary'])[1 + LEAST(age / 5, 3)] ELSE 'none' END)::varchar(20)
    AS attending_level,
  (ARRAY['none', 'primary', 'lower_secondary', 'upper_secondary', 'vocational',
    'college_university'])[1 + floor(random() * 6)]::varchar(20) AS highest_qualification,
  random() < 0.02 AS in_training, random() < 0.4 AS uses_internet, random() < 0.02 AS merit,
  random() < 0.03 AS pension, 'other'::varchar(20) AS relation, 'F'::varchar(1) AS sex
FROM (SELECT survey_id, member_no, birth_date,
        extract(year FROM age(date '2024-10-01', birth_date))::int AS age
      FROM (SELECT s.id AS survey_id, member_no::smallint AS member_no,
              date '1935-01-01' + floor(random() * 32700)::int AS birth_date
            FROM households_survey s, generate_series(1, s.household_size) member_no
            ORDER BY s.id, member_no) born) persons;
ALTER TABLE households_surveymember DROP COLUMN age;
CREATE INDEX ON households_surveymember (survey_id, member_no);
ANALYZE households_survey; ANALYZE households_surveymember;
"""

_BY_HAND = """
SELECT survey_id, deprived_bits, bit_count(deprived_bits::bit(32))::smallint AS deprivations,
  CASE WHEN income <= CASE settlement WHEN 'URBAN' THEN 2000000 ELSE 1500000 END
       THEN CASE WHEN bit_count(deprived_bits::bit(32)) >= 3 THEN 'POOR' ELSE 'NEAR_POOR' END
       WHEN income <= CASE settlement WHEN 'URBAN' THEN 3000000 ELSE 2250000 END THEN 'AVERAGE'
       ELSE 'NOT_POOR' END AS poverty_class
FROM (
SELECT s.id AS survey_id, s.settlement, s.income_per_capita_month_vnd AS income,
  r.employment::int + 2 * (r.dependants * 2 > r.members)::int + 4 * r.nutrition::int
  + 8 * r.health_ins::int + 16 * r.adult_edu::int + 32 * r.child_school::int
  + 64 * ((NOT s.wall_durable)::int + (NOT s.column_durable)::int + (NOT s.roof_durable)::int >= 2)
      ::int
  + 128 * (s.floor_area_m2 < 8 * r.members)::int + 256 * (NOT s.water_clean)::int
  + 512 * (NOT s.toilet_hygienic)::int + 1024 * (NOT r.internet)::int
  + 2048 * (NOT (s.has_tv OR s.has_radio OR s.has_desktop OR s.has_phone OR s.has_laptop
                 OR s.has_tablet OR s.has_smartphone))::int AS deprived_bits
FROM households_survey s JOIN (
  SELECT m.survey_id, count(*)::int AS members,
    bool_or(m.birth_date <= s.as_of - 15 * y AND m.able_to_work AND
      (m.employment = 'unemployed_seeking' OR m.employment = 'wage' AND NOT m.has_labour_contract))
      AS employment,
    count(*) FILTER (WHERE m.birth_date > s.as_of - 16 * y OR m.monthly_social_assistance
      AND (m.disabled OR m.birth_date <= s.as_of - 60 * y)) AS dependants,
    bool_or(m.birth_date > s.as_of - 16 * y AND (m.malnourished_height OR m.malnourished_weight))
      AS nutrition,
    bool_or(m.birth_date <= s.as_of - 6 * y AND m.health_insurance_valid IS NOT TRUE)
      AS health_ins,
    bool_or(m.attending_level = 'none' AND NOT m.in_training
      AND m.birth_date <= s.as_of - 16 * y AND m.birth_date > s.as_of - 31 * y
      AND (m.highest_qualification IN ('none', 'preschool', 'primary')
           OR m.highest_qualification = 'lower_secondary' AND m.birth_date <= s.as_of - 18 * y))
      AS adult_edu,
    bool_or(m.birth_date <= s.as_of - 3 * y AND m.birth_date > s.as_of - 16 * y AND (
      m.attending_level = 'none'
      OR m.attending_level = 'preschool' AND m.birth_date <= s.as_of - 6 * y
      OR m.attending_level = 'primary' AND m.birth_date <= s.as_of - 12 * y)) AS child_school,
    bool_or(m.uses_internet) AS internet
  FROM households_surveymember m JOIN households_survey s ON s.id = m.survey_id
  WHERE s.round_id = 1 GROUP BY m.survey_id) r ON r.survey_id = s.id
WHERE s.round_id = 1 OFFSET 0) judged
"""


def _document(name: str) -> dict[str, Any]:
    return tomllib.loads((_STANDARDS / name).read_text(encoding="utf-8"))


def _by_hand() -> str:
    """The hand-written SQL with its birth dates worked out once, as one would."""
    sql = _BY_HAND
    for years in (3, 6, 12, 15, 16, 18, 31, 60):
        sql = sql.replace(f"s.as_of - {years} * y", f"date '{2024 - years}-10-01'")
    return sql


def _seconds(sql: str, values: dict[str, Any] | None = None) -> float:
    """Time to write the result of `sql` into a new narrow table."""
    with connection.cursor() as cursor:
        started = time.perf_counter()
        cursor.execute(f"CREATE TEMP TABLE scored ON COMMIT DROP AS {sql}", values)
        elapsed = time.perf_counter() - started
        cursor.execute("DROP TABLE scored")
    return elapsed


def _assert_same(by_hand: str, compiled: str, values: dict[str, Any]) -> None:
    narrow = "survey_id, deprived_bits, deprivations, poverty_class"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT {narrow} FROM ({compiled}) a "
            f"EXCEPT SELECT {narrow} FROM ({by_hand}) b) differing",
            values,
        )
        (differing,) = cursor.fetchone()
    if differing:
        raise AssertionError(f"{differing} households differ between the two")


def measure(households: int, rounds: int = ROUNDS) -> float:
    """Median of the paired ratios; prints the times. Leaves nothing behind."""
    standard = Standard.from_document(_document("std_2022.toml"))
    table = PointTable.from_document(_document("points/std_2022_sample.toml"))
    compiled, rules = compile_assessments_sql(standard, None, survey_filter_sql=_ROUND)
    pointed, point_rules = compile_assessments_sql(standard, table, survey_filter_sql=_ROUND)
    by_hand = _by_hand()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        cursor.execute(_TABLES, {"households": households})
        cursor.execute("SELECT count(*) FROM households_surveymember")
        members = cursor.fetchone()[0]
        _assert_same(by_hand, compiled, dict(rules))
        pairs = []
        for _ in range(rounds):
            pairs.append((_seconds(by_hand), _seconds(compiled, dict(rules))))
        with_points = _seconds(pointed, dict(point_rules))
        transaction.set_rollback(True)
    limit, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"{households:,} households, {members:,} members, {rounds} paired rounds")
    print(f"  by hand {limit:.3f} s, compiled {ours:.3f} s ({households / ours:,.0f} households/s)")
    print(f"  compiled with a point table beside it {with_points:.3f} s")
    return statistics.median(ours / limit for limit, ours in pairs)


def main() -> None:
    ratio = measure(HOUSEHOLDS)
    print(f"rescoring: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)
