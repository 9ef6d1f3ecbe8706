"""The twelve digits of a person: masked wherever they are read, recorded when they are not."""

import json
import logging
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import AuditEvent, Membership, RowHistory, Survey, User
from households.services import people as register_of_persons
from tests.factories import people, typed
from tests.security.addresses import ADDRESSES, GET, SERVED, url_of
from tests.security.answers import text_of
from tests.security.conftest import DRAFT_NUMBER, NUMBER, Register

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
LIST = reverse("households:household_list")
SEARCH = reverse("households:search")
#: The middle of each number: whole or in part, none of it is shown.
SHOWN_OF_NONE = (NUMBER[:9], DRAFT_NUMBER[:9])


def tells(words: str) -> list[str]:
    return [digits for digits in SHOWN_OF_NONE if digits in words]


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.REVIEWER, Role.COMMUNE_CHAIR])
def test_no_page_that_is_read_shows_a_number(
    register: Register, logged_in: LogIn, role: Role
) -> None:
    client = logged_in(register.people[role])
    masked = 0
    for name, address in ADDRESSES.items():
        if name != "health" and role in SERVED[address.whom] and address.takes >= GET:
            page = text_of(client.get(url_of(name, register)))
            assert tells(page) == [], name
            masked += NUMBER[-3:] in page and "•" in page
    assert masked  # the number does stand there, masked


def test_a_number_is_shown_to_who_enters_reviews_there_and_that_is_recorded(
    register: Register, logged_in: LogIn
) -> None:
    url = reverse("households:show_number", args=[register.household.pk, register.person.pk])
    page = logged_in(register.officer).post(url)
    assert NUMBER in page.content.decode()
    assert DRAFT_NUMBER not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    act = AuditEvent.objects.get(verb="person.unmask")
    assert (act.by, act.household, act.object_id) == (
        register.officer,
        register.household,
        register.person.pk,
    )
    again = logged_in(register.officer).get(
        reverse("households:household", args=[register.household.pk])
    )
    assert tells(again.content.decode()) == []


def test_a_reader_is_refused_and_nothing_is_recorded(register: Register, logged_in: LogIn) -> None:
    url = reverse("households:show_number", args=[register.household.pk, register.person.pk])
    for role in (Role.COMMUNE_CHAIR, Role.VILLAGE_HEAD, Role.DISTRICT_READER, Role.DEPARTMENT):
        answer = logged_in(register.people[role]).post(url)
        assert (answer.status_code, tells(answer.content.decode())) == (403, [])
    assert not AuditEvent.objects.filter(verb="person.unmask").exists()


def test_the_number_of_another_households_member_is_not_shown_through_ones_own(
    register: Register, logged_in: LogIn
) -> None:
    stranger = people.person("Người Khác", personal_id="006091456789")
    people.household(register.stranger_village, stranger)
    url = reverse("households:show_number", args=[register.household.pk, stranger.pk])
    assert logged_in(register.officer).post(url).status_code == 404


def test_who_has_left_the_household_takes_his_number_along(
    register: Register, logged_in: LogIn
) -> None:
    Membership.objects.filter(person=register.person).update(valid_to="2024-10-10")
    url = reverse("households:show_number", args=[register.household.pk, register.person.pk])
    assert logged_in(register.officer).post(url).status_code == 404
    with pytest.raises(register_of_persons.Refused):
        register_of_persons.unmask(
            person=register.person, household=register.household, by=register.officer
        )


