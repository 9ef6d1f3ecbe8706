"""Reviews come in by the API once, whole, and only where the pages would take them."""

import datetime as dt
import json
import shlex
from pathlib import Path
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test import Client
from django.urls import reverse

from households.api.review_schema import EXAMPLE, EXAMPLE_PATH
from households.choices import Role
from households.choices.api import ApiScope
from households.models import (
    AnsweredOnce,
    ApiClient,
    AuditEvent,
    EthnicGroup,
    Household,
    Survey,
    SurveyMember,
)
from households.services import answered_once, api_clients, audit, review_entry
from tests.factories import api, areas, entry, reviews, users

pytestmark = [pytest.mark.usefixtures("store")]
REVIEWS = f"{api.API}reviews/"
Sender = Any


def land() -> SimpleNamespace:
    """A commune in an open round, its officer and his system."""
    province = areas.province()
    district = areas.district(province)
    EthnicGroup.objects.get_or_create(code="01", defaults={"name": "Kinh", "is_minority": False})
    standard = reviews.standard()
    commune = areas.commune(district)
    reviews.periodic(province, 2024, standard)
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    client = api.client_of(commune, ApiScope.REVIEWS, acts_as=officer, name="Phần mềm xã")
    return SimpleNamespace(
        province=province,
        commune=commune,
        other_commune=areas.commune(district, "02005", "Xã Khác"),
        officer=officer,
        client=client,
        secret=api.secret_of(client),
    )


@pytest.fixture
def here(db: None) -> SimpleNamespace:
    return land()


@pytest.fixture
def sender(here: SimpleNamespace) -> Client:
    return api.with_token(here.secret)


def send(
    sender: Client, told: Any, key: str | None = "k-1", *, query: str = "", **headers: str
) -> Any:
    given = headers | ({"idempotency-key": key} if key is not None else {})
    return sender.post(
        f"{REVIEWS}{query}", json.dumps(told), content_type="application/json", headers=given
    )


def test_a_review_is_entered_and_told(sender: Client, here: SimpleNamespace) -> None:
    poor = {"toilet_hygienic": False, "water_clean": False, "floor_area_m2": 7}
    answer = send(sender, entry.household(income_per_capita_month_vnd=900000, **poor))
    assert (answer.status_code, answer["Content-Type"]) == (201, "application/json")
    told, survey = answer.json(), Survey.objects.get()
    assert (told["outcome"], told["is_written"], told["round"]) == ("created", True, "2024")
    assert told["household"] == {
        "id": survey.household_id, "code": survey.household.code, "household_id": "A1",
    }  # fmt: skip
    assert told["survey"]["uuid"] == str(survey.uuid)
    assert told["survey"]["revision"] == 1
    assert told["survey"]["url"].endswith(reverse("households:survey", args=[survey.uuid]))
    (result,) = told["results"]
    assert (result["standard"], result["status"]) == ("std_2022", "preliminary")
    assert result["poverty_class"] == "poor"
    assert [one["code"] for one in result["deprivations"]] == ["house_area", "water", "toilet"]
    assert (result["unknown"], told["warnings"]) == ([], [])
    page = Client()
    page.force_login(here.officer)
    assert "Nông Văn Thử" in page.get(told["survey"]["url"]).content.decode()


def test_the_act_is_the_officers_by_way_of_the_system(
    sender: Client, here: SimpleNamespace
) -> None:
    send(sender, entry.household())
    act = AuditEvent.objects.get(verb="review.import")
    assert act.by == here.officer
    assert act.details["system"] == "Phần mềm xã"
    assert act.details["api_token"] == here.client.tokens.get().prefix
    page = Client()
    page.force_login(here.officer)
    history = page.get(reverse("households:household", args=[Household.objects.get().pk]))
    assert "Phần mềm xã" in history.content.decode()


def test_the_same_key_and_content_get_the_same_answer(sender: Client) -> None:
    first = send(sender, entry.household())
    # In another order, in another language, later.
    turned = dict(reversed(entry.household().items()))
    with patch.object(review_entry, "enter", side_effect=AssertionError("it runs again")):
        again = send(sender, turned, **{"accept-language": "en"})
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert Survey.objects.get().revision == 1


