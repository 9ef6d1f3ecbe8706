"""What each role finds on its first page."""

import datetime as dt
import html
import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import CommuneState, InRound, Role, RoundKind, StandardPart, SurveyState
from households.choices.requests import RequestChannel, RequestKind
from households.models import CommuneReview, User
from households.services import requests, rounds, surveys
from tests.factories import areas, people, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
HOME = reverse("households:home")
LIST = reverse("households:household_list")
#: Session, user, rights, villages, rounds, three of the round, drafts, banner, eight of what is
#: due first.
QUERIES = 28


def test_an_officer_sees_the_round_village_by_village_and_his_drafts(
    world: World, logged_in: LogIn
) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    surveys.start(round=world.round, village=world.village, by=world.officer)
    page = logged_in(world.officer).get(HOME)
    (work,) = page.context["works"]
    (unit,) = work.units
    assert (unit.area, unit.complete, unit.begun, unit.to_do) == (world.village, 1, 1, 0)
    assert work.days_left == 60
    assert len(page.context["drafts"]) == 1


def test_every_figure_leads_to_the_households_behind_it(world: World, logged_in: LogIn) -> None:
    listed, reviewed = (people.household(world.village, people.person()) for __ in range(2))
    reviews.listed(world.round, world.commune, world.officer, listed, reviewed)
    reviews.surveyed(world.round, world.village, world.officer, household=reviewed)
    people.household(world.village, people.person("Nông Văn Ngoài"))
    surveys.start(round=world.round, village=world.village, by=world.officer)
    client = logged_in(world.officer)
    page = client.get(HOME)
    (unit,) = page.context["works"][0].units
    assert (unit.complete, unit.begun, unit.to_do) == (1, 1, 1)
    links = re.findall(r'href="([^"]*[?]round=[^"]*)"', page.content.decode())
    assert len(links) == 4  # to do twice: for all, and for the village
    for link in links:
        assert client.get(html.unescape(link)).context["page"].count == 1, link


def test_another_communes_villages_are_not_counted(world: World, logged_in: LogIn) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    reviews.surveyed(world.round, world.other_village, stranger)
    (work,) = logged_in(world.officer).get(HOME).context["works"]
    assert work.total == 0


def test_many_villages_are_told_commune_by_commune(world: World, logged_in: LogIn) -> None:
    for number in range(61):
        areas.village(world.commune, name=f"Thôn {number}")
    reviews.surveyed(world.round, world.village, world.officer)
    department = users.user("so", Role.DEPARTMENT, world.province)
    (work,) = logged_in(department).get(HOME).context["works"]
    assert [unit.area for unit in work.units] == [world.other_commune, world.commune]
    assert [unit.complete for unit in work.units] == [0, 1]


def test_an_administrator_is_led_to_the_accounts(world: World, logged_in: LogIn) -> None:
    admin = logged_in(users.user("admin", Role.ADMINISTRATOR, world.province))
    page = admin.get(HOME)
    assert page.context["works"] == []
    assert reverse("households:user_list") in page.content.decode()


def test_someone_without_assignment_is_told_what_to_do(world: World, logged_in: LogIn) -> None:
    page = logged_in(users.user("new")).get(HOME)
    assert "You have no assignment yet." in page.content.decode()


def test_the_page_costs_the_same_for_one_village_and_for_ten(
    world: World, logged_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(world.officer)
    with django_assert_num_queries(QUERIES):
        client.get(HOME)
    for number in range(10):
        areas.village(world.commune, name=f"Thôn {number}")
    with django_assert_num_queries(QUERIES):
        client.get(HOME)


def test_a_decided_round_that_is_still_open_hides_nobody_who_is_due(
    world: World, logged_in: LogIn
) -> None:
    """Last year's round was never closed; its commune's lists are decided all the same."""
    listed = people.household(world.village, people.person())
    last_year = reviews.periodic(world.province, 2023, reviews.standard())
    reviews.surveyed(last_year, world.village, world.officer, household=listed)
    reviews.listed(last_year, world.commune, world.officer, listed)
    CommuneReview.objects.update_or_create(
        round=last_year, commune=world.commune, defaults={"state": CommuneState.RECOGNISED}
    )
    client = logged_in(world.officer)
    page = client.get(HOME)
    (work,) = page.context["works"]
    assert (work.round, work.complete, work.to_do) == (world.round, 0, 1)
    for standing, count in ((InRound.DUE, 1), (InRound.NO_FORM, 1), (SurveyState.COMPLETE, 0)):
        found = client.get(LIST, {"round": standing}).context["page"]
        assert found.count == count, standing


def test_a_commune_whose_lists_are_decided_has_nobody_due(world: World, logged_in: LogIn) -> None:
    listed = people.household(world.village, people.person())
    reviews.listed(world.round, world.commune, world.officer, listed)
    client = logged_in(world.officer)
    assert client.get(LIST, {"round": InRound.DUE}).context["page"].count == 1
    CommuneReview.objects.update_or_create(
        round=world.round, commune=world.commune, defaults={"state": CommuneState.RECOGNISED}
    )
    assert client.get(LIST, {"round": InRound.DUE}).context["page"].count == 0
    assert client.get(HOME).context["works"] == []


def test_a_round_for_those_who_ask_shows_their_villages_and_who_opens_it_sees_that_they_wait(
    world: World, logged_in: LogIn
) -> None:
    """A commune of 25 villages is not shown 25 rows of zeros for two requests."""
    world.round.is_closed = True
    world.round.save()
    asked = requests.Asked(
        kind=RequestKind.REVIEW, channel=RequestChannel.DESK, received_on=dt.date(2024, 10, 2),
        from_name="Hoàng Văn Mới",
    )  # fmt: skip
    requests.receive(village=world.village, asked=asked, by=world.officer)
    client, so = logged_in(world.officer), users.user("so", Role.DEPARTMENT, world.province)
    department = logged_in(so)
    told = department.get(HOME).content.decode()
    assert "1 request for a review waits" in told
    assert reverse("households:round_new") in told
    monthly = rounds.open_round(
        province=world.province, kind=RoundKind.AD_HOC, year=2024, month=10,
        as_of=dt.date(2024, 10, 1), opens_on=dt.date(2024, 10, 1),
        standards=[(reviews.standard(), StandardPart.BOTH)], by=so,
    )  # fmt: skip
    areas.village(world.commune, name="Thôn Yên")
    assert "none has a form yet" in client.get(HOME).content.decode()
    surveys.start(round=monthly, village=world.village, by=world.officer)
    (work,) = client.get(HOME).context["works"]
    assert [unit.area for unit in work.units] == [world.village]
    assert work.communes == [world.commune]
    assert "waits" not in department.get(HOME).content.decode()


def test_one_button_is_filled_and_it_is_what_comes_first(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    new = f'accesskey="m" href="{reverse("households:household_new")}"'
    assert f'class="btn btn-primary" {new}' in client.get(HOME).content.decode()
    reviews.surveyed(world.round, world.village, world.officer)
    surveys.start(round=world.round, village=world.village, by=world.officer)
    page = client.get(HOME).content.decode()
    assert page.count("btn-primary") == 1
    assert f'class="btn" {new}' in page
