"""Who is let in, who is told to wait, and how refusals are told."""

import pytest
from django.test import Client

from households.choices import Role
from households.choices.api import ApiScope
from households.models import ApiClient
from households.services import api_use
from tests.factories import api, areas, figures, users

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
ROUNDS = f"{api.API}rounds/"


def test_nobody_is_let_in_without_a_token() -> None:
    refused = Client().get(ROUNDS)
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"] == 'Bearer realm="povreg"'
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["status"] == 401
    wrong = api.with_token("povreg_aaaaaaaa_nothing").get(ROUNDS)
    assert wrong.status_code == 401
    told = wrong.json()
    assert told["detail"] == told["translations"]["vi"]["detail"]
    assert told["translations"]["en"]["detail"].startswith("This token is not valid")


def test_a_token_opens_what_its_scopes_name() -> None:
    province = areas.province()
    assert api.asker(province, ApiScope.AGGREGATES).get(ROUNDS).status_code == 200
    lists = api.asker(province, ApiScope.LISTS, name="Danh sách").get(ROUNDS)
    assert lists.status_code == 403
    assert lists.json()["code"] == "permission_denied"


def test_who_is_logged_in_asks_as_on_the_pages() -> None:
    province = areas.province()
    commune = areas.commune(areas.district(province))
    for role, answer in ((Role.DEPARTMENT, 200), (Role.REVIEWER, 403), (Role.ADMINISTRATOR, 403)):
        client = Client()
        area = province if role == Role.DEPARTMENT else commune
        client.force_login(users.user(f"asks {role}", role, area))
        assert client.get(ROUNDS).status_code == answer, role


def test_too_many_calls_a_minute_are_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_use, "minute", lambda: 7)
    asker = api.asker(areas.province(), ApiScope.AGGREGATES)
    ApiClient.objects.update(calls_per_minute=2)
    answers = [asker.get(ROUNDS) for __ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) <= 60


def test_what_the_asker_has_already_is_not_sent_again() -> None:
    asker = api.asker(areas.province(), ApiScope.AGGREGATES)
    first = asker.get(ROUNDS)
    assert first["Cache-Control"] == "private, no-cache"
    again = asker.get(ROUNDS, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    other = asker.get(ROUNDS, headers={"if-none-match": '"another"'})
    assert other.status_code == 200


def test_nothing_is_taken() -> None:
    asker = api.asker(areas.province(), ApiScope.EXACT)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(asker, method)(ROUNDS).status_code == 405, method


def test_a_refusal_is_json_whatever_was_asked_for() -> None:
    province = areas.province()
    asker = api.asker(province, ApiScope.AGGREGATES)
    refused = asker.get(f"{api.API}aggregates/poverty/?area_id=0&format=csv")
    assert refused.status_code == 404
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "not_found"


def test_what_is_at_no_address_is_told_to_who_is_known() -> None:
    nowhere = f"{api.API}areas/null/"
    assert Client().get(nowhere).status_code == 401
    told = api.asker(areas.province(), ApiScope.AGGREGATES).get(nowhere)
    assert (told.status_code, told["Content-Type"]) == (404, "application/problem+json")


def test_what_is_said_while_answering_is_said_in_both_languages() -> None:
    world = figures.world()
    asker = api.asker(world.province, ApiScope.EXACT)
    areas.merged(world.a, world.c, parent=world.province, name="Xã Gộp")
    question = f"area_id={world.near.pk}&level=commune&round=2023&areas_on=2026-01-01"
    told = asker.get(f"{api.API}aggregates/poverty/?{question}").json()
    assert (told["status"], told["code"]) == (422, "unanswerable")
    assert told["detail"] == told["translations"]["vi"]["detail"]
    assert "Xã Gộp" in told["translations"]["en"]["detail"]
    assert told["translations"]["en"]["detail"] != told["detail"]
