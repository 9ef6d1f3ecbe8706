"""The list of households and the page of one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from households.models import AuditEvent, User
from households.services import surveys
from households.views import paging
from tests.factories import areas, people, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
LIST = "households:household_list"
PAGE = "households:household"
#: Session, user, rights, villages, page, count, what its rows show, banner.
QUERIES = 12


def test_the_list_shows_the_households_of_ones_own_commune_only(
    world: World, logged_in: LogIn
) -> None:
    people.household(world.village, people.person("Nông Văn Ấm"))
    people.household(world.other_village, people.person("Lý Văn Xa"))
    page = logged_in(world.officer).get(reverse(LIST)).content.decode()
    assert "Nông Văn Ấm" in page
    assert "Lý Văn Xa" not in page


def test_a_reviewer_sees_his_village_not_the_next_one(world: World, logged_in: LogIn) -> None:
    next_village = areas.village(world.commune, name="Thôn Bên")
    people.household(world.village, people.person("Nông Văn Ấm"))
    people.household(next_village, people.person("Lý Văn Bên"))
    reviewer = users.user("reviewer", Role.REVIEWER, world.village)
    page = logged_in(reviewer).get(reverse(LIST)).content.decode()
    assert "Nông Văn Ấm" in page
    assert "Lý Văn Bên" not in page


def test_a_household_of_another_commune_does_not_exist_for_a_stranger(
    world: World, logged_in: LogIn
) -> None:
    stranger = people.household(world.other_village, people.person())
    client = logged_in(world.officer)
    assert client.get(reverse(PAGE, args=[stranger.pk])).status_code == 404
    assert client.post(reverse("households:survey_start", args=[stranger.pk])).status_code == 404
    member = stranger.memberships.get().person_id
    number = reverse("households:show_number", args=[stranger.pk, member])
    assert client.post(number).status_code == 404


def test_an_administrator_reads_no_families_and_is_told_why(world: World, logged_in: LogIn) -> None:
    admin = logged_in(users.user("admin", Role.ADMINISTRATOR, world.province))
    answer = admin.get(reverse(LIST))
    assert answer.status_code == 403
    assert "Your role does not open household pages." in answer.content.decode()


def test_an_unknown_household_is_not_found(world: World, logged_in: LogIn) -> None:
    assert logged_in(world.officer).get(reverse(PAGE, args=[999_999])).status_code == 404


def test_reading_pages_take_no_post(world: World, logged_in: LogIn) -> None:
    known = people.household(world.village, people.person())
    client = logged_in(world.officer)
    assert client.post(reverse(PAGE, args=[known.pk])).status_code == 405
    assert client.get(reverse("households:survey_start", args=[known.pk])).status_code == 405


def test_odd_filters_and_places_show_the_first_page(world: World, logged_in: LogIn) -> None:
    people.household(world.village, people.person("Nông Văn Ấm"))
    for query in ("?after=%C3%28", "?before=bm9uZQ==", "?class=RICH", "?village=x"):
        answer = logged_in(world.officer).get(reverse(LIST) + query)
        assert answer.status_code == 200
        assert "Nông Văn Ấm" in answer.content.decode(), query


def test_pages_follow_each_other_without_gap_or_repeat(
    world: World, logged_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 3)
    for letter in "ABCDEFG":
        people.household(world.village, people.person(f"Nông Văn {letter}"))
    client, seen, url = logged_in(world.officer), [], ""
    for __ in range(3):
        page = client.get(reverse(LIST) + url).context["page"]
        seen += [row.head_name for row in page.rows]
        url = page.next_url
    assert seen == [f"Nông Văn {letter}" for letter in "ABCDEFG"]
    assert url == ""
    back = client.get(reverse(LIST) + page.previous_url).context["page"]
    assert [row.head_name[-1] for row in back.rows] == ["D", "E", "F"]


def test_the_list_costs_the_same_for_one_household_and_for_twenty(
    world: World, logged_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(world.officer)
    reviews.surveyed(world.round, world.village, world.officer)
    with django_assert_num_queries(QUERIES):
        client.get(reverse(LIST))
    for number in range(20):
        people.household(world.village, people.person(f"Nông Văn {number}"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse(LIST))


def test_the_list_is_sorted_by_a_column_and_pages_keep_the_order(
    world: World, logged_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    for size, name in ((3, "Nông Văn A"), (1, "Nông Văn B"), (2, "Nông Văn C")):
        others = (people.person(f"{name} {one}") for one in range(size - 1))
        people.household(world.village, people.person(name), *others)
    client = logged_in(world.officer)
    first = client.get(reverse(LIST) + "?sort=-members")
    assert 'aria-sort="descending"' in first.content.decode()
    second = client.get(reverse(LIST) + first.context["page"].next_url)
    seen = [row.members for answer in (first, second) for row in answer.context["page"].rows]
    assert seen == [3, 2, 1]


def test_the_list_is_narrowed_to_how_far_the_round_is(world: World, logged_in: LogIn) -> None:
    people.household(world.village, people.person("Nông Văn Chưa"))
    drafted = people.household(world.village, people.person("Nông Văn Dở"))
    surveys.start(round=world.round, household=drafted, by=world.officer)
    client = logged_in(world.officer)

    def found(state: str) -> list[str]:
        page = client.get(reverse(LIST), {"round": state}).context["page"]
        return [row.head_name for row in page.rows]

    assert found("none") == ["Nông Văn Chưa"]
    assert found("DRAFT") == ["Nông Văn Dở"]
    assert found("COMPLETE") == []
    assert len(found("other")) == 2


def test_the_list_of_a_department_is_narrowed_to_a_commune(world: World, logged_in: LogIn) -> None:
    people.household(world.village, people.person("Nông Văn Đây"))
    people.household(world.other_village, people.person("Lý Văn Kia"))
    department = logged_in(users.user("department", Role.DEPARTMENT, world.province))
    query = {"commune": world.commune.pk, "village": world.other_village.pk}
    answer = department.get(reverse(LIST), query)
    assert [row.head_name for row in answer.context["page"].rows] == ["Nông Văn Đây"]
    assert world.other_village not in answer.context["places"].villages


def test_numbers_are_masked_until_asked_for_and_the_look_is_recorded(
    world: World, logged_in: LogIn
) -> None:
    person = people.person(personal_id="006080001950")
    known = people.household(world.village, person)
    client = logged_in(world.officer)
    page = client.get(reverse(PAGE, args=[known.pk])).content.decode()
    assert "006080001950" not in page
    assert "•••••••••950" in page
    url = reverse("households:show_number", args=[known.pk, person.pk])
    assert client.get(url).status_code == 405
    assert "006080001950" in client.post(url).content.decode()
    assert AuditEvent.objects.filter(verb="person.unmask", household=known).count() == 1


def test_a_reader_may_not_see_a_number_in_full(world: World, logged_in: LogIn) -> None:
    person = people.person(personal_id="006080001950")
    known = people.household(world.village, person)
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, world.commune))
    answer = chair.post(reverse("households:show_number", args=[known.pk, person.pk]))
    assert answer.status_code == 403
    assert "006080001950" not in answer.content.decode()


def test_the_page_tells_who_changed_what(world: World, logged_in: LogIn) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer, floor_area_m2=80)
    reviews.surveyed(
        world.round, world.village, world.officer, household=survey.household, floor_area_m2=64
    )
    page = logged_in(world.officer).get(reverse(PAGE, args=[survey.household_id]))
    acts = page.context["acts"]
    assert acts[0].who == world.officer.full_name
    told = {change.label: (change.old, change.new) for change in acts[0].changes}
    assert told["Floor area (m²)"] == ("80", "64")


def test_a_class_without_decision_says_so(world: World, logged_in: LogIn) -> None:
    survey = reviews.surveyed(
        world.round,
        world.village,
        world.officer,
        income_per_capita_month_vnd=1_000_000,
        **reviews.THREE_LACKS,
    )
    page = logged_in(world.officer).get(reverse(PAGE, args=[survey.household_id]))
    assert "no decision yet" in page.content.decode()