def test_the_same_key_with_other_content_is_a_conflict(sender: Client) -> None:
    send(sender, entry.household())
    other = send(sender, entry.household(phone="0912"))
    assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
    assert other.json()["code"] == "key_used"
    assert set(other.json()["translations"]) == {"vi", "en"}
    assert Survey.objects.get().phone == ""


def test_another_key_updates_the_same_review(sender: Client) -> None:
    send(sender, entry.household())
    told = send(sender, entry.household(phone="0912"), "k-2")
    assert (told.status_code, told.json()["outcome"]) == (200, "updated")
    assert told.json()["survey"]["revision"] == 2
    assert "ETag" not in told
    assert send(sender, entry.household(phone="0912"), "k-3").json()["outcome"] == "unchanged"
    assert Household.objects.count() == Survey.objects.count() == 1


@pytest.mark.parametrize("key", [None, "", "a b", "a/b", "x" * 101, "ключ"])
def test_a_key_is_needed(sender: Client, key: str | None) -> None:
    refused = send(sender, entry.household(), key)
    assert refused.status_code == 400
    assert list(refused.json()["fields"]) == ["Idempotency-Key"]
    assert not Survey.objects.exists()


def test_errors_are_told_at_their_place_and_kept(sender: Client) -> None:
    wrong = entry.household(entry.head(), entry.spouse(sex="X"), area="sea")
    answer = send(sender, wrong)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    told = answer.json()
    assert set(told["fields"]) == set(told["codes"]) == {"households.area", "members[1].sex"}
    assert told["codes"]["members[1].sex"] == ["unknown_code"]
    english = told["translations"]["en"]["fields"]["members[1].sex"]
    assert english[0].startswith("Unknown code.")
    assert told["fields"] == told["translations"]["vi"]["fields"]
    assert told["translations"]["vi"]["fields"]["members[1].sex"] != english
    assert not Survey.objects.exists()
    assert send(sender, wrong).content == answer.content
    assert send(sender, entry.household(), "k-1").status_code == 409
    assert send(sender, entry.household(), "k-2").status_code == 201


def test_a_trial_writes_and_keeps_nothing(sender: Client) -> None:
    before = AuditEvent.objects.count()
    told = send(sender, entry.household(), query="?dry_run=1")
    assert told.status_code == 200
    assert (told.json()["outcome"], told.json()["is_written"]) == ("created", False)
    assert (told.json()["household"], told.json()["survey"]) == (None, None)
    assert told.json()["results"][0]["poverty_class"] == "not_poor"
    assert (Survey.objects.count(), AnsweredOnce.objects.count()) == (0, 0)
    assert AuditEvent.objects.count() == before
    assert send(sender, entry.household()).status_code == 201


def test_nothing_is_half_written(sender: Client) -> None:
    """The line to the database breaks while the answer is kept: no review either."""
    with (
        patch.object(AnsweredOnce.objects, "create", side_effect=RuntimeError("power cut")),
        pytest.raises(RuntimeError),
    ):
        send(sender, entry.household())
    with patch.object(audit, "_begin", side_effect=RuntimeError), pytest.raises(RuntimeError):
        send(sender, entry.household())
    counts = [m.objects.count() for m in (Household, Survey, SurveyMember, AnsweredOnce)]
    assert counts == [0, 0, 0, 0]
    assert send(sender, entry.household()).status_code == 201


def test_what_was_answered_can_be_looked_up_by_its_sender(
    sender: Client, here: SimpleNamespace
) -> None:
    answer = send(sender, entry.household())
    kept = sender.get(f"{REVIEWS}k-1/").json()
    assert (kept["key"], kept["status"]) == ("k-1", 201)
    assert kept["answer"] == answer.json()
    at, until = (dt.datetime.fromisoformat(kept[name]) for name in ("at", "kept_until"))
    assert until - at == answered_once.KEPT_FOR
    assert sender.get(f"{REVIEWS}k-2/").status_code == 404
    stranger = api.client_of(here.commune, ApiScope.REVIEWS, acts_as=here.officer, name="Khác")
    other = api.with_token(api.secret_of(stranger))
    assert other.get(f"{REVIEWS}k-1/").status_code == 404
    # Keys are each system's own.
    assert send(other, entry.household()).json()["outcome"] == "unchanged"


