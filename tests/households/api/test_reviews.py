"""Reviews come in by the API once, whole, and only where the pages would take them."""

from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from households.choices.api import ApiScope
from households.models import (
    AnsweredOnce,
    ApiClient,
    AuditEvent,
    Household,
    Survey,
)
from households.services import api_clients
from tests.factories import api, entry

pytestmark = [pytest.mark.usefixtures("store")]


def test_a_review_is_entered_and_told(sender: Client, here: SimpleNamespace) -> None:
    poor = {"toilet_hygienic": False, "water_clean": False, "floor_area_m2": 7}
    answer = entry.send(sender, entry.household(income_per_capita_month_vnd=900000, **poor))
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
    entry.send(sender, entry.household())
    act = AuditEvent.objects.get(verb="review.import")
    assert act.by == here.officer
    assert act.details["system"] == "Phần mềm xã"
    assert act.details["api_token"] == here.client.tokens.get().prefix
    page = Client()
    page.force_login(here.officer)
    history = page.get(reverse("households:household", args=[Household.objects.get().pk]))
    assert "Phần mềm xã" in history.content.decode()


def test_errors_are_told_at_their_place_and_kept(sender: Client) -> None:
    wrong = entry.household(entry.head(), entry.spouse(sex="X"), area="sea")
    answer = entry.send(sender, wrong)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    told = answer.json()
    assert set(told["fields"]) == set(told["codes"]) == {"households.area", "members[1].sex"}
    assert told["codes"]["members[1].sex"] == ["unknown_code"]
    english = told["translations"]["en"]["fields"]["members[1].sex"]
    assert english[0].startswith("Unknown code.")
    assert told["fields"] == told["translations"]["vi"]["fields"]
    assert told["translations"]["vi"]["fields"]["members[1].sex"] != english
    assert not Survey.objects.exists()
    assert entry.send(sender, wrong).content == answer.content
    assert entry.send(sender, entry.household(), "k-1").status_code == 409
    assert entry.send(sender, entry.household(), "k-2").status_code == 201


def test_a_trial_writes_and_keeps_nothing(sender: Client) -> None:
    before = AuditEvent.objects.count()
    told = entry.send(sender, entry.household(), query="?dry_run=1")
    assert told.status_code == 200
    assert (told.json()["outcome"], told.json()["is_written"]) == ("created", False)
    assert (told.json()["household"], told.json()["survey"]) == (None, None)
    assert told.json()["results"][0]["poverty_class"] == "not_poor"
    assert (Survey.objects.count(), AnsweredOnce.objects.count()) == (0, 0)
    assert AuditEvent.objects.count() == before
    assert entry.send(sender, entry.household()).status_code == 201


def test_other_areas_are_not_entered(sender: Client) -> None:
    told = entry.send(sender, entry.household(commune_code="02005", commune="Xã Khác"))
    assert told.status_code == 422
    assert told.json()["codes"] == {"households.commune_code": ["not_your_area"]}


def test_only_a_token_with_the_scope_enters(here: SimpleNamespace) -> None:
    other = api.asker(here.commune, ApiScope.EXACT)
    for anybody, status in ((Client(), 401), (other, 403)):
        assert entry.send(anybody, entry.household()).status_code == status
        assert anybody.get(f"{entry.REVIEWS}k-1/").status_code == status
    logged_in = Client()
    logged_in.force_login(here.officer)
    assert entry.send(logged_in, entry.household()).status_code == 403
    assert not Survey.objects.exists()


def test_a_token_that_was_taken_enters_nothing_more(sender: Client, here: SimpleNamespace) -> None:
    """Another process remembers it for some seconds; what is written asks the register."""
    assert sender.get(f"{entry.REVIEWS}k-1/").status_code == 404
    with patch.object(api_clients, "_forget"):
        api_clients.close(client=here.client, by=api.keeper(here.commune))
    assert entry.send(sender, entry.household()).status_code == 401


def test_an_account_without_its_right_enters_nothing(sender: Client, here: SimpleNamespace) -> None:
    here.officer.is_active = False
    here.officer.save()
    told = entry.send(sender, entry.household())
    assert told.json()["codes"] == {"households.commune_code": ["not_your_area"]}


def test_calls_are_counted(sender: Client) -> None:
    ApiClient.objects.update(calls_per_minute=2)
    answers = [entry.send(sender, entry.household(), f"k-{n}").status_code for n in range(3)]
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
    answer = sender.post(entry.REVIEWS, body, content_type=kind, headers={"idempotency-key": "k-1"})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_a_parameter_that_nobody_reads_is_an_error(sender: Client) -> None:
    assert entry.send(sender, entry.household(), query="?dryrun=1").status_code == 400
    assert entry.send(sender, entry.household(), query="?dry_run=yes").status_code == 400
    assert not Survey.objects.exists()
