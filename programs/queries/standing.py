"""One programme, everybody in an area: by which ground entitled on a day, and whether served."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from programs.appraisal import compiled
from programs.choices import Recipient
from programs.models import Programme
from programs.queries.entitlement import rule_of, terms_on
from programs.queries.facts import facts_of
from programs.queries.serving import serves, values_on


@dataclass(frozen=True)
class Standing:
    """An entitled recipient: the household, or one of its persons (`person_id`).

    `terms_id`: the best ground that holds. `served_by`: the newest benefit that serves him on the
    day; None is a gap. `valid_to`: the last day of that one, where it has any.
    """

    household_id: int
    person_id: int | None
    village_id: int
    commune_id: int
    terms_id: int
    served_by: int | None
    valid_to: dt.date | None


def entitled(
    programme: Programme,
    on: dt.date,
    *,
    branches: Sequence[str] = (),
    households: Sequence[int] | None = None,
) -> list[Standing]:
    """Everybody whom a confirmed ground of the programme holds for on the day, living in one of
    `branches` (Area.inner_path) or belonging to `households`; by village and household. Grounds in
    doubt and facts that are missing entitle nobody here. About six queries, one of them large."""
    in_force = [one for one in terms_on(on) if one.programme_id == programme.pk and one.decides]
    if not in_force:
        return []
    facts = facts_of(Recipient(programme.recipient), on, branches=branches, households=households)
    verdicts = compiled([rule_of(terms) for terms in in_force], on)
    is_person = programme.recipient == Recipient.PERSON
    whom = "s.person_id = b.person_id" if is_person else "s.household_id = b.household_id"
    statement = f"""{facts.with_facts}
        SELECT b.household_id, {"b.person_id" if is_person else "NULL::bigint"},
               b.village_id, b.commune_id, b.best, had.id, had.valid_to
        FROM (SELECT f.household_id, f.person_id, f.village_id, f.commune_id,
                     {verdicts.best} AS best FROM facts f OFFSET 0) b
        LEFT JOIN LATERAL (
          SELECT s.id, s.valid_to FROM programs_benefit s
          WHERE {whom} AND s.programme_id = %(programme)s AND {serves(programme.kind)}
          ORDER BY s.acted_on DESC, s.id DESC LIMIT 1) had ON true
        WHERE b.best > 0
        ORDER BY b.village_id, b.household_id, b.person_id"""
    values = facts.parameters | verdicts.parameters | values_on(on) | {"programme": programme.pk}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Standing(*row) for row in cursor.fetchall()]
