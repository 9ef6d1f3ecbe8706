"""Jobs of the reports. Each calls one service; repeating one does no harm."""

import time
from typing import Final

from celery import shared_task
from celery.exceptions import Reject

from reports.models import Edition
from reports.services import order_firing, orders, public_patterns, scheduled_orders, summaries
from reports.views import warming

#: Until a server that is away is asked again.
_PAUSE_SECONDS: Final = 2.0


@shared_task(name="reports.refresh_summaries")
def refresh_summaries() -> int:
    """Every minute: the sums of communes that changed."""
    return summaries.refresh_changed()


@shared_task(name="reports.draw_pages")
def draw_pages() -> int:
    """Every ten minutes: pages of figures that changed."""
    return warming.pages()


@shared_task(name="reports.make_area")
def make_area(order_id: int, area_id: int) -> int:
    """The reports of one area of an order. Its job goes back to the head of the queue where the
    database went away: one that failed would be taken as done."""
    try:
        return orders.make_area(order_id=order_id, area_id=area_id)
    except orders.ServerAway as fault:
        time.sleep(_PAUSE_SECONDS)
        raise Reject(str(fault), requeue=True) from fault


@shared_task(name="reports.order_what_is_due")
def order_what_is_due() -> int:
    """Every quarter of an hour: reports that nobody has to ask for."""
    return scheduled_orders.run()


@shared_task(name="reports.sweep_orders")
def sweep_orders() -> int:
    """Every minute: orders of reports that stand still."""
    return order_firing.sweep()


@shared_task(name="reports.weigh_for_everybody")
def weigh_for_everybody(edition_id: int) -> int:
    """Which numbers of a round are not given to everybody, once somebody asks for a version for
    everybody of one of its reports."""
    return public_patterns.weigh(edition=Edition.objects.get(pk=edition_id)).pk
