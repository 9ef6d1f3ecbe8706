"""The queue and the page of a pair: what is shown to whom, and what is done."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from households.choices.duplicates import PairState
from households.likeness import households, names, persons
from households.models import DuplicatePair, User
from households.services.duplicates import finding
from households.services.system_user import system_user
from households.views import duplicate_words
from tests.factories import areas, people, users
from tests.factories import duplicates as make
from tests.households.conftest import World

LogIn = Callable[[User], Client]
LIST = "/duplicates/"
WHY = "Đã hỏi trưởng thôn"


@pytest.fixture
def across(world: World) -> DuplicatePair:
    """One side in the officer's commune, the other next door."""
    for village, name in ((world.village, "Lò Văn Ún"), (world.other_village, "Ún Lò Văn")):
        head = people.person(f"Chủ {village.name}", birth_date=None)
        people.household(village, head, make.entry(name, "M", "27/12/1999"))
    finding.find(province=world.province, by=system_user())
    return DuplicatePair.objects.get()


@pytest.fixture
def here(world: World) -> DuplicatePair:
    """Both sides in the officer's commune."""
    for at, name in enumerate(("Lò Văn Ún", "LO VAN UN")):
        head = people.person(f"Chủ {at}", birth_date=None)
        people.household(
            areas.village(world.commune, f"T {at}"), head, make.entry(name, "M", "27/12/1999")
        )
    finding.find(province=world.province, by=system_user())
    return DuplicatePair.objects.get()


def page(pair: DuplicatePair) -> str:
    return reverse("households:duplicate", args=[pair.pk])


def test_the_queue_tells_the_own_side_in_full_and_the_other_masked(
    world: World, across: DuplicatePair, logged_in: LogIn
) -> None:
    shown = logged_in(world.officer).get(LIST).content.decode()
    assert "Lò Văn Ún" in shown
    assert "Ú. L. V." in shown
    assert "Ún Lò Văn" not in shown
    assert world.other_village.name not in shown
    assert "same name in another order" in shown
    of_both = logged_in(users.user("so", Role.DEPARTMENT, world.province))
    assert "Ún Lò Văn" in of_both.get(LIST).content.decode()


def test_a_stranger_sees_nothing_and_a_reviewer_is_refused(
    world: World, here: DuplicatePair, logged_in: LogIn
) -> None:
    stranger = logged_in(users.user("khach", Role.COMMUNE_OFFICER, world.other_commune))
    assert "Lò Văn" not in stranger.get(LIST).content.decode()
    assert stranger.get(page(here)).status_code == 404
    reviewer = logged_in(users.user("rsv", Role.REVIEWER, world.commune))
    assert reviewer.get(LIST).status_code == 403
    assert reviewer.get(page(here)).status_code == 403


def test_the_page_of_one_side_shows_no_fact_of_the_other(
    world: World, across: DuplicatePair, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    shown = client.get(page(across)).content.decode()
    assert "Ú. L. V." in shown
    assert "Ún Lò Văn" not in shown
    assert "27/12/1999" not in shown
    assert "outside your area" in shown
    assert client.post(page(across), {"act": "not_same", "why": WHY}).status_code == 403


def test_narrowed_by_kind_and_state(world: World, here: DuplicatePair, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    assert len(client.get(LIST, {"kind": "PERSON"}).context["rows"]) == 1
    assert client.get(LIST, {"kind": "HOUSEHOLD"}).context["rows"] == []
    assert client.get(LIST, {"state": "MERGED"}).context["rows"] == []
    assert len(client.get(LIST, {"kind": "x", "state": "x"}).context["rows"]) == 1


def test_not_the_same_needs_a_reason_and_is_remembered(
    world: World, here: DuplicatePair, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    answer = client.post(page(here), {"act": "not_same", "why": " "})
    assert answer.status_code == 422
    told = client.post(page(here), {"act": "not_same", "why": WHY}, follow=True).content.decode()
    assert "not offered again" in told
    finding.find(province=world.province, by=system_user())
    assert client.get(LIST).context["rows"] == []
    (row,) = client.get(LIST, {"state": "NOT_SAME"}).context["rows"]
    assert row.pair.why == WHY


def test_merged_with_a_choice_of_each_differing_fact_and_taken_back(
    world: World, here: DuplicatePair, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    shown = client.get(page(here)).content.decode()
    assert 'name="full_name" value="a" checked' in shown
    assert 'name="birth_date"' not in shown
    assert client.post(page(here), {"act": "merge", "why": WHY}).status_code == 422
    given = {"act": "merge", "why": WHY, "kept": "b", "full_name": "a"}
    told = client.post(page(here), given, follow=True).content.decode()
    assert "They are one now" in told
    assert here.person_b is not None
    here.person_b.refresh_from_db()
    assert here.person_b.full_name == "Lò Văn Ún"
    told = client.post(page(here), {"act": "undo"}, follow=True).content.decode()
    assert "as they were before" in told
    here.refresh_from_db()
    assert here.state == PairState.OPEN


def test_an_act_nobody_knows(world: World, here: DuplicatePair, logged_in: LogIn) -> None:
    assert logged_in(world.officer).post(page(here), {"act": "eat"}).status_code == 400


def test_numbers_are_masked(world: World, here: DuplicatePair, logged_in: LogIn) -> None:
    assert here.person_a is not None
    here.person_a.personal_id = "006099123456"
    here.person_a.save()
    shown = logged_in(world.officer).get(page(here)).content.decode()
    assert "•••••••••456" in shown
    assert "006099123456" not in shown


def test_a_number_is_claimed_from_the_household_page(world: World, logged_in: LogIn) -> None:
    home = people.household(world.village, people.person("Bế Văn Chủ"))
    holder = people.person("Lý Thị Giữ", personal_id="006080123456", sex="F")
    people.household(world.other_village, holder)
    client = logged_in(world.officer)
    shown = client.get(reverse("households:household", args=[home.pk])).content.decode()
    person = home.memberships.get().person
    claim = reverse("households:claim_number", args=[home.pk, person.pk])
    assert claim in shown
    assert client.post(claim, {"number": "1", "words": "Thẻ"}).status_code == 422
    given = {"number": "006 080 123 456", "words": "Đã xem thẻ"}
    told = client.post(claim, given, follow=True).content.decode()
    assert "Disputed personal number" in told
    assert "Đã xem thẻ" in told
    pair = DuplicatePair.objects.get()
    department = logged_in(users.user("so", Role.DEPARTMENT, world.province))
    department.post(page(pair), {"act": "give_number", "why": "Thẻ thật"})
    person.refresh_from_db()
    assert person.personal_id == "006080123456"


def test_the_list_costs_the_same_whatever_its_length(
    world: World, logged_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(world.officer)
    for at in range(8):
        for name in ("Lò Văn Ún", "LO VAN UN"):
            head = people.person(f"Chủ {name} {at}", birth_date=None)
            member = make.entry(name, "M", f"{at + 13}/12/1999")
            people.household(world.village, head, member)
    finding.find(province=world.province, by=system_user())
    client.get(LIST)
    with django_assert_num_queries(7):
        assert len(client.get(LIST).context["rows"]) == 8


def test_each_reason_has_its_words() -> None:
    codes = {
        value
        for module in (names, persons, households)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str) and len(value) > 1
    }
    assert codes == set(duplicate_words.REASONS)
