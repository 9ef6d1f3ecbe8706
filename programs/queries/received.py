"""The whole history of support: of a household with its members, and of one person."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from households.models import Household, Membership, Person
from programs.models import Benefit
from programs.policies.coverage import with_ground_standing
from programs.workflow import VOID_STATES

_BUILT = ("house__stage", "from_works__works", "employment", "participation__activity")


@dataclass(frozen=True)
class History:
    """What a person got: `own`, himself, in whichever household; `shared`, his households while
    he belonged to them; the newest first, with what was refused or taken back. `elsewhere`: how
    many more times something was recorded in households that the reader may not see."""

    own: list[Benefit]
    shared: list[Benefit]
    elsewhere: int


def of_household(
    household: Household, on: dt.date, visible: QuerySet[Household]
) -> QuerySet[Benefit]:
    """All that was recorded for the household and its members, the newest first, and what those
    who are its members on the day got while in another household of `visible`. One query."""
    members = Membership.objects.on(on).filter(household=household).values("person")
    before = Q(person__in=members, household__in=visible)
    rows = Benefit.objects.filter(Q(household=household) | before)
    return with_ground_standing(rows).select_related(
        "programme", "person", "household", "terms", "ground_check", *_BUILT
    )


def of_households(households: Collection[int], years: tuple[int, int]) -> dict[int, list[Benefit]]:
    """All that was recorded for each of them and its members in these years, the oldest first, with
    what was refused or taken back. One query."""
    rows = (
        Benefit.objects.filter(household__in=households, acted_on__year__range=years)
        .select_related("programme", "person", "terms", "recorded_by")
        .order_by("acted_on", "pk")
    )
    found: dict[int, list[Benefit]] = {}
    for one in rows:
        if one.household_id is not None:
            found.setdefault(one.household_id, []).append(one)
    return found


def of_person(person: Person, visible: QuerySet[Household]) -> History:
    """Of a person, in the households of `visible`. Four queries, whatever the number."""
    rows = Benefit.objects.annotate(day=Coalesce("served_on", "acted_on"))
    own, shared = Q(person=person), Q(pk__in=[])
    for held in person.memberships.all():
        until = Q() if held.valid_to is None else Q(day__lte=held.valid_to)
        shared |= until & Q(household=held.household_id, person=None, day__gte=held.valid_from)
    seen = rows.filter(household__in=visible).select_related(
        "programme", "person", "household", "terms", *_BUILT
    )
    unseen = rows.filter(own | shared, household__isnull=False).exclude(household__in=visible)
    return History(
        own=list(seen.filter(own)),
        shared=list(seen.filter(shared)),
        elsewhere=unseen.exclude(state__in=sorted(VOID_STATES)).count(),
    )
