"""Orders: parts for each area, made once, failing alone, cancelled, made again."""

import os
import signal
from typing import Any

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from redis import exceptions as store

from households.errors import Conflict, Refused
from reports.choices import OrderWhat, PartState
from reports.models import Edition, EditionFile, ReportOrder, ReportPart
from reports.services import edition_files, editions, order_firing, orders
from tests.factories import areas
from tests.reports.services.made import reporting
from tests.reports.services.ordering import elsewhere_held, make_all, ordered

pytestmark = pytest.mark.django_db


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


def test_an_area_that_takes_long_lets_others_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting()
    order = ordered(made, OrderWhat.SET)
    fired: list[int] = []
    monkeypatch.setattr(order_firing, "fire", lambda order, areas: fired.extend(areas))
    monkeypatch.setattr(orders, "_TURN_SECONDS", -1)
    for left in (1, 0):
        assert orders.make_area(order_id=order.pk, area_id=order.area_id) == 1
        assert order.parts.filter(state=PartState.WAITING).count() == left
    assert fired == [order.area_id] * 2
    order.refresh_from_db()
    assert order.ended_at


def test_a_part_that_somebody_makes_is_left_to_him() -> None:
    made = reporting()
    order = ordered(made, OrderWhat.SET)
    first = order.parts.get(report="T1")
    with elsewhere_held(first.pk):
        assert orders.make_area(order_id=order.pk, area_id=made.world.province.pk) == 1
    order.refresh_from_db()
    assert order.ended_at is None
    assert orders.make_area(order_id=order.pk, area_id=made.world.province.pk) == 1
    order.refresh_from_db()
    assert order.ended_at


class Failing:
    """In the place of editions.make: raises so many times, then makes."""

    def __init__(self, fault: Exception, times: int) -> None:
        self.whole, self.fault, self.left = editions.make, fault, times

    def __call__(self, **given: Any) -> Edition:
        if self.left:
            self.left -= 1
            raise self.fault
        return self.whole(**given)


@pytest.mark.parametrize(
    "fault",
    [
        InterfaceError("connection already closed"),
        store.ConnectionError("Error 111 connecting"),
        store.TimeoutError("Timeout reading from socket"),
    ],
)
def test_a_server_that_is_away_is_no_fault_of_the_part(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    made = reporting()
    monkeypatch.setattr(editions, "make", Failing(fault, 1))
    order = ordered(made, OrderWhat.SET)
    with pytest.raises(orders.ServerAway):
        make_all(order)
    assert list(order.parts.values_list("state", flat=True)) == ["MAKING", "WAITING"]
    make_all(order)
    assert set(order.parts.values_list("state", flat=True)) == {PartState.MADE}


def test_a_lost_session_is_not_used_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock on the part went with it: nothing is said of the part in another session."""
    made = reporting()
    monkeypatch.setattr(editions, "make", Failing(OperationalError("terminating connection"), 1))
    monkeypatch.setattr(connection, "is_usable", lambda: False)
    order = ordered(made, OrderWhat.SET)
    with pytest.raises(orders.ServerAway):
        make_all(order)
    assert list(order.parts.values_list("state", flat=True)) == ["MAKING", "WAITING"]


@pytest.mark.parametrize(("times", "state"), [(2, PartState.MADE), (3, PartState.FAILED)])
def test_a_deadlock_is_tried_again_three_times(
    monkeypatch: pytest.MonkeyPatch, times: int, state: PartState
) -> None:
    made = reporting()
    monkeypatch.setattr(editions, "make", Failing(OperationalError("deadlock detected"), times))
    order = ordered(made, OrderWhat.SET, reports=["T1"])
    make_all(order)
    assert order.parts.get().state == state
    assert order.ended_at


def die_of(report: str, order: ReportOrder) -> int:
    """A process of its own makes the area and is killed at that report; gives its exit code."""
    connection.close()
    if pid := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        # The session of a parent whose browser's event loop runs is kept apart from others; here no
        # loop runs, and it would be found: its locks would outlive whoever is killed.
        connection.connection = None
        whole = editions.make

        def make(**given: Any) -> Edition:
            if given["definition"].code == report:
                os.kill(os.getpid(), signal.SIGKILL)
            return whole(**given)

        editions.make = make
        orders.make_area(order_id=order.pk, area_id=order.area_id)
    finally:
        os._exit(0)


@pytest.mark.django_db(transaction=True)
def test_a_report_that_kills_whoever_makes_it_is_given_up_and_the_others_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Real processes, really killed: each leaves the lock and the state as a lost worker does."""
    monkeypatch.setattr(order_firing, "fire_at_commit", lambda order, areas: None)
    made = reporting()
    order = ordered(made, OrderWhat.SET)
    for times in range(1, settings.REPORT_ATTEMPTS + 1):
        assert die_of("T1", order) == -signal.SIGKILL
        first = order.parts.get(report="T1")
        assert (first.state, first.attempts) == (PartState.MAKING, times)
        assert not order.parts.filter(report="T2", state=PartState.MADE)
    assert die_of("T1", order) == 0
    assert dict(order.parts.values_list("report", "state")) == {"T1": "FAILED", "T2": "MADE"}
    assert f"{settings.REPORT_ATTEMPTS} " in order.parts.get(report="T1").failure
    order.refresh_from_db()
    assert order.ended_at
    orders.retry(order=order, by=made.department)
    assert order.parts.get(report="T1").attempts == 0
    make_all(order)
    assert order.parts.get(report="T1").state == PartState.MADE


def test_a_store_that_is_away_is_no_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting()
    times = settings.REPORT_ATTEMPTS + 1
    monkeypatch.setattr(editions, "make", Failing(store.ConnectionError("refused"), times))
    order = ordered(made, OrderWhat.SET)
    for __ in range(times):
        with pytest.raises(orders.ServerAway):
            make_all(order)
    make_all(order)
    assert set(order.parts.values_list("state", flat=True)) == {PartState.MADE}


def test_files_that_were_asked_for_are_made_with_the_edition() -> None:
    made = reporting()
    order = ordered(made, OrderWhat.SET, forms=["xlsx"])
    make_all(order)
    kept = EditionFile.objects.filter(edition__parts__order=order)
    assert sorted(kept.values_list("edition__report", "form", "version")) == [
        ("T1", "xlsx", "internal"), ("T2", "xlsx", "internal"),
    ]  # fmt: skip


def test_a_file_that_cannot_be_made_does_not_sink_the_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = reporting()

    def kept(**given: object) -> EditionFile:
        raise Conflict("Mẫu Word có lỗi.")

    monkeypatch.setattr(edition_files, "kept", kept)
    order = ordered(made, OrderWhat.SET, forms=["docx"])
    make_all(order)
    assert set(order.parts.values_list("state", flat=True)) == {PartState.MADE}


def test_an_order_of_many_areas_takes_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    made = reporting()
    for at in range(40):
        areas.commune(made.world.near, f"0{at + 3100}", f"Xã {at}")
    with django_assert_max_num_queries(16):
        order = ordered(made)
    assert order.parts.count() == 2 * 46
    with django_assert_max_num_queries(5):
        order_firing.sweep()
