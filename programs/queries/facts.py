"""What entitlement rests on: the facts of persons and households of an area on a date, as SQL.

The one place where programmes read families; appraisal.FACTS says what each column holds.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from households.choices import AreaLevel
from households.models import Area, PovertyStandard
from programs.choices import Recipient
from programs.queries import list_knowledge


@dataclass(frozen=True)
class FactsSql:
    """`with_facts` is a WITH clause that ends in `facts`; add "SELECT … FROM facts f"."""

    with_facts: str
    parameters: dict[str, Any]


def facts_of(
    recipient: Recipient,
    on: dt.date,
    *,
    branches: Sequence[str] = (),
    households: Sequence[int] | None = None,
) -> FactsSql:
    """Facts of everybody (PERSON), or of every household by its head (HOUSEHOLD), living on the
    day in one of `branches` (Area.inner_path) or belonging to `households`. Six small queries;
    the statement itself is for the caller to run."""
    villages = Area.objects.at(AreaLevel.VILLAGE)
    if households is None:
        places = villages.under_any(list(branches))
    else:
        places = villages.filter(residences__household__in=list(households))
    communes = sorted({pk for pk in places.values_list("parent", flat=True) if pk is not None})
    complete = list_knowledge.complete_since(communes, on)
    listed = list_knowledge.with_a_list(communes, on)
    parameters: dict[str, Any] = {
        "on_date": on,
        "communes": communes,
        "with_list": [commune in listed for commune in communes],
        "lists_since": [complete[commune] for commune in communes],
        "households": None if households is None else list(households),
        "branches": None if households is not None else list(branches),
    }
    standards = dict(PovertyStandard.objects.filter(owner=None).values_list("pk", "document"))
    codes = {pk: _codes(document) for pk, document in standards.items()}
    # One text a standard: PostgreSQL has no arrays of arrays of different lengths.
    parameters["standards"] = list(codes)
    parameters["codes"] = [" ".join(of) for of in codes.values()]
    ending = _PERSONS if recipient == Recipient.PERSON else _HOUSEHOLDS
    return FactsSql(_COMMON + ending, parameters)


def _codes(document: Any) -> list[str]:
    """The standard's indicators in the order of their bits."""
    return [one["code"] for one in document.get("indicators", [])]


def _trait(kind: str, area: str) -> str:
    return (
        f"SELECT t.value FROM households_areatrait t WHERE t.area_id = {area}"
        f" AND t.kind = '{kind}' AND t.valid_from <= %(on_date)s"
        " AND (t.valid_to IS NULL OR t.valid_to >= %(on_date)s)"
    )


def _any_stated(kind: str) -> str:
    """Whether the register holds such a list for the day at all: else nobody can say no."""
    return (
        f"EXISTS (SELECT 1 FROM households_areatrait t WHERE t.kind = '{kind}'"
        " AND t.valid_from <= %(on_date)s"
        " AND (t.valid_to IS NULL OR t.valid_to >= %(on_date)s))"
    )


def _yes_no(kind: str, *areas: str) -> str:
    yes = " OR ".join(f"EXISTS ({_trait(kind, area)})" for area in areas)
    return f"CASE WHEN {yes} THEN true WHEN {_any_stated(kind)} THEN false END"


#: More bits than any standard has indicators.
_BITS = 24

_LACKS = ", ".join(
    f"CASE WHEN a.deprived_bits & {1 << bit} <> 0 THEN k.codes[{bit + 1}] END"
    for bit in range(_BITS)
)

_VALID = "{0}.valid_from <= %(on_date)s AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(on_date)s)"

