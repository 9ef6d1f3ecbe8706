"""What is sent again under its key gets its first answer; what failed may be sent again."""

import datetime as dt
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock, patch

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client

from households.choices.api import ApiScope
from households.errors import Conflict, Refused
from households.models import (
    AnsweredOnce,
    ApiClient,
    AuditEvent,
    Household,
    Survey,
    SurveyMember,
)
from households.services import answered_once, audit, review_entry
from households.services.answered_once import Answer
from tests.factories import api, areas, entry
from tests.households.api.conftest import here, sender

__all__ = ["here", "sender"]
pytestmark = [pytest.mark.usefixtures("store")]
SENT = {"a": 1, "b": [True, None]}


@pytest.fixture
def client(db: None) -> ApiClient:
    return api.client_of(areas.province(), ApiScope.AGGREGATES)


def test_it_is_made_once(client: ApiClient) -> None:
    make = Mock(return_value=Answer(201, "application/json", '{"việc": "xong"}'))
    first = answered_once.once(client=client, key="k", sent=SENT, make=make)
    again = answered_once.once(client=client, key="k", sent={"b": [True, None], "a": 1}, make=make)
    assert (first, make.call_count) == (again, 1)
    with pytest.raises(Conflict) as other:
        answered_once.once(client=client, key="k", sent=SENT | {"a": 2}, make=make)
    assert (other.value.code, make.call_count) == ("key_used", 1)


def test_keys_are_each_clients_own(client: ApiClient) -> None:
    other = api.client_of(client.area, ApiScope.AGGREGATES, name="Khác")
    make = Mock(return_value=Answer(200, "application/json", "{}"))
    for one in (client, other):
        answered_once.once(client=one, key="k", sent=SENT, make=make)
    assert make.call_count == AnsweredOnce.objects.count() == 2


def test_what_failed_is_not_kept(client: ApiClient) -> None:
    with pytest.raises(Refused):
        answered_once.once(client=client, key="k", sent=SENT, make=Mock(side_effect=Refused("no")))
    assert not AnsweredOnce.objects.exists()
    made = Answer(200, "application/json", "{}")
    assert answered_once.once(client=client, key="k", sent=SENT, make=lambda: made) == made


def test_the_same_key_and_content_get_the_same_answer(sender: Client) -> None:
    first = entry.send(sender, entry.household())
    # In another order, in another language, later.
    turned = dict(reversed(entry.household().items()))
    with patch.object(review_entry, "enter", side_effect=AssertionError("it runs again")):
        again = entry.send(sender, turned, **{"accept-language": "en"})
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert Survey.objects.get().revision == 1


def test_the_same_key_with_other_content_is_a_conflict(sender: Client) -> None:
    entry.send(sender, entry.household())
    other = entry.send(sender, entry.household(phone="0912"))
    assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
    assert other.json()["code"] == "key_used"
    assert set(other.json()["translations"]) == {"vi", "en"}
    assert Survey.objects.get().phone == ""


def test_another_key_updates_the_same_review(sender: Client) -> None:
    entry.send(sender, entry.household())
    told = entry.send(sender, entry.household(phone="0912"), "k-2")
    assert (told.status_code, told.json()["outcome"]) == (200, "updated")
    assert told.json()["survey"]["revision"] == 2
    assert "ETag" not in told
    assert entry.send(sender, entry.household(phone="0912"), "k-3").json()["outcome"] == "unchanged"
    assert Household.objects.count() == Survey.objects.count() == 1


@pytest.mark.parametrize("key", [None, "", "a b", "a/b", "x" * 101, "ключ"])
def test_a_key_is_needed(sender: Client, key: str | None) -> None:
    refused = entry.send(sender, entry.household(), key)
    assert refused.status_code == 400
    assert list(refused.json()["fields"]) == ["Idempotency-Key"]
    assert not Survey.objects.exists()


def test_nothing_is_half_written(sender: Client) -> None:
    """The line to the database breaks while the answer is kept: no review either."""
    with (
        patch.object(AnsweredOnce.objects, "create", side_effect=RuntimeError("power cut")),
        pytest.raises(RuntimeError),
    ):
        entry.send(sender, entry.household())
    with patch.object(audit, "_begin", side_effect=RuntimeError), pytest.raises(RuntimeError):
        entry.send(sender, entry.household())
    counts = [m.objects.count() for m in (Household, Survey, SurveyMember, AnsweredOnce)]
    assert counts == [0, 0, 0, 0]
    assert entry.send(sender, entry.household()).status_code == 201


def test_what_was_answered_can_be_looked_up_by_its_sender(
    sender: Client, here: SimpleNamespace
) -> None:
    answer = entry.send(sender, entry.household())
    kept = sender.get(f"{entry.REVIEWS}k-1/").json()
    assert (kept["key"], kept["status"]) == ("k-1", 201)
    assert kept["answer"] == answer.json()
    at, until = (dt.datetime.fromisoformat(kept[name]) for name in ("at", "kept_until"))
    assert until - at == answered_once.KEPT_FOR
    assert sender.get(f"{entry.REVIEWS}k-2/").status_code == 404
    stranger = api.client_of(here.commune, ApiScope.REVIEWS, acts_as=here.officer, name="Khác")
    other = api.with_token(api.secret_of(stranger))
    assert other.get(f"{entry.REVIEWS}k-1/").status_code == 404
    # Keys are each system's own.
    assert entry.send(other, entry.household()).json()["outcome"] == "unchanged"


def test_old_answers_go_and_their_keys_with_them(sender: Client) -> None:
    entry.send(sender, entry.household())
    assert answered_once.forget_old() == 0
    aged = answered_once.KEPT_FOR + dt.timedelta(hours=1)
    AnsweredOnce.objects.update(at=F("at") - aged)
    assert entry.send(sender, entry.household(phone="1")).json()["outcome"] == "updated"
    AnsweredOnce.objects.update(at=F("at") - aged)
    assert answered_once.forget_old() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_under_one_key_make_one() -> None:
    here = entry.land()
    found = _at_once(here.secret, [("k-1", entry.household()), ("k-1", entry.household())])
    assert {status for status, _body in found} == {201}
    assert len({body for _status, body in found}) == 1
    assert Survey.objects.get().revision == 1
    assert AuditEvent.objects.filter(verb="review.import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_other_content_or_keys() -> None:
    here = entry.land()
    changed = entry.household(phone="0912")
    found = _at_once(here.secret, [("k-1", entry.household()), ("k-1", changed)])
    assert sorted(status for status, _body in found) == [201, 409]
    Survey.objects.get()
    found = _at_once(here.secret, [("k-2", changed), ("k-3", changed)])
    assert {status for status, _body in found} == {200}
    assert Household.objects.count() == Survey.objects.count() == 1


def _at_once(secret: str, sent: list[tuple[str, Any]]) -> list[tuple[int, bytes]]:
    """Each in a thread with a session of its own."""
    begin, answers = Barrier(len(sent)), []

    def go(key: str, told: Any) -> None:
        try:
            begin.wait()
            answer = entry.send(api.with_token(secret), told, key)
            answers.append((answer.status_code, answer.content))
        finally:
            connection.close()

    threads = [Thread(target=go, args=one) for one in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(sent)
    return answers
