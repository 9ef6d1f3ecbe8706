"""Orders for tests, made here and now instead of by jobs."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from households.choices import StandardPart
from households.models import PovertyStandard, RoundStandard
from households.services import job_locks
from reports.choices import FigureStatus, OrderWhat
from reports.models import ReportOrder
from reports.services import orders
from tests.factories import reviews
from tests.reports.services.made import Reporting


def ordered(made: Reporting, what: OrderWhat = OrderWhat.YEAR, **more: object) -> ReportOrder:
    given = {"area": made.world.province, "reports": ["T1", "T2"], "by": made.department} | more
    return orders.order(
        what=what, round=made.world.rounds[2023], status=FigureStatus.OFFICIAL, **given
    )


def make_all(order: ReportOrder) -> None:
    for area in dict.fromkeys(order.parts.values_list("area_id", flat=True)):
        orders.make_area(order_id=order.pk, area_id=area)
    order.refresh_from_db()


def under_two_standards(made: Reporting) -> PovertyStandard:
    """The round of 2023 closes under another standard than it opens under; gives that one."""
    closing = reviews.standard("std_2016")
    round = made.world.rounds[2023]
    round.parts.update(part=StandardPart.OPENING)
    RoundStandard.objects.create(round=round, standard=closing, part=StandardPart.CLOSING)
    return closing


@contextmanager
def elsewhere_held(pk: int) -> Iterator[None]:
    """The lock of a part, in another session."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [job_locks.REPORTS, pk])
            yield
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [job_locks.REPORTS, pk])
    finally:
        other.close()
