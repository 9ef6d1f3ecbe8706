"""A commune's requests, and which are late."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from households import clock, policies
from households.choices import AreaLevel, RequestState
from households.choices.requests import REVIEWED_KINDS
from households.choices.transfers import TransferState
from households.models import Area, ReviewRequest, User
from households.models.area_reach import made_of

#: A filter beside the states: open and past the day that was promised.
LATE = "LATE"


def of_commune(commune: Area, state: str = "") -> QuerySet[ReviewRequest]:
    """Open ones by the day of their answer first; else the newest first; with those received in the
    communes it was made of."""
    found = ReviewRequest.objects.filter(commune__in=made_of(commune)).select_related(
        "village", "household"
    )
    if state == LATE:
        return found.filter(state=RequestState.OPEN, due_on__lt=clock.today()).order_by("due_on")
    if state in RequestState.values:
        found = found.filter(state=state)
    if state == RequestState.OPEN:
        return found.order_by("due_on", "pk")
    return found.order_by("-received_on", "-pk")


@dataclass(frozen=True)
class Desk:
    """A commune whose requests and certificates are the user's; how many requests are open, and the
    first day one is due (None: none is open); how many households wait to be taken over."""

    commune: Area
    number: int
    first_due_on: dt.date | None
    arriving: int = 0

    @property
    def is_late(self) -> bool:
        return self.first_due_on is not None and self.first_due_on < clock.today()


def desks_of(user: User) -> list[Desk]:
    """The communes of today's map where the user answers requests. One query."""
    branches = policies.rights(user).branches(policies.ISSUES_CERTIFICATES)
    if not branches:
        return []
    communes = Area.objects.at(AreaLevel.COMMUNE).under_any(branches).on(clock.today())
    open_ones = Q(requests_received__state=RequestState.OPEN)
    found = communes.annotate(
        number=Count("requests_received", filter=open_ones, distinct=True),
        arriving=Count(
            "transfers_received",
            filter=Q(transfers_received__state=TransferState.OFFERED),
            distinct=True,
        ),
        first_due_on=Min("requests_received__due_on", filter=open_ones),
    )
    return [
        Desk(one, one.number, one.first_due_on, one.arriving)
        for one in found.order_by("folded_name")
    ]


def waiting_for_a_round(user: User) -> int:
    """Open requests for a review in the user's communes that no form answers yet. One query."""
    communes = policies.visible_areas(user, AreaLevel.COMMUNE)
    asked = ReviewRequest.objects.filter(
        commune__in=communes, state=RequestState.OPEN, kind__in=REVIEWED_KINDS, survey=None
    )
    return asked.count()
