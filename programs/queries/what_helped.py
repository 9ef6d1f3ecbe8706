"""Households with and without support in a year: what became of them, and who they were.

Two groups set side by side. Support goes to those who need it or can use it, so the groups differ
from the start: a difference of outcomes is no effect of support. Nothing is joined across two
standards: how a household closes counts only by a decision under the standard it began with.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from households.choices import AreaLevel, DecisionOrigin
from households.models import Area
from programs.choices.what_helped import Began, Outcome
from programs.models import Programme
from programs.workflow import SERVED_STATES
from programs.workflow.comparison import ASKED_ABOUT, COMPARED, limits


@dataclass(frozen=True)
class Makeup:
    """Who a group is, as the newest complete form up to the first day of the year says. `known`:
    of how many there is such a form, scored under the standard; shares and means are of these.
    Shares in per cent, None where nobody is known. `zones`: households by zone of the commune, ""
    where it is in none."""

    households: int
    known: int
    zones: dict[str, int]
    size: float | None
    minority_percent: float | None
    no_labour_percent: float | None
    female_head_percent: float | None
    b1_points: float | None
    b2_points: float | None
    lacking: float | None


@dataclass(frozen=True)
class Group:
    """Households that began alike, with or without support. `no_labour`: None for all together,
    True without labour capacity, False all others (it is not known to be missing)."""

    began: Began
    supported: bool
    no_labour: bool | None
    makeup: Makeup
    outcomes: dict[Outcome, int]

    @property
    def compared(self) -> int:
        """Whose closing is known under the standard they began with: the base of the share."""
        return sum(number for one, number in self.outcomes.items() if one in COMPARED)

    @property
    def asked_about(self) -> int:
        """Who left poverty, or (of those off the lists) fell back."""
        return sum(self.outcomes.get(one, 0) for one in ASKED_ABOUT[self.began])

    @property
    def is_too_small(self) -> bool:
        return self.compared < limits()["smallest_group"]

    @property
    def share_percent(self) -> float | None:
        """None where the group is too small for a share to say anything."""
        return None if self.is_too_small else 100 * self.asked_about / self.compared


@dataclass(frozen=True)
class Wanted:
    """Which households a cell holds; None: any. `no_labour` False: not known to be without."""

    began: Began
    supported: bool
    outcome: Outcome | None = None
    no_labour: bool | None = None


_TOLD = """
WITH area AS MATERIALIZED (
  SELECT v.id, v.parent_id FROM households_area v
  WHERE v.level = %(village)s AND EXISTS (
    SELECT 1 FROM unnest(%(branches)s::text[]) AS u(branch)
    WHERE starts_with(v.path || v.id || '.', u.branch))
), homes AS MATERIALIZED (
  SELECT r.household_id, area.parent_id AS commune_id
  FROM households_residence r JOIN area ON area.id = r.village_id
  WHERE r.valid_from <= %(first)s AND (r.valid_to IS NULL OR r.valid_to >= %(first)s)
), listed AS (
  SELECT h.household_id, h.commune_id, p.poverty_class AS began, p.standard_id
  FROM homes h JOIN households_statusperiod p USING (household_id)
  WHERE p.list_owner_id IS NULL AND p.poverty_class IN ('POOR', 'NEAR_POOR')
    AND p.valid_from <= %(first)s AND (p.valid_to IS NULL OR p.valid_to >= %(first)s)
), off AS (
  SELECT DISTINCT ON (p.household_id) p.household_id, h.commune_id, p.standard_id, p.how_out,
    p.valid_to
  FROM homes h JOIN households_statusperiod p USING (household_id)
  WHERE p.list_owner_id IS NULL AND p.poverty_class IN ('POOR', 'NEAR_POOR')
    AND p.valid_to < %(first)s
    AND NOT EXISTS (SELECT 1 FROM listed l WHERE l.household_id = p.household_id)
  ORDER BY p.household_id, p.valid_to DESC
), began AS MATERIALIZED (
  SELECT household_id, commune_id, began, standard_id FROM listed
  UNION ALL
  SELECT household_id, commune_id, 'ESCAPED', standard_id FROM off
  WHERE how_out IN ('ESCAPED', 'TO_AVERAGE')
    AND valid_to + 1 >= (%(first)s::date - make_interval(months => %(months)s))::date
), decided AS MATERIALIZED (
  SELECT d.commune_id, d.standard_id
  FROM households_recognitiondecision d JOIN households_reviewround w ON w.id = d.round_id
  WHERE w.kind = 'PERIODIC' AND w.year = %(year)s AND d.origin <> ALL(%(no_lists)s)
    AND d.effective_from <= %(closing)s AND d.decided_on <= %(on)s
  GROUP BY 1, 2
), closed AS (
  SELECT b.*, c.commune_id AS closing_commune, h.ended_on, q.poverty_class AS closing_class,
    q.standard_id AS closing_standard, e.how_out,
    EXISTS (SELECT 1 FROM decided d WHERE d.commune_id = c.commune_id) AS is_decided,
    EXISTS (SELECT 1 FROM decided d WHERE d.commune_id = c.commune_id
            AND d.standard_id = b.standard_id) AS is_decided_alike
  FROM began b JOIN households_household h ON h.id = b.household_id
  CROSS JOIN LATERAL (
    SELECT v.parent_id AS commune_id FROM households_residence r
    JOIN households_area v ON v.id = r.village_id
    WHERE r.household_id = b.household_id AND r.valid_from <= %(closing)s
    ORDER BY r.valid_from DESC LIMIT 1) c
  LEFT JOIN households_statusperiod q ON q.household_id = b.household_id
    AND q.list_owner_id IS NULL AND q.valid_from <= %(closing)s
    AND (q.valid_to IS NULL OR q.valid_to >= %(closing)s)
  LEFT JOIN LATERAL (
    SELECT p.how_out FROM households_statusperiod p
    WHERE p.household_id = b.household_id AND p.list_owner_id IS NULL
      AND p.valid_to >= %(first)s AND p.valid_to < %(closing)s
    ORDER BY p.valid_to DESC LIMIT 1) e ON true
), told AS MATERIALIZED (
  SELECT c.household_id, c.commune_id, c.began, c.standard_id,
    CASE
      WHEN c.ended_on <= %(on)s AND c.ended_on <= %(closing)s THEN 'GONE'
      WHEN NOT c.is_decided THEN 'OPEN'
      WHEN NOT c.is_decided_alike OR c.closing_standard <> c.standard_id THEN 'OTHER_STANDARD'
      WHEN c.closing_class IN ('POOR', 'NEAR_POOR') AND c.began = 'ESCAPED' THEN 'REFELL'
      WHEN c.closing_class = c.began THEN 'STAYED'
      WHEN c.closing_class = 'NEAR_POOR' THEN 'TO_NEAR_POOR'
      WHEN c.closing_class = 'POOR' THEN 'FELL'
      WHEN c.began = 'ESCAPED' THEN 'STAYED'
      WHEN c.closing_class = 'AVERAGE' OR c.how_out IN ('ESCAPED', 'TO_AVERAGE') THEN 'LEFT'
      WHEN c.how_out = 'NEW_STANDARD' THEN 'OTHER_STANDARD'
      ELSE 'GONE'
    END AS outcome,
    EXISTS (SELECT 1 FROM programs_benefit s
            WHERE s.household_id = c.household_id AND s.state = ANY(%(served)s)
              AND s.served_on >= %(first)s AND s.served_on < %(closing)s
              AND s.served_on <= %(on)s
              AND (%(programme)s::bigint IS NULL OR s.programme_id = %(programme)s)) AS supported
  FROM closed c
), who AS MATERIALIZED (
  SELECT t.*, a.persons, a.is_minority, a.no_labour, a.female_head, a.b1_points, a.b2_points,
    a.deprivations, coalesce(a.no_labour, false) AS without_labour, z.value AS zone
  FROM told t
  LEFT JOIN LATERAL (
    SELECT a.* FROM households_survey s JOIN households_assessment a ON a.survey_id = s.id
    WHERE s.household_id = t.household_id AND s.state = 'COMPLETE' AND s.as_of <= %(first)s
      AND a.standard_id = t.standard_id
    ORDER BY s.as_of DESC, s.id DESC LIMIT 1) a ON true
  LEFT JOIN households_areatrait z ON z.area_id = t.commune_id AND z.kind = 'ZONE'
    AND z.valid_from <= %(first)s AND (z.valid_to IS NULL OR z.valid_to >= %(first)s)
)
"""

_GROUPED = """
SELECT began, supported,
  CASE WHEN grouping(without_labour) = 0 THEN without_labour END,
  CASE WHEN grouping(outcome) = 0 THEN outcome END,
  CASE WHEN grouping(zone) = 0 THEN coalesce(zone, '') END,
  count(*), count(persons), avg(persons),
  100 * avg(is_minority::int), 100 * avg(no_labour::int), 100 * avg(female_head::int),
  avg(b1_points), avg(b2_points), avg(deprivations)
