"""Editions side by side: the newest of each report, its history."""

import pytest
from pytest_django import DjangoAssertNumQueries

from reports.choices import FigureStatus, OrderWhat
from reports.models import ReportOrder
from reports.queries import editions
from reports.queries.editions import Shelf
from reports.services import orders
from tests.reports.services.made import Reporting, reporting

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Reporting:
    return reporting()


def shelf(made: Reporting, status: FigureStatus = FigureStatus.OFFICIAL) -> Shelf:
    world = made.world
    return Shelf(world.province, world.rounds[2023], world.standard, status)


def test_the_newest_of_each_report_comes_with_its_start(
    made: Reporting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    result, changes = made.made("T1"), made.made("T2")
    made.made("T1", made.world.a)
    with django_assert_num_queries(1):
        found = editions.newest(shelf(made), ["T1", "T2", "T3"])
    assert found == {"T1": result, "T2": changes}
    start = bytes(found["T1"].start)  # type: ignore[attr-defined]
    assert bytes(result.content).startswith(start)
    assert start
    assert editions.newest(shelf(made, FigureStatus.PRELIMINARY), ["T1"]) == {}
    assert not editions.has_signed(shelf(made), ["T1"])


def test_the_history_holds_both_statuses_the_newest_first(made: Reporting) -> None:
    early = made.made("T1", status=FigureStatus.PRELIMINARY)
    late = made.made("T1")
    made.made("T2")
    assert list(editions.like(early)) == [late, early]


def test_orders_say_how_many_parts_are_made(made: Reporting) -> None:
    world = made.world
    order = orders.order(
        what=OrderWhat.SET, area=world.a, round=world.rounds[2023],
        status=FigureStatus.OFFICIAL, reports=["T1", "T15"], by=made.officer,
    )  # fmt: skip
    orders.make_area(order_id=order.pk, area_id=world.a.pk)
    (told,) = editions.with_progress(ReportOrder.objects.filter(pk=order.pk))
    assert (told.parts_all, told.parts_made, told.parts_failed) == (2, 2, 0)  # type: ignore[attr-defined]
