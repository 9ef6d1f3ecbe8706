"""Jobs are fired at commit, and again where nobody makes what they were fired for."""

import datetime as dt

import pytest
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerAway
from pytest_django import DjangoCaptureOnCommitCallbacks

from reports.choices import PartState
from reports.models import ReportOrder, ReportPart
from reports.services import order_firing, orders
from tests.reports.services.made import reporting
from tests.reports.services.ordering import elsewhere_held, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def fired(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []
    monkeypatch.setattr(order_firing, "fire", lambda order, areas: found.extend(areas))
    return found


def minutes_ago(count: int, **which: object) -> None:
    ReportPart.objects.filter(**which).update(changed_at=Now() - dt.timedelta(minutes=count))


def test_orders_that_stand_still_are_fired_again(fired: list[int]) -> None:
    made = reporting()
    order = ordered(made)
    assert order_firing.sweep() == 0
    minutes_ago(2)
    assert order_firing.sweep() == len(fired) == 6
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    assert order_firing.sweep() == 0


def test_while_parts_are_made_only_those_that_were_left_are_fired(fired: list[int]) -> None:
    made = reporting()
    order, other = ordered(made), ordered(made, reports=["T1"])
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    minutes_ago(2, state=PartState.WAITING)
    assert order_firing.sweep() == 0
    left = other.parts.get(area=made.world.b)
    ReportPart.objects.filter(pk=left.pk).update(state=PartState.MAKING)
    assert order_firing.sweep() == 1
    assert fired == [made.world.b.pk]
    with elsewhere_held(left.pk):
        assert order_firing.sweep() == 0
        minutes_ago(2)
        assert order_firing.sweep() == 0
        minutes_ago(61)
        assert order_firing.sweep() == 10
    assert order_firing.sweep() == 11


def test_a_broker_that_is_away_does_not_undo_an_order(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def away(order: int, areas: list[int]) -> None:
        raise BrokerAway

    made = reporting()
    monkeypatch.setattr(order_firing, "fire", away)
    with django_capture_on_commit_callbacks(execute=True):
        order = ordered(made)
    assert ReportOrder.objects.filter(pk=order.pk, ended_at__isnull=True).exists()
