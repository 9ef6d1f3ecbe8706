"""Answers that are kept: the same bytes while nothing changes, another once something does."""

import datetime as dt
import time
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from households.choices.api import ApiScope
from households.models import ApiClient, ApiUse, Area
from households.services import api_answers, api_clients, api_use
from tests.factories import api, areas

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]
AREAS = f"{api.API}areas/"
_TIMES = 20


@pytest.fixture
def province() -> Area:
    return areas.province()


@pytest.fixture
def asker(province: Area) -> Client:
    return api.asker(province, ApiScope.AGGREGATES)


def statements(asker: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert asker.get(AREAS).status_code == 200
    return len(asked)


def kept(asker: Client, **headers: str) -> Any:
    """The answer, without a statement but that of the state, which is not Django's. A commit of a
    test beside this one on the same server is a change too, so it is asked a few times."""
    for __ in range(_TIMES):
        with CaptureQueriesContext(connection) as asked:
            found = asker.get(AREAS, headers=headers)
        if not asked:
            return found
    raise AssertionError(f"worked out {_TIMES} times in a row")


def test_the_second_who_asks_gets_the_same_at_once(asker: Client) -> None:
    first = asker.get(AREAS)
    second = kept(asker)
    assert second.content == first.content
    stays = ("Content-Type", "ETag", "Last-Modified", "Cache-Control", "Vary")
    assert {one: second[one] for one in stays} == {one: first[one] for one in stays}


def test_another_question_format_or_language_is_another_answer(asker: Client) -> None:
    assert statements(asker) > 0
    assert kept(asker).status_code == 200
    for more in ({"accept": "application/json"}, {"accept-language": "en"}):
        with CaptureQueriesContext(connection) as asked:
            asker.get(AREAS, headers=more)
        assert len(asked) > 0, more
    with CaptureQueriesContext(connection) as asked:
        asker.get(f"{AREAS}?limit=5")
    assert len(asked) > 0


def test_what_is_committed_is_in_the_next_answer(asker: Client, province: Area) -> None:
    before = asker.get(AREAS)
    with transaction.atomic():
        areas.district(province, code="077", name="Huyện Mới")
    after = asker.get(AREAS)
    assert "Huyện Mới" in after.content.decode()
    assert after["ETag"] != before["ETag"]
    time.sleep(1)  # two answers of one second are told apart by their time from the next on
    assert asker.get(AREAS)["Last-Modified"] != before["Last-Modified"]
    assert "Huyện Mới" in kept(asker).content.decode()


def test_where_only_others_changed_the_answer_is_the_same_for_all(asker: Client) -> None:
    before = asker.get(AREAS)
    ApiClient.objects.update(contact="khac@example.vn")
    assert statements(asker) > 0
    after = asker.get(AREAS)
    told = ("ETag", "Last-Modified")
    assert [after[one] for one in told] == [before[one] for one in told]


def test_who_has_it_is_told_so(asker: Client) -> None:
    first = asker.get(AREAS)
    for has in ({"if-none-match": f"W/{first['ETag']}"}, since(first["Last-Modified"])):
        unchanged = kept(asker, **has)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged["ETag"] == first["ETag"]
    earlier = parsedate_to_datetime(first["Last-Modified"]) - dt.timedelta(seconds=1)
    has = since(earlier.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    assert asker.get(AREAS, headers=has).status_code == 200
    # The tag says more than the time.
    has |= {"if-none-match": '"another"', "if-modified-since": first["Last-Modified"]}
    assert asker.get(AREAS, headers=has).status_code == 200


def since(told: str) -> dict[str, str]:
    return {"if-modified-since": told}


def test_no_two_answers_of_a_question_have_the_same_second() -> None:
    question = api_answers.asked("secret", ["/areas/"])
    assert question
    first = api_answers.since(question, '"a"')
    assert api_answers.since(question, '"b"') == first + 1
    assert api_answers.since(question, '"b"') == first + 1
    assert api_answers.since(question, '"a"') == first + 2


def test_calls_and_use_are_counted_as_of_any_answer(
    asker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    etag = asker.get(AREAS)["ETag"]
    asker.get(AREAS)
    asker.get(AREAS, headers={"if-none-match": etag})
    now = api_use.minute()
    monkeypatch.setattr(api_use, "minute", lambda: now + 1)
    api_use.write_down()
    used = ApiUse.objects.values_list("status", "calls").order_by("status")
    assert list(used) == [(200, 2), (304, 1)]


def test_who_has_no_call_left_waits(asker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_use, "minute", lambda: 7)
    ApiClient.objects.update(calls_per_minute=3)
    assert [asker.get(AREAS).status_code for __ in range(5)] == [200, 200, 200, 429, 429]


def test_a_token_that_is_taken_opens_nothing_that_is_kept(province: Area) -> None:
    client = api.client_of(province, ApiScope.AGGREGATES)
    asker = api.with_token(api.secret_of(client))
    assert [asker.get(AREAS).status_code for __ in range(2)] == [200, 200]
    api_clients.revoke(token=client.tokens.get(), by=api.keeper(province))
    assert asker.get(AREAS).status_code == 401


def test_a_token_that_ran_out_opens_nothing_that_is_kept(
    province: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = api.asker(province, ApiScope.AGGREGATES)
    asker.get(AREAS)
    soon = api_answers.time.time() + 31 * 24 * 3600
    monkeypatch.setattr(api_answers.time, "time", lambda: soon)
    question = api_answers.asked("", [])
    assert question
    assert statements(asker) > 0  # what was kept is of no use; the token itself is asked


def test_inside_of_a_transaction_nothing_is_kept(asker: Client, province: Area) -> None:
    with transaction.atomic():
        first = asker.get(AREAS).content
        areas.district(province, code="077", name="Huyện Mới")
        assert asker.get(AREAS).content != first


def test_a_lost_session_is_replaced(asker: Client) -> None:
    first = asker.get(AREAS).content
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert asker.get(AREAS).content == first
    assert kept(asker).content == first


def test_what_is_too_big_is_worked_out_each_time(
    asker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_answers, "MOST_BYTES", 10)
    assert statements(asker) > 0
    assert statements(asker) > 0
