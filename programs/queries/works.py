"""Works of an area, and the indicators that they, and new houses, should have ended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from households.models import Area, HouseholdCard
from programs.choices import Recipient
from programs.choices.houses import HOUSE_INDICATORS
from programs.models import SitePayment, WorksProject
from programs.queries.facts import facts_of
from programs.workflow import SERVED_STATES, VOID_STATES


@dataclass(frozen=True)
class Candidate:
    """A household of the village; `lacks`: of the indicators asked about, None where no complete
    form says."""

    card: HouseholdCard
    poverty_class: str | None
    lacks: tuple[str, ...] | None


@dataclass(frozen=True)
class ToCheck:
    """A household served, whose newest form still says that it lacks. `form_on`: the day of that
    form; `is_after`: it was filled in after the acceptance, so that what was given did not help."""

    card: HouseholdCard
    indicators: tuple[str, ...]
    served_on: dt.date
    through: str
    form_on: dt.date
    is_after: bool


def listed(works: QuerySet[WorksProject]) -> QuerySet[Any]:
    """With `households` served or to be served, and `paid_vnd`. One query."""
    counts = Q(served__isnull=False) & ~Q(served__benefit__state__in=sorted(VOID_STATES))
    paid = (
        SitePayment.objects.filter(works=OuterRef("pk"), taken_back_because="")
        .order_by()
        .values("works")
        .annotate(sum=Sum("amount_vnd"))
        .values("sum")
    )
    return works.select_related("kind", "village__parent").annotate(
        households=Count("served", filter=counts), paid_vnd=Coalesce(Subquery(paid), 0)
    )


def of_village(village: Area, indicators: Sequence[str], on: dt.date) -> list[Candidate]:
    """Every household living there on the day, those that lack one of the indicators first. Some
    seven queries."""
    facts = facts_of(Recipient.HOUSEHOLD, on, branches=[village.inner_path])
    statement = f"""{facts.with_facts}
        SELECT f.household_id, f.poverty_class, f.lacks FROM facts f
        WHERE f.village_id = %(village)s"""
    with connection.cursor() as cursor:
        cursor.execute(statement, facts.parameters | {"village": village.pk})
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    cards = HouseholdCard.objects.filter(pk__in=rows, is_ended=False).select_related("household")
    found = [
        Candidate(card, rows[card.pk][0], _of(rows[card.pk][1], indicators))
        for card in cards.order_by("folded_head_name", "pk")
    ]
    return sorted(found, key=lambda one: not one.lacks)


def _of(lacks: list[str] | None, indicators: Sequence[str]) -> tuple[str, ...] | None:
    return None if lacks is None else tuple(code for code in indicators if code in lacks)


_GIVEN = """
  SELECT b.household_id, b.served_on, w.indicators, w.name AS through
  FROM programs_benefit b
  JOIN programs_worksserved s ON s.benefit_id = b.id
  JOIN programs_worksproject w ON w.id = s.works_id
  WHERE b.commune_id = %(commune)s AND b.state = ANY(%(served)s) AND b.served_on <= %(on_date)s
  UNION ALL
  SELECT b.household_id, b.served_on, %(house)s::jsonb, ''
  FROM programs_benefit b JOIN programs_housingcase c ON c.benefit_id = b.id
  WHERE b.commune_id = %(commune)s AND b.state = ANY(%(served)s) AND b.served_on <= %(on_date)s"""


def to_check(commune: Area, on: dt.date) -> list[ToCheck]:
    """Households of the commune that an accepted work or house serves, and whose newest complete
    form says that they lack what it ends: for the next review to look at. Nothing is changed.
    Some six queries, one of them large."""
    facts = facts_of(Recipient.HOUSEHOLD, on, branches=[commune.inner_path])
    statement = f"""{facts.with_facts}, given AS ({_GIVEN})
        SELECT g.household_id,
          array(SELECT jsonb_array_elements_text(g.indicators)
                INTERSECT SELECT unnest(f.lacks)) AS still,
          g.served_on, g.through, v.as_of
        FROM given g JOIN facts f USING (household_id)
        JOIN households_survey v ON v.id = f.survey_id
        ORDER BY g.served_on, g.household_id"""
    house = "[" + ", ".join(f'"{code}"' for code in HOUSE_INDICATORS) + "]"
    values = {"commune": commune.pk, "served": sorted(SERVED_STATES), "house": house}
    with connection.cursor() as cursor:
        cursor.execute(statement, facts.parameters | values)
        rows = [row for row in cursor.fetchall() if row[1]]
    cards = HouseholdCard.objects.select_related("village").in_bulk([row[0] for row in rows])
    return [
        ToCheck(cards[pk], tuple(sorted(still)), served_on, through, form_on, form_on > served_on)
        for pk, still, served_on, through, form_on in rows
        if pk in cards
    ]