FROM who
GROUP BY GROUPING SETS (
  (began, supported), (began, supported, without_labour),
  (began, supported, outcome), (began, supported, without_labour, outcome),
  (began, supported, zone), (began, supported, without_labour, zone))
"""


def groups(
    year: int, *, branches: Sequence[str], on: dt.date, programme: Programme | None = None
) -> list[Group]:
    """The groups of everybody who on 1 January lived in one of `branches` (Area.inner_path) and
    was poor, near-poor or newly off the lists: with and without support of `programme` (None: of
    any) received in the year and by `on`; each in all, without labour capacity, and the others.
    One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TOLD + _GROUPED, _values(year, branches, on, programme))
        rows = cursor.fetchall()
    found = []
    for began in Began:
        for no_labour in (None, True, False):
            for supported in (True, False):
                own = [row for row in rows if row[:3] == (began.value, supported, no_labour)]
                found.append(_group(began, supported, no_labour, own))
    return found


def households(
    year: int,
    wanted: Wanted,
    *,
    branches: Sequence[str],
    on: dt.date,
    programme: Programme | None = None,
) -> list[int]:
    """Who stands behind a cell: ids of households. One query."""
    values = _values(year, branches, on, programme) | {
        "began": wanted.began.value,
        "supported": wanted.supported,
        "outcome": wanted.outcome.value if wanted.outcome else None,
        "no_labour": wanted.no_labour,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{_TOLD} SELECT household_id FROM who
            WHERE began = %(began)s AND supported = %(supported)s
              AND (%(outcome)s::text IS NULL OR outcome = %(outcome)s)
              AND (%(no_labour)s::boolean IS NULL OR without_labour = %(no_labour)s)
            ORDER BY household_id""",
            values,
        )
        return [pk for (pk,) in cursor.fetchall()]


def standards_of(year: int, branches: Sequence[str]) -> list[str]:
    """Names of the standards by which the lists on 1 January were decided. One query."""
    first = dt.date(year, 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT o.name_vi FROM households_statusperiod p
            JOIN households_povertystandard o ON o.id = p.standard_id
            JOIN households_residence r ON r.household_id = p.household_id
              AND r.valid_from <= %(first)s AND (r.valid_to IS NULL OR r.valid_to >= %(first)s)
            WHERE p.list_owner_id IS NULL AND p.valid_from <= %(first)s
              AND (p.valid_to IS NULL OR p.valid_to >= %(first)s)
              AND r.village_id = ANY(%(villages)s) ORDER BY 1""",
            {"first": first, "villages": _villages(branches)},
        )
        return [name for (name,) in cursor.fetchall()]


