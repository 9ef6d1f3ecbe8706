"""The households that figures count, in SQL: results of a round, or the lists decided in it.

Every table reads the same columns: household_id, survey_id (the form its facts come from), day,
village_id, poverty_class (POOR, NEAR_POOR, AVERAGE only where recognised as a farm household or to
be recognised, NOT_POOR, NULL where undetermined; the decided list has the first three), persons,
has_form (whether its indicators, groups and causes are known), and the cuts of Assessment.
"""

import re

from households.choices import DecisionOrigin
from households.models import PovertyStandard, ReviewRound
from reports.choices import FigureStatus

#: Decisions that fix the whole list of a commune.
OF_A_LIST = (DecisionOrigin.PROCEDURE, DecisionOrigin.ADOPTED_FROM_PAPER)
_LISTS = ", ".join(f"'{one.value}'" for one in OF_A_LIST)

_CUTS = (
    "a.settlement, a.unknown_bits, a.deprived_bits, a.deprivations, a.ethnic_group_id,"
    " a.is_minority, a.no_labour, a.merit, a.female_head, a.farm_household"
)


def only(column: str) -> str:
    """The place in a statement where `narrowed` keeps it to some households."""
    return f"/* only {column} */"


def only_surveyed(prefix: str) -> str:
    """As `only`, of results `a` of a round."""
    return f"/* surveyed {prefix} */"


# Looked up one by one: a round's surveys are many more.
_SURVEYED = r"""AND a.survey_id = ANY(ARRAY(
    SELECT theirs.id FROM unnest(%(only)s::bigint[]) AS one (pk) CROSS JOIN LATERAL (
      SELECT id FROM households_survey
      WHERE household_id = one.pk AND round_id = %(\1_round)s OFFSET 0
    ) theirs))"""


# The form is joined by its key: where no table asks for the household, the planner leaves it out.
_PRELIMINARY = f"""
SELECT s.household_id, a.survey_id, %({{p}}_as_of)s::date AS day, a.village_id, a.commune_id,
  CASE WHEN a.poverty_class = 'AVERAGE' AND a.farm_household IS NOT TRUE THEN 'NOT_POOR'
       ELSE a.poverty_class END AS poverty_class,
  a.persons::int AS persons, true AS has_form, {_CUTS}
FROM households_assessment a
LEFT JOIN households_survey s ON s.id = a.survey_id
WHERE a.round_id = %({{p}}_round)s AND a.standard_id = %({{p}}_standard)s
  {only_surveyed("{p}")}
"""

# A list as it counts on the day its decision takes effect. Who was reviewed in the round counts
# where he was reviewed, others where they lived on the round's day. What was recognised on request
# after the decision was not on it. What few households need is asked for in place, of them alone,
# and their results are looked up one by one: a standard's are many more.
_OFFICIAL = f"""
SELECT l.household_id, a.survey_id, l.day, l.village_id, l.commune_id, l.poverty_class,
  coalesce(l.size_now, (
    SELECT t.persons FROM households_takenoverhousehold t
    WHERE t.decision_id = l.decision_id AND t.household_id = l.household_id
  ), (SELECT b.household_size FROM households_survey b WHERE b.id = l.before), (
    SELECT count(*) FROM households_membership m WHERE m.household_id = l.household_id
      AND m.valid_from <= l.day AND (m.valid_to IS NULL OR m.valid_to >= l.day)
  ))::int AS persons, a.id IS NOT NULL AS has_form, {_CUTS}
FROM (
  SELECT p.household_id, p.poverty_class, p.before, p.now, p.size_now, d.id AS decision_id,
    d.effective_from AS day, v.id AS village_id, v.parent_id AS commune_id
  FROM (
    SELECT p.household_id, p.poverty_class, p.survey_id AS before, r.id AS now,
      r.household_size AS size_now, p.valid_from, p.valid_to, p.decision_in_id,
      CASE WHEN r.id IS NOT NULL THEN r.village_id ELSE (
        SELECT h.village_id FROM households_residence h WHERE h.household_id = p.household_id
        ORDER BY h.valid_from <= %({{p}}_as_of)s
          AND (h.valid_to IS NULL OR h.valid_to >= %({{p}}_as_of)s) DESC, h.valid_from LIMIT 1
      ) END AS home_id
    FROM (SELECT min(effective_from) AS first, max(effective_from) AS last
          FROM households_recognitiondecision
          WHERE round_id = %({{p}}_round)s AND standard_id = %({{p}}_standard)s
            AND origin IN ({_LISTS})) days
    JOIN households_statusperiod p ON p.valid_from <= days.last
      AND (p.valid_to IS NULL OR p.valid_to >= days.first)
      AND p.standard_id = %({{p}}_standard)s
      AND p.list_owner_id IS NOT DISTINCT FROM %({{p}}_owner)s {only("p.household_id")}
    LEFT JOIN LATERAL (
      SELECT * FROM households_survey s WHERE s.household_id = p.household_id
        AND s.round_id = %({{p}}_round)s AND s.state = 'COMPLETE' OFFSET 0
    ) r ON true
  ) p
  JOIN households_area v ON v.id = p.home_id
  JOIN households_recognitiondecision d ON d.commune_id = v.parent_id
    AND d.round_id = %({{p}}_round)s AND d.standard_id = %({{p}}_standard)s
    AND d.origin IN ({_LISTS}) AND p.valid_from <= d.effective_from
    AND (p.valid_to IS NULL OR p.valid_to >= d.effective_from)
  JOIN households_recognitiondecision came ON came.id = p.decision_in_id
    AND NOT (came.origin = 'SINGLE' AND came.id > d.id)
) l
LEFT JOIN LATERAL (
  SELECT * FROM households_assessment theirs
  WHERE theirs.survey_id = coalesce(l.now, l.before)
    AND theirs.standard_id = %({{p}}_standard)s OFFSET 0
) a ON true
"""


def select(status: FigureStatus, prefix: str = "now") -> str:
    """The SELECT of the facts; its parameters begin with the prefix (see `values`)."""
    text = _OFFICIAL if status == FigureStatus.OFFICIAL else _PRELIMINARY
    return text.replace("{p}", prefix)


def listed(status: FigureStatus) -> str:
    """The SELECT of the facts of the poor and near-poor."""
    return f"SELECT * FROM ({select(status)}) f WHERE f.poverty_class IN ('POOR', 'NEAR_POOR')"


def narrowed(sql: str) -> str:
    """A statement made of `select`, of the households %(only)s alone."""
    sql = re.sub(r"/\* only (\S+) \*/", r"AND \1 = ANY(%(only)s::bigint[])", sql)
    return re.sub(r"/\* surveyed (\S+) \*/", _SURVEYED, sql)


def opened_on(prefix: str, status: FigureStatus) -> str:
    """The last day from which a list of the round counts; of results the round's own day. SQL."""
    if status == FigureStatus.PRELIMINARY:
        return f"%({prefix}_as_of)s::date"
    return (
        f"coalesce((SELECT max(effective_from) FROM households_recognitiondecision"
        f" WHERE round_id = %({prefix}_round)s AND standard_id = %({prefix}_standard)s"
        f" AND origin IN ({_LISTS})), %({prefix}_as_of)s::date)"
    )


def values(round: ReviewRound, standard: PovertyStandard, prefix: str = "now") -> dict[str, object]:
    """The parameters of `select`."""
    return {
        f"{prefix}_round": round.pk,
        f"{prefix}_standard": standard.pk,
        f"{prefix}_owner": standard.owner_id,
        f"{prefix}_as_of": round.as_of,
    }
