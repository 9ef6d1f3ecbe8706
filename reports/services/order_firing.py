"""Jobs of orders: fired at commit, and again where nobody makes what they were fired for."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from celery import signature
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from households.services import job_locks
from reports.choices import TO_MAKE, PartState
from reports.models import ReportOrder, ReportPart

_STALLED_FOR: Final = dt.timedelta(minutes=1)
#: A part that is made for longer keeps no others waiting for the sweep.
_LONGEST: Final = dt.timedelta(hours=1)
#: Everything else in the broker comes first: no user waits for a year's sets.
_LAST: Final = 9


def fire_at_commit(order: ReportOrder, areas: Sequence[int]) -> None:
    """A broker that is away does not undo the order: the sweep fires it."""

    def now() -> None:  # Django asks for the name of one that fails, which a partial has not
        fire(order.pk, areas)

    transaction.on_commit(now, robust=True)


def fire(order_id: int, areas: Iterable[int]) -> None:
    """A job for each area."""
    for area in areas:
        signature("reports.make_area", args=[order_id, area]).apply_async(priority=_LAST)


def end(order_id: int | None = None) -> None:
    """The order is over when nothing of it is left to make; None: all that are."""
    left = ReportPart.objects.filter(order=OuterRef("pk"), state__in=sorted(TO_MAKE))
    ended = ReportOrder.objects.filter(ended_at__isnull=True)
    if order_id is not None:
        ended = ended.filter(pk=order_id)
    ended.filter(~Exists(left)).update(ended_at=Now())


def sweep() -> int:
    """Fire areas again that nobody will make otherwise; gives how many. Those of which a part was
    begun and left; all that wait, where nothing is made any more. Four statements.

    While parts are made, others only wait for their turn: to fire them each minute would fill the
    broker with jobs that find nothing to do.
    """
    now = timezone.now()
    since = now - _STALLED_FOR
    held = job_locks.taken(job_locks.REPORTS)
    under_way = ReportPart.objects.filter(order__ended_at__isnull=True)
    left = under_way.filter(state__in=sorted(TO_MAKE), changed_at__lt=since).exclude(pk__in=held)
    begun = under_way.exclude(state=PartState.WAITING)
    lately = Q(changed_at__gte=since) | Q(pk__in=held, changed_at__gte=now - _LONGEST)
    if begun.filter(lately).exists():
        left = left.filter(state=PartState.MAKING)
    in_order = left.order_by("order_id", "position").values_list("order_id", "area_id")
    areas = list(dict.fromkeys(in_order))
    for order_id, area in areas:
        fire(order_id, [area])
    end()
    return len(areas)
