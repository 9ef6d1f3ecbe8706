"""Use is counted in the cache, and written once by the job."""

import datetime as dt

import pytest
from django.utils import timezone

from households.choices.api import ApiScope
from households.models import ApiToken, ApiUse
from households.services import api_use
from tests.factories import api, areas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def test_minutes_that_are_over_are_written_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    api.secret_of(api.client_of(areas.province(), ApiScope.AGGREGATES))
    token = ApiToken.objects.get()
    for status in (200, 200, 304):
        api_use.note(token_id=token.pk, endpoint="api:areas", status=status)
    api_use.note(token_id=token.pk + 1, endpoint="api:areas", status=200)  # nobody's
    assert api_use.write_down() == 0, "this minute goes on"
    later = timezone.now() + dt.timedelta(minutes=2)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        assert api_use.write_down() == 1
        assert api_use.write_down() == 0
    told = ApiUse.objects.order_by("status").values_list("token", "endpoint", "status", "calls")
    assert list(told) == [(token.pk, "api:areas", 200, 2), (token.pk, "api:areas", 304, 1)]


def test_calls_of_a_minute_are_counted_for_each_caller() -> None:
    assert [api_use.counts_call("token:1") for __ in range(3)] == [1, 2, 3]
    assert api_use.counts_call("token:2") == 1
