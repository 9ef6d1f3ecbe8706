"""Use is counted in the cache, and written once by the job."""

import datetime as dt

import pytest
from django.utils import timezone

from households import clock
from households.choices.api import ApiScope
from households.models import ApiToken, ApiUse
from households.queries import api_use as queries
from households.services import api_use
from tests.factories import api, areas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def test_minutes_that_are_over_are_written_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    api.secret_of(api.client_of(areas.province(), ApiScope.AGGREGATES))
    token = ApiToken.objects.get()
    for status in (200, 200, 304):
        api_use.note(token_id=token.pk, endpoint="api:areas", status=status)
    api_use.note(token_id=token.pk + 1, endpoint="api:areas", status=200)  # of a token that is gone
    api_use.note(token_id=api_use.ANYBODY, endpoint="api:areas", status=200)
    assert api_use.write_down() == 0, "this minute goes on"
    later = timezone.now() + dt.timedelta(minutes=2)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        assert api_use.write_down() == 1
        assert api_use.write_down() == 0
    told = ApiUse.objects.order_by("status").values_list("token", "endpoint", "status", "calls")
    assert set(told) == {
        (token.pk, "api:areas", 200, 2), (token.pk, "api:areas", 304, 1),
        (None, "api:areas", 200, 1),
    }  # fmt: skip


def test_open_data_is_counted_on_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What two minutes of a day brought is one row."""
    for minutes in (2, 4):
        api_use.note(token_id=api_use.ANYBODY, endpoint="api:areas", status=200)
        api_use.note(token_id=api_use.ANYBODY, endpoint="api:areas", status=429)
        later = timezone.now() + dt.timedelta(minutes=minutes)
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda later=later: later)
            api_use.write_down()
    assert ApiUse.objects.count() == 2
    day = ApiUse.objects.latest("day").day
    monkeypatch.setattr(clock, "today", lambda: day)
    assert queries.of_open_data() == queries.OpenUse(calls=4, refused=2)
    monkeypatch.setattr(clock, "today", lambda: day + dt.timedelta(days=queries.DAYS))
    assert queries.of_open_data() == queries.OpenUse(calls=0, refused=0)


def test_calls_of_a_minute_are_counted_for_each_caller() -> None:
    assert [api_use.counts_call("token:1") for __ in range(3)] == [1, 2, 3]
    assert api_use.counts_call("token:2") == 1
