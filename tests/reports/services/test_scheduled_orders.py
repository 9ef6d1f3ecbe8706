"""What is due is ordered once: of communes that decided, of a complete province, on its days."""

import datetime as dt

import pytest
from django.db.models.functions import Now

from households import clock
from households.models import ReviewRound
from reports.choices import OrderWhat
from reports.models import ReportOrder
from reports.services import scheduled_orders
from tests.reports.services.made import Reporting, reporting

pytestmark = pytest.mark.django_db


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date.fromisoformat(day))


def ordered() -> list[tuple[str, str, str]]:
    return sorted(
        (one.area.code, one.round.key, one.status)
        for one in ReportOrder.objects.select_related("area", "round")
    )


def test_a_commune_that_decided_lately_gets_its_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting(decide_last=False)
    made.world.decide(2023, made.world.a)
    at(monkeypatch, "2023-12-12")
    scheduled_orders.run()
    assert ("02008", "2023", "official") in ordered()
    # The decisions of the year before were signed long ago; two communes have none.
    assert {one for one in ordered() if one[2] == "official"} == {("02008", "2023", "official")}
    before = ordered()
    assert scheduled_orders.run() == 0
    assert ordered() == before


def test_a_commune_that_decided_after_its_set_was_ordered_gets_it_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = reporting(decide_last=False)
    made.world.decide(2023, made.world.a)
    at(monkeypatch, "2023-12-12")
    scheduled_orders.run()
    ReportOrder.objects.update(cut_off_at=Now() - dt.timedelta(days=1), ended_at=Now())
    assert scheduled_orders.run() == 1
    assert scheduled_orders.run() == 0


def test_the_province_is_due_on_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    reporting(decide_last=False)
    at(monkeypatch, "2023-11-14")
    assert scheduled_orders.run() == 0
    at(monkeypatch, "2023-11-15")
    scheduled_orders.run()
    assert ordered() == [("06", "2023", "preliminary")]
    at(monkeypatch, "2023-12-14")
    scheduled_orders.run()
    assert ("06", "2023", "official") in ordered()


def test_the_province_is_due_as_soon_as_all_communes_are_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = reporting(decide_last=False)
    made.world.decide(2023, made.world.a, made.world.b)
    at(monkeypatch, "2023-12-11")
    scheduled_orders.run()
    assert ("06", "2023", "official") not in ordered()
    made.world.decide(2023, made.world.c)
    scheduled_orders.run()
    assert ("06", "2023", "official") in ordered()


def ad_hoc(made: Reporting) -> ReviewRound:
    round = made.world.rounds[2023]
    round.pk, round.kind, round.month = None, "AD_HOC", 4
    round.as_of = dt.date(2023, 4, 15)
    round._state.adding = True
    round.save()
    return round


@pytest.mark.parametrize(("day", "due"), [("2023-05-03", 1), ("2023-05-06", 0), ("2023-06-03", 0)])
def test_the_ad_hoc_report_of_last_month_is_due_on_the_first_days(
    monkeypatch: pytest.MonkeyPatch, day: str, due: int
) -> None:
    made = reporting()
    found = ad_hoc(made)
    at(monkeypatch, day)
    wanted = list(scheduled_orders._of_ad_hoc_rounds())
    assert [(one.what, one.round.pk) for one in wanted] == [(OrderWhat.SET, found.pk)] * due