def test_neither_audit_nor_history_nor_log_hold_a_number_that_can_be_read(
    register: Register, logged_in: LogIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = logged_in(register.officer)
    form = reverse("households:survey_form", args=[register.survey.uuid])
    typed_in = {"members-0-personal_id": "006080999123"}
    changed = typed.whole(register.survey, **typed_in)
    assert client.post(form, changed | {"act": "complete"}).status_code == 302
    client.post(reverse("households:show_number", args=[register.household.pk, register.person.pk]))
    for place in (LIST, SEARCH):
        client.post(place, {"q": NUMBER}, follow=True)
    taken = typed.whole(Survey.objects.get(pk=register.survey.pk), **typed_in)
    taken |= {"members-0-personal_id": DRAFT_NUMBER, "act": "complete"}
    assert client.post(form, taken).status_code == 422
    acts = AuditEvent.objects.values_list("details", "reason", "verb", "object_type")
    rows = RowHistory.objects.values_list("row", flat=True)
    assert rows.exists()
    # Statements at DEBUG are not part of the shipped log level.
    lines = [one.getMessage() for one in caplog.records if one.levelno >= logging.INFO]
    for words in (json.dumps(list(acts)), json.dumps(list(rows)), "\n".join(lines)):
        assert tells(words) == []
        assert "006080999" not in words


def test_a_fault_of_ours_tells_no_number_neither_on_the_page_nor_in_the_log(
    register: Register,
    logged_in: LogIn,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*args: object, **facts: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("households.views.households._page", broken)
    client = logged_in(register.officer)
    client.raise_request_exception = False
    url = reverse("households:show_number", args=[register.household.pk, register.person.pk])
    answer = client.post(url)
    assert answer.status_code == 500
    assert tells(answer.content.decode()) == []
    assert tells(caplog.text) == []


def test_a_number_of_another_commune_is_refused_with_initials_and_commune_alone(
    register: Register, logged_in: LogIn
) -> None:
    stranger = people.person("Quàng Văn Xa", personal_id="006091456789")
    people.household(register.stranger_village, stranger)
    form = reverse("households:survey_form", args=[register.survey.uuid])
    taken = typed.whole(
        register.survey,
        **{"members-0-personal_id": "006091456789"},
    )
    answer = logged_in(register.officer).post(form, taken | {"act": "complete"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"belongs to Q. V. X., {register.stranger_commune.name}." in page
    assert "Quàng Văn Xa" not in page
    assert register.stranger_village.name not in page
    assert not Membership.objects.filter(person=stranger, household=register.household).exists()


def found_by(client: Client, words: str) -> int:
    page = client.post(LIST, {"q": words}, follow=True)
    assert page.status_code == 200
    return len(page.context["page"].rows)


def test_a_household_is_found_by_a_whole_number_in_ones_own_area_only(
    register: Register, logged_in: LogIn
) -> None:
    assert found_by(logged_in(register.officer), NUMBER) == 1
    assert found_by(logged_in(register.stranger), NUMBER) == 0


@pytest.mark.parametrize("part", [NUMBER[:11], NUMBER[1:], NUMBER[:6], NUMBER[-4:], f"{NUMBER}0"])
def test_part_of_a_number_finds_nobody(register: Register, logged_in: LogIn, part: str) -> None:
    assert found_by(logged_in(register.officer), part) == 0


def test_an_administrator_searches_no_one(register: Register, logged_in: LogIn) -> None:
    administrator = logged_in(register.people[Role.ADMINISTRATOR])
    for place in (LIST, SEARCH):
        assert administrator.post(place, {"q": NUMBER}).status_code == 403


@pytest.mark.parametrize("place", [LIST, SEARCH])
def test_no_address_holds_a_number_and_the_session_none_that_can_be_read(
    register: Register, logged_in: LogIn, place: str
) -> None:
    client = logged_in(register.officer)
    for words in (NUMBER, f" {NUMBER} ", f"{NUMBER[:3]} {NUMBER[3:6]} {NUMBER[6:]}", NUMBER[:8]):
        moved = client.post(place, {"q": words})
        assert moved.status_code == 302
        assert NUMBER[:7] not in moved.headers["Location"].replace("+", "")
        assert "kept=" in moved.headers["Location"]
        assert NUMBER[:7] not in json.dumps(dict(client.session.items()))
    assert "no-store" in client.get(moved.headers["Location"]).headers["Cache-Control"]


@pytest.mark.parametrize("place", [LIST, SEARCH])
def test_a_number_that_stands_in_an_address_is_not_looked_for(
    register: Register, logged_in: LogIn, place: str
) -> None:
    client = logged_in(register.officer)
    for query in ({"q": NUMBER}, {"q": f"an {NUMBER}"}, {"kept": "nobody"}):
        answer = client.get(place, query, follow=True)
        page = answer.content.decode()
        assert "Type it again" in page
        assert tells(page) == []
        assert NUMBER[:7] not in str(answer.redirect_chain)


def test_what_one_searched_for_is_not_found_by_another_who_has_the_address(
    register: Register, logged_in: LogIn
) -> None:
    address = logged_in(register.officer).post(SEARCH, {"q": NUMBER}).headers["Location"]
    other = logged_in(register.people[Role.COMMUNE_CHAIR]).get(address)
    assert other.context["results"].is_empty
    assert "Type it again" in other.content.decode()
