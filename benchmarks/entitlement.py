"""Entitlement of a whole province in one pass, against SQL written by hand for the same question.

82,000 households with 328,000 members: a third on the official list, some escaped, all with a form
of last year, communes in zones and two poor districts. Asked is how many recipients each ground of
each programme has, by commune. The limit is one statement for persons and one for households that
knows this data: no terms, no dates of terms, no unknown facts, one round, every list known. Both
must give the same numbers. Everything is taken back at the end.
"""

import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connection, transaction

from benchmarks import household_list
from households.choices import TraitKind
from households.models import Area, AreaTrait, PovertyStandard
from households.services import reference
from households.services.system_user import system_user
from povreg import memory
from programs.models import ProgrammeTerms
from programs.queries import entitlement
from programs.services import programmes
from tests.factories import families, reviews

GOAL: Final = 2.0
HOUSEHOLDS: Final = 82_000
ROUNDS: Final = 5
ON: Final = dt.date(2024, 10, 15)

_FILL = """
UPDATE households_person p SET
  birth_date = date '1950-01-01' + (id * 37 %% 27000)::int,
  ethnic_group_id = (%(groups)s::bigint[])[1 + id %% 3],
  birth_precision = 'DAY';
INSERT INTO households_residence (household_id, village_id, valid_from)
  SELECT household_id, village_id, '2020-01-01' FROM households_householdcard;
INSERT INTO households_statusperiod (household_id, standard_id, poverty_class, valid_from,
    valid_to, decision_in_id, decision_out_id, how_in, how_out)
  SELECT household_id, %(standard)s, 'POOR', '2019-01-01', '2022-12-31', 0, 0, 'OPENING', 'ESCAPED'
  FROM households_householdcard WHERE household_id %% 6 = 3;
INSERT INTO households_survey (uuid, round_id, household_id, village_id, commune_id,
    province_code, settlement, as_of, state, origin, revision, asked_for_review, form_a_answers,
    head_name, household_size, phone, b1_answers, class_paper, wall_material, column_material,
    roof_material, water_source, toilet_type, causes, policy_groups, support_wanted, shock,
    no_labour, farm_household)
  SELECT gen_random_uuid(), %(round)s, c.household_id, c.village_id, v.parent_id, '06', 'RURAL',
    '2023-10-01', 'COMPLETE', 'IMPORT', 1, false, '{}', '', 4, '', '{}', '', '', '', '', '', '',
    '[]', CASE WHEN c.household_id %% 50 = 0 THEN '["merit"]' ELSE '[]' END::jsonb, '[]', '',
    false, true
  FROM households_householdcard c JOIN households_area v ON v.id = c.village_id;
INSERT INTO households_surveymember (survey_id, person_id, member_no, full_name, sex,
    birth_precision, relation, employment, attending_level, highest_qualification,
    monthly_social_assistance, merit, disabled, able_to_work)
  SELECT s.id, m.person_id, row_number() OVER (PARTITION BY s.id), '', 'F', 'DAY', m.relation, '',
    (ARRAY['none', 'primary', 'none', 'lower_secondary', 'college_university'])
      [1 + m.person_id %% 5], '',
    m.person_id %% 20 = 0,
    CASE WHEN s.household_id %% 50 = 0 THEN m.person_id %% 4 = 0 END, false, true
  FROM households_survey s JOIN households_membership m USING (household_id);
"""