# What is known of a village goes with each household from the first: homes are then `place` with
# left joins alone, and the planner knows how many there are. Where it took them for one, it went
# through all members and lists for each (11 s for a commune of 3,000 households, now 0.5 s).
_COMMON = f"""
WITH communes AS MATERIALIZED (
  SELECT k.id, k.with_list, k.lists_since, ({_trait("ZONE", "k.id")}) AS zone,
    (SELECT max(t.valid_to) + 1 FROM households_areatrait t
     WHERE t.area_id = k.id AND t.kind = 'ZONE' AND t.value IN ('II', 'III')
       AND t.valid_to < %(on_date)s) AS left_zone_on,
    {_yes_no("POOR_DISTRICT", "k.id", "c.parent_id")} AS poor_district
  FROM unnest(%(communes)s::bigint[], %(with_list)s::boolean[], %(lists_since)s::date[])
    AS k(id, with_list, lists_since)
  JOIN households_area c ON c.id = k.id
), villages AS MATERIALIZED (
  SELECT v.id, v.parent_id AS commune_id, v.path,
    c.with_list, c.lists_since, c.zone, c.left_zone_on, c.poor_district,
    {_yes_no("EXTREMELY_DIFFICULT", "v.id", "v.parent_id")} AS specially_difficult,
    coalesce(({_trait("SETTLEMENT", "v.id")}), ({_trait("SETTLEMENT", "v.parent_id")}))
      AS settlement
  FROM households_area v JOIN communes c ON c.id = v.parent_id
  WHERE v.parent_id = ANY(%(communes)s)
    AND (%(branches)s::text[] IS NULL OR EXISTS (
      SELECT 1 FROM unnest(%(branches)s::text[]) AS u(branch)
      WHERE starts_with(v.path || v.id || '.', u.branch)))
), place AS MATERIALIZED (
  SELECT r.household_id, r.village_id, v.commune_id, v.path, v.specially_difficult, v.settlement,
    v.with_list, v.lists_since, v.zone, v.left_zone_on, v.poor_district
  FROM households_residence r JOIN villages v ON v.id = r.village_id
  WHERE {_VALID.format("r")}
    AND (%(households)s::bigint[] IS NULL OR r.household_id = ANY(%(households)s))
), newest AS MATERIALIZED (
  SELECT DISTINCT ON (s.household_id) s.household_id, s.id, s.no_labour, s.farm_household,
    s.policy_groups
  FROM households_survey s JOIN place USING (household_id)
  WHERE s.state = 'COMPLETE' AND s.as_of <= %(on_date)s
  ORDER BY s.household_id, s.as_of DESC, s.id DESC
), lacking AS MATERIALIZED (
  SELECT DISTINCT ON (a.survey_id) a.survey_id, array_remove(ARRAY[{_LACKS}], NULL) AS lacks
  FROM households_assessment a JOIN newest n ON n.id = a.survey_id
  JOIN (SELECT id, string_to_array(codes, ' ') AS codes
        FROM unnest(%(standards)s::bigint[], %(codes)s::text[]) AS u(id, codes)) k
    ON k.id = a.standard_id
  JOIN households_povertystandard o ON o.id = a.standard_id AND o.owner_id IS NULL
  ORDER BY a.survey_id, o.valid_from DESC
), listed AS MATERIALIZED (
  SELECT p.household_id, p.poverty_class, p.valid_from
  FROM households_statusperiod p JOIN place USING (household_id)
  WHERE p.list_owner_id IS NULL AND {_VALID.format("p")}
), ended AS MATERIALIZED (
  SELECT DISTINCT ON (p.household_id) p.household_id, p.poverty_class, p.how_out,
    p.valid_to + 1 AS off_list_on, d.origin <> 'ADOPTED_FROM_PAPER' AS is_named
  FROM households_statusperiod p JOIN place USING (household_id)
  JOIN households_recognitiondecision d ON d.id = p.decision_out_id
  WHERE p.list_owner_id IS NULL AND p.poverty_class IN ('POOR', 'NEAR_POOR')
    AND p.valid_to < %(on_date)s
  ORDER BY p.household_id, p.valid_to DESC
), members AS (
  SELECT m.household_id, m.person_id, m.relation, e.is_minority
  FROM households_membership m JOIN place USING (household_id)
  JOIN households_person p ON p.id = m.person_id
  LEFT JOIN households_ethnicgroup e ON e.id = p.ethnic_group_id
  WHERE {_VALID.format("m")} AND (p.died_on IS NULL OR p.died_on > %(on_date)s)
), couples AS (
  SELECT household_id, bool_or(is_minority) AS household_minority
  FROM members WHERE relation IN ('head', 'spouse') GROUP BY household_id
), homes AS (
  SELECT place.*,
    coalesce(l.poverty_class,
             CASE WHEN place.with_list THEN 'NOT_POOR' END) AS poverty_class,
    l.valid_from AS listed_since,
    CASE WHEN o.how_out IN ('ESCAPED', 'TO_AVERAGE') THEN o.off_list_on END AS off_list_on,
    o.poverty_class AS off_class, o.is_named AS off_list_named, couples.household_minority,
    n.id AS survey_id, n.no_labour, n.farm_household, n.policy_groups,
    lacking.lacks
  FROM place
  LEFT JOIN listed l USING (household_id)
  LEFT JOIN ended o USING (household_id)
  LEFT JOIN couples USING (household_id)
  LEFT JOIN newest n USING (household_id)
  LEFT JOIN lacking ON lacking.survey_id = n.id
)"""

#: A form says of each member whether he is of merit, or of the household that nobody is.
_OF_MEMBER = """
    m.person_id, m.relation, p.birth_date, p.birth_precision = 'YEAR' AS year_only,
    s.monthly_social_assistance AS social_allowance, s.disabled, s.able_to_work,
    coalesce(s.merit, CASE WHEN NOT homes.policy_groups ? 'merit' THEN false END) AS merit,
    nullif(s.attending_level, '') AS attending"""

_JOINED = """
  LEFT JOIN households_person p ON p.id = m.person_id
  LEFT JOIN households_surveymember s
    ON s.survey_id = homes.survey_id AND s.person_id = m.person_id"""

_PERSONS = f""", facts AS (
  SELECT homes.*, m.is_minority,{_OF_MEMBER}
  FROM members m JOIN homes USING (household_id){_JOINED}
  OFFSET 0 -- worked out once a row, however many grounds read it
)"""

_HOUSEHOLDS = f""", facts AS (
  SELECT homes.*, homes.household_minority AS is_minority,{_OF_MEMBER}
  FROM homes LEFT JOIN members m
    ON m.household_id = homes.household_id AND m.relation = 'head'{_JOINED}
  OFFSET 0
)"""
