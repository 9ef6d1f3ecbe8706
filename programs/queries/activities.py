"""Activities with what they came to, and who may be ticked as taking part."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from households.choices import PovertyClass
from households.folding import fold
from households.models import Area, HouseholdCard, Membership, StatusPeriod
from households.models.cards import one_name_holds
from programs.choices import BenefitState, Recipient
from programs.models import Activity, Benefit
from programs.workflow import SERVED_STATES, VOID_STATES

#: Rows of the tick list.
MOST_CANDIDATES = 200


@dataclass(frozen=True)
class Figures:
    """Of a set of activities. `times` (lượt) and the two distinct numbers are of those recorded by
    name and served; `people_reached` is a sum of counts on the spot, in `counted` activities,
    where somebody may be counted twice. None where nobody counted."""

    activities: int
    times: int
    households: int
    persons: int
    outsiders: int
    learning: int
    people_reached: int | None
    women_reached: int | None
    minority_reached: int | None
    poor_reached: int | None
    counted: int


def figures(activities: QuerySet[Activity]) -> Figures:
    """Two queries."""
    held = activities.filter(cancelled_because="").order_by()
    sums = held.aggregate(
        activities=Count("pk"),
        counted=Count("people_reached"),
        people_reached=Sum("people_reached"),
        women_reached=Sum("women_reached"),
        minority_reached=Sum("minority_reached"),
        poor_reached=Sum("poor_reached"),
    )
    named = Benefit.objects.filter(participation__activity__in=held.values("pk")).order_by()
    served = Q(state__in=sorted(SERVED_STATES))
    parts = named.aggregate(
        times=Count("pk", filter=served),
        households=Count("household", distinct=True, filter=served),
        persons=Count("person", distinct=True, filter=served),
        outsiders=Count("pk", filter=served & Q(household__isnull=True)),
        learning=Count("pk", filter=Q(state=BenefitState.LISTED)),
    )
    return Figures(**sums, **parts)


def households_of(activity: Activity) -> int:
    """Households that took part by name; a person outside the register stands for one, for nobody
    knows who lives with him. Two queries."""
    found = figures(Activity.objects.filter(pk=activity.pk))
    return found.households + found.outsiders


def with_parts(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Each with `parts`: who takes part by name, without what was taken back or left; the newest
    first."""
    stands = ~Q(participations__benefit__state__in=sorted(VOID_STATES))
    found = activities.annotate(parts=Count("participations", filter=stands))
    return found.select_related("commune", "village", "programme").order_by("-begins_on", "-pk")


@dataclass(frozen=True)
class Candidate:
    """Who may be ticked; `key` is "household" or "household-person"."""

    key: str
    name: str
    birth_year: int | None
    head_name: str
    code: str
    village: str
    poverty_class: str


def candidates(
    activity: Activity, *, village: Area | None, words: str, everybody: bool
) -> tuple[list[Candidate], int]:
    """Households of the commune (or a village), or their members where the programme serves
    persons, who do not take part yet: those on the list on the day unless `everybody`. By village
    and name; the first MOST_CANDIDATES with the number of all households. Four queries."""
    on = activity.begins_on
    cards = HouseholdCard.objects.under(village or activity.commune).standing()
    listed = StatusPeriod.objects.on(on).filter(
        household=OuterRef("pk"), list_owner=None,
        poverty_class__in=[PovertyClass.POOR, PovertyClass.NEAR_POOR],
    )  # fmt: skip
    cards = cards.annotate(poverty_class=Subquery(listed.values("poverty_class")[:1]))
    if not everybody:
        cards = cards.filter(poverty_class__isnull=False)
    if folded := fold(words).split():
        for word in folded:
            cards = cards.filter(folded_names__contains=word)
        cards = cards.filter(one_name_holds(folded))
    taking = activity.participations.exclude(benefit__state=BenefitState.CANCELLED)
    if activity.programme.recipient == Recipient.HOUSEHOLD:
        cards = cards.exclude(pk__in=taking.values("benefit__household"))
    ordered = cards.select_related("village").order_by("village__folded_name", "folded_head_name")
    found = list(ordered[:MOST_CANDIDATES])
    if activity.programme.recipient == Recipient.PERSON:
        persons = set(taking.values_list("benefit__person", flat=True))
        return _members(found, persons, on), cards.count()
    return [_candidate(card) for card in found], cards.count()


def _candidate(card: HouseholdCard, member: Membership | None = None) -> Candidate:
    born = member.person.birth_date if member else None
    return Candidate(
        key=f"{card.pk}-{member.person_id}" if member else str(card.pk),
        name=member.person.full_name if member else card.head_name,
        birth_year=born.year if born else None,
        head_name=card.head_name,
        code=card.code,
        village=card.village.name,
        poverty_class=getattr(card, "poverty_class", "") or "",
    )


_YOUNGEST_TRAINEE_YEARS = 14


def _members(cards: list[HouseholdCard], taking: set[int], on: dt.date) -> list[Candidate]:
    """Those old enough to learn a trade, or whose age nobody knows."""
    members: dict[int, list[Membership]] = {}
    rows = Membership.objects.on(on).filter(
        household__in=[card.pk for card in cards], person__died_on__isnull=True
    )
    for row in rows.select_related("person").order_by("person__birth_date", "pk"):
        born = row.person.birth_date
        is_old_enough = born is None or on.year - born.year >= _YOUNGEST_TRAINEE_YEARS
        if row.person_id not in taking and is_old_enough:
            members.setdefault(row.household_id, []).append(row)
    return [_candidate(card, row) for card in cards for row in members.get(card.pk, [])]