_HAND = """
WITH traits AS (
  SELECT c.id AS commune_id, max(t.value) AS zone, bool_or(d.id IS NOT NULL) AS poor_district
  FROM households_area c
  LEFT JOIN households_areatrait t ON t.area_id = c.id AND t.kind = 'ZONE'
    AND '2024-10-15' BETWEEN t.valid_from AND coalesce(t.valid_to, 'infinity')
  LEFT JOIN households_areatrait d ON d.area_id IN (c.parent_id, c.id)
    AND d.kind = 'POOR_DISTRICT'
    AND '2024-10-15' BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')
  WHERE c.level = 'COMMUNE' GROUP BY c.id
), told AS (
  SELECT v.parent_id AS commune, r.household_id, p.birth_date, e.is_minority AS min,
    coalesce(l.poverty_class, 'NOT_POOR') AS class, o.valid_to + 1 AS off, t.zone,
    t.poor_district AS district, sm.attending_level AS school,
    sm.monthly_social_assistance AS allowance, coalesce(sm.merit, false) AS merit, m.relation
  FROM households_membership m
  JOIN households_person p ON p.id = m.person_id
  LEFT JOIN households_ethnicgroup e ON e.id = p.ethnic_group_id
  JOIN households_residence r ON r.household_id = m.household_id
  JOIN households_area v ON v.id = r.village_id
  JOIN traits t ON t.commune_id = v.parent_id
  LEFT JOIN households_statusperiod l ON l.household_id = m.household_id
    AND l.valid_from <= '2024-10-15' AND l.valid_to IS NULL
  LEFT JOIN households_statusperiod o ON o.household_id = m.household_id
    AND o.valid_to IS NOT NULL
  JOIN households_survey s ON s.household_id = m.household_id
  JOIN households_surveymember sm ON sm.survey_id = s.id AND sm.person_id = m.person_id
  WHERE m.valid_from <= '2024-10-15' AND m.valid_to IS NULL
)
"""
_PUPIL = "school IN ('preschool', 'primary', 'lower_secondary', 'upper_secondary')"
_HAND_PERSONS = f"""{_HAND}
SELECT v.programme, commune, v.ground, count(*), count(DISTINCT household_id) FROM told,
LATERAL (VALUES
  ('health_card', CASE WHEN merit THEN 'merit' WHEN birth_date > '2018-10-15' THEN 'under_six'
    WHEN allowance THEN 'social_allowance' WHEN class = 'POOR' THEN 'poor'
    WHEN min AND zone IN ('II', 'III') THEN 'minority_zone'
    WHEN class = 'NEAR_POOR' AND district THEN 'near_poor_in_poor_district'
    WHEN class = 'NEAR_POOR' THEN 'near_poor' END),
  ('tuition', CASE WHEN class = 'POOR' AND {_PUPIL} THEN 'poor'
    WHEN min AND zone = 'III' AND {_PUPIL} THEN 'minority_zone_3'
    WHEN class = 'NEAR_POOR' AND {_PUPIL} THEN 'near_poor' END),
  ('study_cost', CASE WHEN class = 'POOR' AND {_PUPIL} THEN 'poor' END),
  ('loan_student', CASE WHEN class IN ('POOR', 'NEAR_POOR')
    AND school IN ('vocational', 'college_university') THEN 'listed' END)
) AS v(programme, ground)
WHERE v.ground IS NOT NULL GROUP BY 1, 2, 3"""
_HAND_HOUSEHOLDS = f"""{_HAND}
SELECT v.programme, commune, v.ground, count(*), count(DISTINCT household_id) FROM told,
LATERAL (VALUES
  ('loan', CASE WHEN class = 'POOR' THEN 'poor' WHEN class = 'NEAR_POOR' THEN 'near_poor'
    WHEN '2024-10-15' <= off + interval '36 months' THEN 'newly_escaped' END),
  ('livelihood', CASE WHEN class = 'POOR' THEN 'poor' WHEN class = 'NEAR_POOR' THEN 'near_poor'
    WHEN '2024-10-15' <= off + interval '36 months' THEN 'newly_escaped' END),
  ('housing', CASE WHEN class IN ('POOR', 'NEAR_POOR') AND district THEN 'poor_district' END),
  ('electricity', CASE WHEN class = 'POOR' THEN 'poor' END)
) AS v(programme, ground)
WHERE relation = 'head' AND v.ground IS NOT NULL GROUP BY 1, 2, 3"""

Numbers = set[tuple[str, int, str, int, int]]


def main() -> None:
    reference.load(by=system_user())
    programmes.load(by=system_user())
    with transaction.atomic():
        ratio = measure(HOUSEHOLDS)
        transaction.set_rollback(True)
    print(f"entitlement: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(count: int, rounds: int = ROUNDS) -> float:
    """Ratio of the medians of paired rounds; fails where the numbers differ."""
    province = fill(count)
    memory.settle()
    ours: list[float] = []
    hands: list[float] = []
    for __ in range(rounds):
        found, seconds = _timed(lambda: _ours(province))
        ours.append(seconds)
        expected, seconds = _timed(by_hand)
        hands.append(seconds)
        if found != expected:
            raise SystemExit(f"the numbers differ: {sorted(found ^ expected)[:6]}")
    middle, limit = statistics.median(ours), statistics.median(hands)
    print(f"{count} households: povreg {middle:.2f} s, SQL by hand {limit:.2f} s")
    return middle / limit


def _timed(ask: Callable[[], Numbers]) -> tuple[Numbers, float]:
    started = time.perf_counter()
    found = ask()
    return found, time.perf_counter() - started


def _ours(province: Area) -> Numbers:
    names = {
        terms.pk: (terms.programme.code, terms.ground)
        for terms in ProgrammeTerms.objects.select_related("programme")
    }
    return {
        (names[row.terms_id][0], row.commune_id, names[row.terms_id][1], row.recipients,
         row.households)
        for row in entitlement.counted([province.inner_path], ON)
        if row.terms_id
    }  # fmt: skip


def by_hand() -> Numbers:
    """The statements written by hand, for this data alone."""
    found: list[Any] = []
    with connection.cursor() as cursor:
        for statement in (_HAND_PERSONS, _HAND_HOUSEHOLDS):
            cursor.execute(statement)
            found += cursor.fetchall()
    return set(found)


def fill(count: int) -> Area:
    """The households of the list's benchmark, with homes, forms and a list known since 2016."""
    villages = household_list.villages_of_a_province()
    household_list.fill(count, villages)
    province = Area.objects.get(pk=int(villages[0].path.split(".")[0]))
    standard = PovertyStandard.objects.get(code="std_2022")
    round = reviews.periodic(province, 2023, standard)
    by = system_user()
    communes = {village.parent_id for village in villages}
    for commune in Area.objects.filter(pk__in=communes):
        families.decided(commune, round, standard, by)
        if not AreaTrait.objects.filter(area=commune, kind=TraitKind.ZONE).on(ON).exists():
            families.trait(commune, TraitKind.ZONE, ("I", "II", "III")[commune.pk % 3])
    groups = [families.ethnic_group().pk, families.ethnic_group("Kinh", "01", is_minority=False).pk]
    with connection.cursor() as cursor:
        cursor.execute(
            _FILL,
            {"groups": [groups[0], *groups], "standard": standard.pk, "round": round.pk},
        )
        cursor.execute("ANALYZE")
    return province
