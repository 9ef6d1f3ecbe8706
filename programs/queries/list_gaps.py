"""What is to be listed now: for each listed programme who is entitled and not served, counted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from programs.appraisal import compiled
from programs.choices import BenefitState, Recipient
from programs.models import Programme, ProgrammeTerms
from programs.queries.entitlement import rule_of, terms_on
from programs.queries.facts import facts_of
from programs.queries.serving import serves, values_on
from programs.workflow.support_lists import RECEIVERS, SCHOOLING


@dataclass(frozen=True)
class Gap:
    """Numbers of one programme on a day: recipients (persons or households) and the distinct
    households they belong to. The gap leaves out who is on a list or waits for an answer."""

    programme: Programme
    entitled: int
    entitled_households: int
    served: int
    on_the_way: int
    gap: int
    gap_households: int
    undecided: int


def gaps(branches: Sequence[str], on: dt.date) -> list[Gap]:
    """Every programme that is listed, in one pass over persons and one over households of the
    branches (Area.inner_path); by programme. Ten queries, whatever the area."""
    in_force = [
        terms for terms in terms_on(on) if terms.decides and terms.programme.kind in RECEIVERS
    ]
    found: list[Gap] = []
    for recipient in Recipient:
        own = [terms for terms in in_force if terms.programme.recipient == recipient]
        if own:
            found += _gaps(recipient, own, branches, on)
    return sorted(found, key=lambda one: one.programme.pk)


def _gaps(
    recipient: Recipient, in_force: list[ProgrammeTerms], branches: Sequence[str], on: dt.date
) -> list[Gap]:
    facts = facts_of(recipient, on, branches=branches)
    programmes = {terms.programme_id: terms.programme for terms in in_force}
    parameters: dict[str, Any] = facts.parameters | values_on(on)
    parameters["waiting"] = [BenefitState.LISTED.value, BenefitState.DECIDED.value]
    parameters["schooling"] = sorted(SCHOOLING)
    columns, rows = [], []
    for pk in programmes:
        rules = [rule_of(terms) for terms in in_force if terms.programme_id == pk]
        verdicts = compiled(rules, on, prefix=f"p{pk}_")
        parameters |= verdicts.parameters
        columns.append(f"{verdicts.best} AS best_{int(pk)}")
        rows.append(f"({int(pk)}, b.best_{int(pk)})")
    whom = "person_id" if recipient == Recipient.PERSON else "household_id"
    statement = f"""{facts.with_facts}
        SELECT v.programme,
          count(*) FILTER (WHERE v.best > 0),
          count(DISTINCT b.household_id) FILTER (WHERE v.best > 0),
          count(*) FILTER (WHERE had.id IS NOT NULL),
          count(*) FILTER (WHERE had.id IS NULL AND v.best > 0 AND busy.is_it),
          count(*) FILTER (WHERE had.id IS NULL AND v.best > 0 AND NOT busy.is_it),
          count(DISTINCT b.household_id)
            FILTER (WHERE had.id IS NULL AND v.best > 0 AND NOT busy.is_it),
          count(*) FILTER (WHERE v.best = 0)
        FROM (SELECT f.household_id, f.person_id, {", ".join(columns)} FROM facts f OFFSET 0) b
        CROSS JOIN LATERAL (VALUES {", ".join(rows)}) AS v(programme, best)
        JOIN programs_programme g ON g.id = v.programme
        LEFT JOIN LATERAL (
          SELECT s.id FROM programs_benefit s
          WHERE s.{whom} = b.{whom} AND s.programme_id = v.programme AND {serves()}
          LIMIT 1) had ON v.best > 0
        {_BUSY.format(whom=whom)}
        GROUP BY 1"""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [Gap(programmes[pk], *numbers) for pk, *numbers in cursor.fetchall()]


#: Asked once for each that has a ground and has not got it: on a draft, waiting for an answer, or
#: with a card that begins later; of schooling, for the school year of the day.
_BUSY = """CROSS JOIN LATERAL (
  SELECT CASE WHEN had.id IS NULL AND v.best > 0 THEN EXISTS (
    SELECT 1 FROM programs_supportlistrow r
    WHERE r.{whom} = b.{whom} AND r.programme_id = v.programme AND r.on_draft
      AND (r.school_year IS NULL OR r.school_year = %(school_year)s)
  ) OR EXISTS (
    SELECT 1 FROM programs_benefit w
    WHERE w.{whom} = b.{whom} AND w.programme_id = v.programme
      AND (w.state = ANY(%(waiting)s) OR (w.state = 'SERVED' AND w.valid_from > %(on_date)s))
      AND (g.kind <> ALL(%(schooling)s) OR w.school_year = %(school_year)s)
  ) END AS is_it OFFSET 0) busy"""
