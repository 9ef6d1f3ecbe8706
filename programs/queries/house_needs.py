"""Who of a village may need a house: families on the list, with what their newest form lacks."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from households.models import Area, HouseholdCard
from programs.choices import Recipient
from programs.choices.houses import HOUSE_INDICATORS
from programs.models import Benefit, Programme
from programs.queries import standing
from programs.queries.facts import facts_of
from programs.workflow import VOID_STATES


@dataclass(frozen=True)
class Candidate:
    """`lacks`: of HOUSE_INDICATORS, None where no complete form says; `terms_id`: the confirmed
    ground that holds, None for none; `has`: the house he has already or that is on its way."""

    card: HouseholdCard
    poverty_class: str
    lacks: tuple[str, ...] | None
    no_labour: bool | None
    terms_id: int | None
    has: Benefit | None


def of_village(programme: Programme, village: Area, on: dt.date) -> list[Candidate]:
    """Poor and near-poor households living there on the day: those that lack a good house first,
    who has one last. About fourteen queries, whatever the village."""
    facts = facts_of(Recipient.HOUSEHOLD, on, branches=[village.inner_path])
    statement = f"""{facts.with_facts}
        SELECT f.household_id, f.poverty_class, f.lacks, f.no_labour FROM facts f
        WHERE f.village_id = %(village)s AND f.poverty_class IN ('POOR', 'NEAR_POOR')"""
    with connection.cursor() as cursor:
        cursor.execute(statement, facts.parameters | {"village": village.pk})
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    entitled = {
        one.household_id: one.terms_id
        for one in standing.entitled(programme, on, households=list(rows))
    }
    houses = houses_of(programme, list(rows))
    cards = HouseholdCard.objects.filter(pk__in=rows).select_related("household")
    found = [
        Candidate(
            card=card,
            poverty_class=rows[card.pk][0],
            lacks=_of_a_house(rows[card.pk][1]),
            no_labour=rows[card.pk][2],
            terms_id=entitled.get(card.pk),
            has=houses.get(card.pk),
        )
        for card in cards.order_by("folded_head_name", "pk")
    ]
    return sorted(found, key=lambda one: (one.has is not None, not one.lacks))


def _of_a_house(lacks: list[str] | None) -> tuple[str, ...] | None:
    return None if lacks is None else tuple(code for code in HOUSE_INDICATORS if code in lacks)


def houses_of(programme: Programme, households: list[int]) -> dict[int, Benefit]:
    """The benefit that gives, or will give, each of them its one house. One query."""
    rows = Benefit.objects.filter(programme=programme, household__in=households)
    there = rows.exclude(state__in=sorted(VOID_STATES))
    return {one.household_id: one for one in there if one.household_id is not None}