def test_old_answers_go_and_their_keys_with_them(sender: Client) -> None:
    send(sender, entry.household())
    assert answered_once.forget_old() == 0
    aged = answered_once.KEPT_FOR + dt.timedelta(hours=1)
    AnsweredOnce.objects.update(at=F("at") - aged)
    assert send(sender, entry.household(phone="1")).json()["outcome"] == "updated"
    AnsweredOnce.objects.update(at=F("at") - aged)
    assert answered_once.forget_old() == 1


def test_other_areas_are_not_entered(sender: Client) -> None:
    told = send(sender, entry.household(commune_code="02005", commune="Xã Khác"))
    assert told.status_code == 422
    assert told.json()["codes"] == {"households.commune_code": ["not_your_area"]}


def test_only_a_token_with_the_scope_enters(here: SimpleNamespace) -> None:
    other = api.asker(here.commune, ApiScope.EXACT)
    for anybody, status in ((Client(), 401), (other, 403)):
        assert send(anybody, entry.household()).status_code == status
        assert anybody.get(f"{REVIEWS}k-1/").status_code == status
    logged_in = Client()
    logged_in.force_login(here.officer)
    assert send(logged_in, entry.household()).status_code == 403
    assert not Survey.objects.exists()


def test_a_token_that_was_taken_enters_nothing_more(sender: Client, here: SimpleNamespace) -> None:
    """Another process remembers it for some seconds; what is written asks the register."""
    assert sender.get(f"{REVIEWS}k-1/").status_code == 404
    with patch.object(api_clients, "_forget"):
        api_clients.close(client=here.client, by=api.keeper(here.commune))
    assert send(sender, entry.household()).status_code == 401


def test_an_account_without_its_right_enters_nothing(sender: Client, here: SimpleNamespace) -> None:
    here.officer.is_active = False
    here.officer.save()
    told = send(sender, entry.household())
    assert told.json()["codes"] == {"households.commune_code": ["not_your_area"]}


def test_calls_are_counted(sender: Client) -> None:
    ApiClient.objects.update(calls_per_minute=2)
    answers = [send(sender, entry.household(), f"k-{n}").status_code for n in range(3)]
    assert answers == [201, 200, 429]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("NaN", "application/json", 400),
        ('"x"', "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"members": [{"a": [[[1]]]}]}', "application/json", 400),
        ('{"a": "' + "x" * 1_000_001 + '"}', "application/json", 413),
        (b"\xff\xfe{", "application/json", 400),
        ("{}", "application/json", 422),
        ("", "application/json", 422),
        ("<a/>", "text/xml", 415),
    ],
)
def test_what_is_no_household(sender: Client, body: str | bytes, kind: str, status: int) -> None:
    answer = sender.post(REVIEWS, body, content_type=kind, headers={"idempotency-key": "k-1"})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_a_parameter_that_nobody_reads_is_an_error(sender: Client) -> None:
    assert send(sender, entry.household(), query="?dryrun=1").status_code == 400
    assert send(sender, entry.household(), query="?dry_run=yes").status_code == 400
    assert not Survey.objects.exists()


def test_the_line_of_curl_and_the_schemas_example_work(
    sender: Client, here: SimpleNamespace
) -> None:
    told = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in told.splitlines() if "--data" in line]
    assert lines
    for line in lines:
        words = shlex.split(line)
        assert words[0] == "curl"
        headers = dict(
            words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H"
        )
        path = words[words.index("--data") + 1].removeprefix("@")
        assert Path(settings.BASE_DIR) / path == EXAMPLE_PATH
        url = words[-1].removeprefix("$POVREG")
        assert headers.pop("Authorization") == "Bearer $TOKEN"
        kind = headers.pop("Content-Type")
        answer = sender.post(url, json.dumps(EXAMPLE), content_type=kind, headers=headers)
        assert answer.status_code in (200, 201), answer.content
    schema = sender.get(f"{api.API}schema/?format=json")
    assert schema.status_code == 403  # of the scope aggregates


@pytest.mark.django_db(transaction=True)
def test_two_at_once_under_one_key_make_one() -> None:
    here = land()
    found = _at_once(here.secret, [("k-1", entry.household()), ("k-1", entry.household())])
    assert {status for status, _body in found} == {201}
    assert len({body for _status, body in found}) == 1
    assert Survey.objects.get().revision == 1
    assert AuditEvent.objects.filter(verb="review.import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_other_content_or_keys() -> None:
    here = land()
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
            answer = send(api.with_token(secret), told, key)
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
