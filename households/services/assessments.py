"""Results of surveys under a standard: computed set by set by the rules' SQL reader, one writer."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from households.models import PovertyStandard
from households.scoring import compile_assessments_sql
from households.services import list_rules, standards

_WANTED = "s.id = ANY(%(survey_ids)s) AND s.state = 'COMPLETE'"

#: A commune that has facts has a mark: what reads kept sums looks for marks alone.
_WRITE = """
WITH written AS (
INSERT INTO households_assessment (
  survey_id, standard_id, point_table_id, poverty_class, income_basis, income_vnd, b1_points,
  b2_points, deprived_bits, unknown_bits, deprivations, round_id, commune_id, village_id,
  settlement, ethnic_group_id, is_minority, no_labour, merit, female_head, farm_household,
  persons, scored_at)
SELECT scored.survey_id, %(standard_id)s,
       CASE WHEN scored.income_basis = 'POINTS' THEN %(point_table_id)s::bigint END,
       scored.poverty_class, scored.income_basis, scored.income_vnd, scored.b1_points,
       scored.b2_points, scored.deprived_bits, scored.unknown_bits, scored.deprivations,
       s.round_id, s.commune_id, s.village_id, s.settlement, s.ethnic_group_id,
       people.is_minority,
       coalesce(s.no_labour, s.policy_groups ? 'no_labour'),
       coalesce(people.merit, false) OR s.policy_groups ? 'merit',
       people.female_head, s.farm_household, s.household_size, now()
FROM ({scored}) AS scored
JOIN households_survey s ON s.id = scored.survey_id
JOIN (
  SELECT m.survey_id, bool_or(m.merit) AS merit,
         bool_or(m.sex = 'F') FILTER (WHERE m.relation = 'head') AS female_head,
         bool_or(e.is_minority) FILTER (WHERE m.relation = ANY(%(minority_relations)s))
           AS is_minority
  FROM households_surveymember m
  LEFT JOIN households_ethnicgroup e ON e.id = m.ethnic_group_id
  WHERE m.survey_id = ANY(%(survey_ids)s)
  GROUP BY m.survey_id
) AS people ON people.survey_id = s.id
RETURNING round_id, commune_id
), marked AS (
  INSERT INTO households_changemark (round_id, commune_id, number, changed_at)
  SELECT DISTINCT round_id, commune_id, 1, now() FROM written ORDER BY 1, 2
  ON CONFLICT (round_id, commune_id) DO NOTHING
)
SELECT count(*) FROM written
"""


def assess(*, survey_ids: Iterable[int], standard: PovertyStandard) -> int:
    """Write the result of each complete survey among these under a standard, replacing earlier
    ones; results of surveys no longer complete are removed. Gives the number written.

    To be called inside an act. Cost: four statements, whatever the number of surveys. The point
    table in force of the standard is used where income is told by answers.
    """
    ids = list(survey_ids)
    if not ids:
        return 0
    table = standards.table_in_force(standard)
    rules = standards.rules_of(standard)
    point_rules = standards.rules_of_table(table) if table else None
    scored, parameters = compile_assessments_sql(rules, point_rules, survey_filter_sql=_WANTED)
    given: dict[str, Any] = {
        **parameters,
        "survey_ids": ids,
        "standard_id": standard.pk,
        "point_table_id": table.pk if table else None,
        "minority_relations": list_rules.minority_relations(rules),
    }
    with connection.cursor() as cursor:
        forget(survey_ids=ids, standard=standard)
        # Compiling the long expressions costs more than they take, at any number of surveys.
        cursor.execute("SET LOCAL jit = off")
        cursor.execute(_WRITE.replace("{scored}", scored), given)
        (written,) = cursor.fetchone()
        return int(written)


def forget(*, survey_ids: Iterable[int], standard: PovertyStandard | None = None) -> None:
    """Remove the results of these surveys, under one standard or all."""
    standard_id = standard.pk if standard else None
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM households_assessment WHERE survey_id = ANY(%s)"
            " AND (%s::bigint IS NULL OR standard_id = %s)",
            [list(survey_ids), standard_id, standard_id],
        )