def _villages(branches: Sequence[str]) -> list[int]:
    found = Area.objects.under_any(list(branches)).at(AreaLevel.VILLAGE)
    return list(found.values_list("pk", flat=True))


def _values(
    year: int, branches: Sequence[str], on: dt.date, programme: Programme | None
) -> dict[str, Any]:
    return {
        "village": AreaLevel.VILLAGE.value,
        "branches": list(branches),
        "year": year,
        "first": dt.date(year, 1, 1),
        "closing": dt.date(year + 1, 1, 1),
        "on": on,
        "months": limits()["escaped_within_months"],
        "no_lists": [DecisionOrigin.SINGLE.value, DecisionOrigin.ESCAPES.value],
        "served": sorted(SERVED_STATES),
        "programme": programme.pk if programme else None,
    }


def _group(began: Began, supported: bool, no_labour: bool | None, rows: list[Any]) -> Group:
    outcomes = {Outcome(row[3]): row[5] for row in rows if row[3] is not None}
    zones = {row[4]: row[5] for row in rows if row[4] is not None}
    whole = next((row for row in rows if row[3] is None and row[4] is None), None)
    if whole is None:
        empty = Makeup(0, 0, {}, None, None, None, None, None, None, None)
        return Group(began, supported, no_labour, empty, {})
    means = [None if one is None else float(one) for one in whole[7:]]
    makeup = Makeup(whole[5], whole[6], zones, *means)
    return Group(began, supported, no_labour, makeup, outcomes)
