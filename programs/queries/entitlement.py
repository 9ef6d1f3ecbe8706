"""Who is entitled to what on a date, by which ground, and why. Computed, never stored or typed.

One statement decides for one family and for a province. Three answers: entitled (`grounds`, the
best first), not entitled, and nobody can say (`open`): a fact is missing that a ground needs.
Grounds in doubt (Doubt.WEAK) are told apart; no real family is decided on them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from programs.appraisal import FACTS, Condition, Rule, compiled, read_conditions
from programs.choices import Recipient
from programs.models import Programme, ProgrammeTerms
from programs.queries.facts import facts_of


@dataclass(frozen=True)
class Ground:
    """One ground that holds, with the facts that its conditions read, by name (FACTS)."""

    terms: ProgrammeTerms
    because: tuple[tuple[Condition, dict[str, Any]], ...]


@dataclass(frozen=True)
class Entitlement:
    """What one programme means for one person, or for the household (`person_id` of its head).

    `grounds`: the best first; `open`: what would hold if a missing fact were as needed, with the
    conditions that lack one; `in_doubt`: grounds that hold but decide about nobody yet.
    """

    programme: Programme
    person_id: int | None
    grounds: tuple[Ground, ...]
    open: tuple[Ground, ...]
    in_doubt: tuple[Ground, ...]

    @property
    def best(self) -> Ground | None:
        return self.grounds[0] if self.grounds else None


@dataclass(frozen=True)
class Entitled:
    """Numbers of one programme in one commune: recipients (persons or households) whose best
    ground is `terms`; None for those of whom nobody can say."""

    programme_id: int
    commune_id: int
    terms_id: int | None
    recipients: int
    households: int


def terms_on(on: dt.date) -> list[ProgrammeTerms]:
    """The terms in force on a day, the best of each programme first. One query."""
    found = ProgrammeTerms.objects.on(on).select_related("programme", "owner")
    return sorted(found, key=lambda terms: (terms.programme_id, *terms.order))


def rule_of(terms: ProgrammeTerms) -> Rule:
    conditions = read_conditions(terms.who, terms.ground)
    return Rule(terms.pk, conditions, terms.owner.inner_path if terms.owner else "")


def counted(branches: Sequence[str], on: dt.date) -> list[Entitled]:
    """Every programme in one pass over the persons and one over the households of the branches
    (Area.inner_path). Grounds in doubt are not counted. About ten queries, whatever the area."""
    in_force = [terms for terms in terms_on(on) if terms.decides]
    found: list[Entitled] = []
    for recipient in Recipient:
        own = [terms for terms in in_force if terms.programme.recipient == recipient]
        if own:
            found += _counted(recipient, own, branches, on)
    return found


def _counted(
    recipient: Recipient, in_force: list[ProgrammeTerms], branches: Sequence[str], on: dt.date
) -> Iterable[Entitled]:
    facts = facts_of(recipient, on, branches=branches)
    parameters = dict(facts.parameters)
    columns, rows = [], []
    for programme in sorted({terms.programme_id for terms in in_force}):
        rules = [rule_of(terms) for terms in in_force if terms.programme_id == programme]
        verdicts = compiled(rules, on, prefix=f"p{programme}_")
        parameters |= verdicts.parameters
        columns.append(f"{verdicts.best} AS best_{int(programme)}")
        rows.append(f"({int(programme)}, b.best_{int(programme)})")
    statement = f"""{facts.with_facts}
        SELECT v.programme, b.commune_id, nullif(v.best, 0),
               count(*), count(DISTINCT b.household_id)
        FROM (SELECT f.commune_id, f.household_id, {", ".join(columns)} FROM facts f OFFSET 0) b
        CROSS JOIN LATERAL (VALUES {", ".join(rows)}) AS v(programme, best)
        WHERE v.best IS NOT NULL
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 NULLS LAST"""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [Entitled(*row) for row in cursor.fetchall()]


def of_household(household_id: int, on: dt.date) -> list[Entitlement]:
    """Every programme with something to say about the household or one of its members on the
    day, explained; by programme. About ten queries."""
    found: list[Entitlement] = []
    in_force = terms_on(on)
    for recipient in Recipient:
        own = [terms for terms in in_force if terms.programme.recipient == recipient]
        if own:
            found += _explained(recipient, own, household_id, on)
    return sorted(found, key=lambda one: (one.programme.pk, one.person_id or 0))


def _explained(
    recipient: Recipient, in_force: list[ProgrammeTerms], household_id: int, on: dt.date
) -> Iterable[Entitlement]:
    facts = facts_of(recipient, on, households=[household_id])
    verdicts = compiled([rule_of(terms) for terms in in_force], on)
    columns = ", ".join(f"f.{name}" for name in FACTS)
    statement = (
        f"{facts.with_facts} SELECT f.person_id, {verdicts.holding}, {verdicts.open},"
        f" {verdicts.unknown}, {columns} FROM facts f"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, facts.parameters | verdicts.parameters)
        rows = cursor.fetchall()
    programmes = {terms.programme_id: terms.programme for terms in in_force}
    for person_id, holding, open_, unknown, *values in rows:
        told = dict(zip(FACTS, values, strict=True))
        for programme in programmes.values():
            own = [terms for terms in in_force if terms.programme_id == programme.pk]
            found = _weighed(own, set(holding), set(open_), set(unknown), told)
            if any(found):
                yield Entitlement(programme, person_id, *found)


def _weighed(
    own: list[ProgrammeTerms],
    holding: set[int],
    open_: set[int],
    unknown: set[str],
    told: dict[str, Any],
) -> tuple[tuple[Ground, ...], tuple[Ground, ...], tuple[Ground, ...]]:
    """Grounds that hold, those nobody can tell, those in doubt. What is open is told only as far
    as it would be better than the best that holds."""
    hold = [terms for terms in own if terms.pk in holding and terms.decides]
    better = own[: own.index(hold[0])] if hold else own
    return (
        tuple(_ground(terms, told) for terms in hold),
        tuple(
            _ground(terms, told, unknown) for terms in better if terms.pk in open_ and terms.decides
        ),
        tuple(_ground(terms, told) for terms in own if terms.pk in holding and not terms.decides),
    )


def _ground(terms: ProgrammeTerms, told: dict[str, Any], unknown: set[str] | None = None) -> Ground:
    """With the facts of each condition; of those in `unknown` ("number.condition") alone, if
    given."""
    read = []
    for index, condition in enumerate(rule_of(terms).conditions):
        if unknown is None or f"{terms.pk}.{index}" in unknown:
            read.append((condition, {name: told[name] for name in condition.reads}))
    return Ground(terms, tuple(read))
