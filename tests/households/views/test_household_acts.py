"""A change of a household in two steps: told before it is done; errors at their fields."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import (
    Household,
    HouseholdEvent,
    HouseholdTransfer,
    Person,
    StatusPeriod,
    User,
)
from households.views.household_acts import ACTS
from tests.factories import areas, people, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
DAY = "10/10/2024"


def _url(name: str, household: Household) -> str:
    return reverse(f"households:act_{name}", args=[household.pk])


def _family(world: World) -> tuple[Household, Person, Person]:
    head, son = people.person("Nông Văn Hòa"), people.person("Nông Văn Nam")
    return people.household(world.village, head, son), head, son


def test_a_split_is_told_then_done_and_leads_to_the_new_household(
    world: World, logged_in: LogIn
) -> None:
    household, __, son = _family(world)
    reviews.listed(world.round, world.commune, world.officer, household)
    client, url = logged_in(world.officer), _url("split", household)
    sent = {"who": [son.pk], "head": son.pk, "happened_on": DAY}
    page = client.post(url, {**sent, "step": "tell"}).content.decode()
    assert "Nothing is saved yet." in page
    assert "New household of Nông Văn Nam" in page
    assert "The new household is on no list." in page
    assert "poor household since 01/01/2024" in page
    assert Household.objects.count() == 1
    answer = client.post(url, {**sent, "step": "do"})
    made = Household.objects.exclude(pk=household.pk).get()
    assert answer["Location"] == reverse("households:household", args=[made.pk])
    assert "Nông Văn Nam" in client.get(answer["Location"]).content.decode()
    assert StatusPeriod.objects.get().valid_to is None
    for one, other, words in ((made, household, "Split off from"), (household, made, "split off")):
        page = client.get(reverse("households:household", args=[one.pk])).content.decode()
        assert words in page
        assert f">{other.code}</a>" in page


def test_going_back_keeps_what_was_typed(world: World, logged_in: LogIn) -> None:
    household, __, son = _family(world)
    page = logged_in(world.officer).post(
        _url("split", household), {"who": [son.pk], "head": son.pk, "happened_on": DAY,
                                   "step": "back"},
    ).content.decode()  # fmt: skip
    assert f'value="{DAY}"' in page
    assert f'value="{son.pk}" selected' in page
    assert "checked" in page


def test_a_village_is_found_by_words_and_its_commune_takes_the_household_over(
    world: World, logged_in: LogIn
) -> None:
    household, __, __ = _family(world)
    client, url = logged_in(world.officer), _url("move", household)
    found = client.post(url, {"village_words": "xa khac", "step": "find"}).content.decode()
    assert "Thôn Hai, Xã Khác" in found
    areas.commune(world.province, code="01999", name="Xã Chưa Dùng")
    for words, why in (("chua dung", "Xã Chưa Dùng: no village"), ("khong co", "Nothing was")):
        assert why in client.post(url, {"village_words": words, "step": "find"}).content.decode()
    sent = {"village_words": "thon hai", "village": world.other_village.pk, "happened_on": DAY}
    told = client.post(url, {**sent, "step": "tell"}).content.decode()
    assert "It is offered to Xã Khác. Until that commune takes it over it stays in" in told
    answer = client.post(url, {**sent, "step": "do"}, follow=True)
    assert "Offered to Xã Khác, moved on" in answer.content.decode()
    receiver = logged_in(users.user("receiver", Role.COMMUNE_OFFICER, world.other_commune))
    assert "1 household waits to be taken over" in receiver.get("/").content.decode()
    page = reverse("households:household", args=[household.pk])
    assert receiver.get(page).status_code == 404
    offer = reverse("households:transfer", args=[HouseholdTransfer.objects.get().pk])
    assert "The household&#x27;s page" not in receiver.get(offer).content.decode()
    assert receiver.post(offer, {"act": "decline"}).status_code == 422
    given = {"act": "accept", "village": world.other_village.pk}
    assert client.post(offer, given).status_code == 403
    assert receiver.post(offer, given, follow=True).status_code == 200
    assert receiver.get(page).status_code == 200
    assert client.get(page).status_code == 404
    department = logged_in(users.user("so", Role.DEPARTMENT, world.province))
    (pair,) = department.get(reverse("households:moved_within")).context["rows"]
    assert pair.transfer.household == household


def test_a_household_of_the_commune_is_found_by_name_or_code(
    world: World, logged_in: LogIn
) -> None:
    household, __, __ = _family(world)
    parents = people.household(world.village, people.person("Nông Văn Cha"))
    people.household(world.other_village, people.person("Nông Văn Chaxa"))
    client, url = logged_in(world.officer), _url("merge", household)
    for words in ("van cha", parents.code):
        page = client.post(url, {"into_words": words, "step": "find"}).content.decode()
        assert "Nông Văn Cha, Thôn Một" in page, words
        assert "Chaxa" not in page
    sent = {"into_words": parents.code, "head_becomes": "child", "happened_on": DAY, "step": "do"}
    assert client.post(url, sent).status_code == 302
    household.refresh_from_db()
    assert household.end_reason == "MERGED"


def test_an_ended_household_keeps_its_page_and_takes_no_changes(
    world: World, logged_in: LogIn
) -> None:
    household, __, __ = _family(world)
    reviews.listed(world.round, world.commune, world.officer, household)
    client = logged_in(world.officer)
    sent = {"reason": "MOVED_OUT", "happened_on": DAY}
    told = client.post(_url("close", household), {**sent, "step": "tell"}).content.decode()
    assert "other decrease" in told
    answer = client.post(_url("close", household), {**sent, "step": "do"}, follow=True)
    page = answer.content.decode()
    assert "The household has ended." in page
    assert "This household has ended; nothing of it changes any more." in page
    assert client.get(_url("move", household)).status_code == 403
    start = reverse("households:survey_start", args=[household.pk])
    assert client.post(start).status_code == 403


def test_the_facts_of_one_member_are_shown_and_corrected_without_his_number(
    world: World, logged_in: LogIn
) -> None:
    household, __, son = _family(world)
    Person.objects.filter(pk=son.pk).update(personal_id="006080123456")
    client, url = logged_in(world.officer), _url("correct", household)
    assert f"?person={son.pk}" in client.get(url).content.decode()
    page = client.get(f"{url}?person={son.pk}").content.decode()
    assert 'value="01/05/1980"' in page
    assert "006080123456" not in page
    sent = {"person_id": son.pk, "full_name": "Nông Văn Năm", "relation": "child", "sex": "M",
            "birth_date": "1981", "personal_id": "", "ethnic_group": ""}  # fmt: skip
    told = client.post(url, {**sent, "step": "tell"}).content.decode()
    assert "Nông Văn Nam → Nông Văn Năm" in told
    client.post(url, {**sent, "step": "do"})
    son.refresh_from_db()
    assert (son.full_name, son.birth_precision) == ("Nông Văn Năm", "YEAR")
    assert son.personal_id == "006080123456"


@pytest.mark.parametrize(
    ("name", "sent", "field"),
    [
        ("close", {"reason": "MOVED_OUT", "happened_on": "16/10/2024"}, "happened_on"),
        ("close", {"happened_on": "31/02/2024", "reason": "MISTAKE"}, "happened_on"),
        ("move", {"village_words": "không có", "happened_on": DAY}, "village_words"),
        ("head", {"new_head_id": "", "happened_on": DAY}, "new_head_id"),
        ("join", {"full_name": "A", "sex": "F", "relation": "head", "birth_date": "2000",
                  "happened_on": DAY}, "relation"),
        ("join", {"full_name": "A", "sex": "F", "relation": "child", "birth_date": "hôm qua",
                  "happened_on": DAY}, "birth_date"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field(
    world: World, logged_in: LogIn, name: str, sent: dict[str, str], field: str
) -> None:
    household, __, __ = _family(world)
    answer = logged_in(world.officer).post(_url(name, household), {**sent, "step": "tell"})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not HouseholdEvent.objects.exists()


def test_the_head_who_dies_needs_a_successor(world: World, logged_in: LogIn) -> None:
    household, head, son = _family(world)
    client, url = logged_in(world.officer), _url("die", household)
    sent = {"person_id": head.pk, "happened_on": DAY}
    refused = client.post(url, {**sent, "step": "tell"})
    assert "new_head_id" in refused.context["form"].errors
    done = client.post(url, {**sent, "new_head_id": son.pk, "step": "do"}, follow=True)
    assert "The death is recorded." in done.content.decode()


def test_what_becomes_of_the_form_of_a_round_under_way_is_told(
    world: World, logged_in: LogIn
) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer)
    sent = {"reason": "MISTAKE", "happened_on": DAY, "step": "tell"}
    client = logged_in(world.officer)
    page = client.post(_url("close", survey.household), sent).content.decode()
    assert "Its form of 2024 tells how it was on 01/10/2024." in page


@pytest.mark.parametrize("name", sorted(ACTS))
def test_who_only_reads_or_reviews_is_told_why_he_may_not(
    world: World, logged_in: LogIn, name: str
) -> None:
    household, __, __ = _family(world)
    for role, place in ((Role.COMMUNE_CHAIR, world.commune), (Role.REVIEWER, world.village)):
        visitor = logged_in(users.user(f"u{role}", role, place))
        answer = visitor.get(_url(name, household))
        assert answer.status_code == 403
        assert "Only the commune officer of this area" in answer.content.decode()


@pytest.mark.parametrize("name", sorted(ACTS))
def test_every_first_page_opens_and_writes_nothing(
    world: World, logged_in: LogIn, name: str
) -> None:
    household, __, __ = _family(world)
    client = logged_in(world.officer)
    assert client.get(_url(name, household)).status_code == 200
    assert client.delete(_url(name, household)).status_code == 405
    assert not HouseholdEvent.objects.exists()


def test_the_telephone_number_is_saved_in_one_step(world: World, logged_in: LogIn) -> None:
    household, __, __ = _family(world)
    sent = {"phone": "0912 345 678", "step": "do"}
    logged_in(world.officer).post(_url("phone", household), sent)
    household.refresh_from_db()
    assert household.phone == "0912 345 678"


def test_who_left_for_a_commune_not_in_povreg_ends_here_with_that_commune_named(
    world: World, logged_in: LogIn
) -> None:
    household, __, __ = _family(world)
    client = logged_in(world.officer)
    move, close = _url("move", household), _url("close", household)
    assert "not in povreg yet" not in client.get(close).content.decode()
    beyond = areas.commune(world.province, code="01999", name="Xã Chưa Dùng")
    found = client.post(move, {"village_words": "chua dung", "step": "find"}).content.decode()
    way_out = f"{close}?reason=MOVED_BEYOND&amp;to_commune={beyond.pk}"
    assert way_out in found
    page = client.get(way_out.replace("&amp;", "&")).content.decode()
    assert f'value="{beyond.pk}" selected' in page

    sent = {"reason": "MOVED_BEYOND", "to_commune": "", "happened_on": DAY}
    assert client.post(close, {**sent, "step": "tell"}).status_code == 422
    sent["to_commune"] = str(beyond.pk)
    told = client.post(close, {**sent, "step": "tell"}).content.decode()
    assert "It lives in Xã Chưa Dùng, which is not in povreg yet" in told
    answer = client.post(close, {**sent, "step": "do"}, follow=True).content.decode()
    assert "Moved to a commune that is not in povreg yet (Xã Chưa Dùng)" in answer
