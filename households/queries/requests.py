"""A commune's requests, and which are late."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from households import clock, policies
from households.choices import AreaLevel, RequestState
from households.choices.requests import REVIEWED_KINDS
from households.choices.transfers import TransferState
from households.models import Area, ReviewRequest, User
from households.models.area_reach import made_of, reached
from households.queries import certificates

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
    first day one is due (None: none is open); how many households wait to be taken over, and how
    many on its list have no certificate."""

    commune: Area
    number: int
    first_due_on: dt.date | None
    arriving: int = 0
    without_certificate: int = 0

    @property
    def is_late(self) -> bool:
        return self.first_due_on is not None and self.first_due_on < clock.today()


def desks_of(user: User) -> list[Desk]:
    """The communes of today's map where the user answers requests, with what was received in those
    they were made of. Four queries."""
    branches = policies.rights(user).branches(policies.ISSUES_CERTIFICATES)
    if not branches:
        return []
    found = Area.objects.at(AreaLevel.COMMUNE).under_any(branches).on(clock.today())
    offered = Q(transfers_received__state=TransferState.OFFERED)
    communes = found.annotate(arriving=Count("transfers_received", filter=offered))
    by_pk = {one.pk: one for one in communes.order_by("folded_name")}
    due_on = _open_by_commune(by_pk)
    without = certificates.without_one(list(by_pk.values()))
    return [
        Desk(one, len(due_on[pk]), min(due_on[pk], default=None), one.arriving, without.get(pk, 0))
        for pk, one in by_pk.items()
    ]


def _open_by_commune(pks: Collection[int]) -> dict[int, list[dt.date]]:
    """The days by which open requests are to be answered. Two queries."""
    reach = reached(pks)
    received: dict[int, list[dt.date]] = defaultdict(list)
    open_ones = ReviewRequest.objects.filter(
        commune__in={pk for units in reach.values() for pk in units}, state=RequestState.OPEN
    )
    for commune, due_on in open_ones.values_list("commune", "due_on"):
        received[commune].append(due_on)
    return {pk: [day for unit in reach[pk] for day in received[unit]] for pk in pks}


def waiting_for_a_round(user: User) -> int:
    """Open requests for a review in the user's communes that no form answers yet. One query."""
    communes = policies.visible_areas(user, AreaLevel.COMMUNE)
    asked = ReviewRequest.objects.filter(
        commune__in=communes, state=RequestState.OPEN, kind__in=REVIEWED_KINDS, survey=None
    )
    return asked.count()
