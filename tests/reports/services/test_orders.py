"""Orders: parts for each area, made once, failing alone, cancelled, made again, swept."""

import datetime as dt

import pytest
from django.db.models.functions import Now
from pytest_django import DjangoCaptureOnCommitCallbacks

from households.errors import Conflict, Refused
from reports.choices import FigureStatus, OrderWhat, PartState
from reports.models import Edition, ReportOrder, ReportPart
from reports.services import editions, orders
from tests.reports.services.made import Reporting, reporting

pytestmark = pytest.mark.django_db


def ordered(made: Reporting, what: OrderWhat = OrderWhat.YEAR, **more: object) -> ReportOrder:
    given = {"area": made.world.province, "reports": ["T1", "T2"], "by": made.department} | more
    return orders.order(
        what=what, round=made.world.rounds[2023], status=FigureStatus.OFFICIAL, **given
    )


def make_all(order: ReportOrder) -> None:
    for area in dict.fromkeys(order.parts.values_list("area_id", flat=True)):
        orders.make_area(order_id=order.pk, area_id=area)
    order.refresh_from_db()


def test_a_year_is_made_communes_first_and_each_edition_once() -> None:
    made = reporting()
    order = ordered(made)
    levels = list(order.parts.values_list("area__level", flat=True))
    assert levels == ["COMMUNE"] * 6 + ["DISTRICT"] * 4 + ["PROVINCE"] * 2
    make_all(order)
    make_all(order)
    assert set(order.parts.values_list("state", flat=True)) == {PartState.MADE}
    assert Edition.objects.count() == 12
    assert order.ended_at
    assert {e.cut_off_at for e in Edition.objects.all()} == {order.cut_off_at}


def test_work_begins_at_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    made = reporting()
    with django_capture_on_commit_callbacks() as found:
        ordered(made)
    assert len(found) == 1


def test_the_same_order_under_way_is_given_instead() -> None:
    made = reporting()
    first = ordered(made)
    assert ordered(made).pk == first.pk
    assert ordered(made, reports=["T1"]).pk != first.pk
    make_all(first)
    assert ordered(made).pk != first.pk


def test_an_area_that_cannot_be_made_does_not_sink_the_others() -> None:
    made = reporting(decide_last=False)
    made.world.decide(2023, made.world.a, made.world.b)
    order = ordered(made)
    make_all(order)
    states = dict(order.parts.filter(report="T1").values_list("area__code", "state"))
    assert states == {
        "02008": "MADE", "02011": "MADE", "02143": "FAILED", "063": "MADE", "064": "FAILED",
        "06": "MADE",
    }  # fmt: skip
    failed = order.parts.filter(state=PartState.FAILED).first()
    assert failed
    assert failed.failure
    assert order.ended_at


def test_only_what_is_missing_is_made_again() -> None:
    made = reporting(decide_last=False)
    made.world.decide(2023, made.world.a, made.world.b)
    order = ordered(made)
    make_all(order)
    kept = set(Edition.objects.values_list("pk", flat=True))
    made.world.decide(2023, made.world.c)
    assert orders.retry(order=order, by=made.department) == 4
    assert order.ended_at is None
    make_all(order)
    assert set(order.parts.values_list("state", flat=True)) == {PartState.MADE}
    assert kept < set(Edition.objects.values_list("pk", flat=True))
    with pytest.raises(Conflict):
        orders.retry(order=order, by=made.department)


def test_what_is_given_up_stays_given_up_and_what_is_made_stays_made() -> None:
    made = reporting()
    order = ordered(made)
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    orders.cancel(order=order, by=made.department)
    make_all(order)
    states = list(order.parts.values_list("state", flat=True))
    assert states == ["MADE"] * 2 + ["CANCELLED"] * 10
    assert order.ended_at
    with pytest.raises(Conflict):
        orders.cancel(order=order, by=made.department)


def test_a_fault_of_the_programme_is_the_fault_of_one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting()
    whole = editions.make

    def sometimes(**given: object) -> Edition:
        if given["definition"].code == "T1":  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return whole(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(editions, "make", sometimes)
    order = ordered(made, OrderWhat.SET)
    make_all(order)
    assert dict(order.parts.values_list("report", "state")) == {"T1": "FAILED", "T2": "MADE"}


def test_who_may_not_does_not_order() -> None:
    made = reporting()
    for area in (made.world.b, made.world.province):
        with pytest.raises(Refused):
            ordered(made, OrderWhat.SET, area=area, by=made.officer)
    assert ordered(made, OrderWhat.SET, area=made.world.a, by=made.officer).parts.count() == 2
    assert not ReportPart.objects.filter(area=made.world.b).exists()


def test_orders_that_stand_still_are_fired_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting()
    fired: list[int] = []
    monkeypatch.setattr(orders, "_fire", lambda order, areas: fired.extend(areas))
    order = ordered(made)
    assert orders.sweep() == 0
    ReportPart.objects.update(changed_at=Now() - dt.timedelta(minutes=2))
    assert orders.sweep() == len(fired) == 6
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    assert orders.sweep() == 0
