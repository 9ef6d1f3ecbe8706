"""The rows of the monitor say what the pages of the communes say, in one query."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import CommuneState, ComplaintKind, Role, RoundKind
from households.models import Area, CommuneReview, ReviewRound, User
from households.queries import round_monitor, village_ways
from households.queries.round_monitor import CommuneProgress
from households.services import complaints, surveys
from tests.factories import areas, people, procedure, reviews, users
from tests.households.conftest import World

pytestmark = pytest.mark.usefixtures("paper_folder")


def rows(round: ReviewRound, *communes: Area) -> dict[str, CommuneProgress]:
    found = Area.objects.filter(pk__in=[one.pk for one in communes]).select_related("parent")
    return {one.commune.name: one for one in round_monitor.of_round(round, found)}


@pytest.fixture
def busy(world: World) -> World:
    """In the commune: a done village with a complaint, one begun, one with a household due."""
    done = reviews.surveyed(world.round, world.village, world.officer)
    procedure.closed_village(world.round, world.village, world.officer)
    begun, due = areas.village(world.commune, "Thôn Dở"), areas.village(world.commune, "Thôn Chờ")
    surveys.start(round=world.round, village=begun, by=world.officer)
    waiting = people.household(due, people.person())
    reviews.listed(world.round, world.commune, world.officer, waiting)
    areas.village(world.commune, "Thôn Không")
    heard = complaints.Heard(
        ComplaintKind.OPINION, dt.date(2024, 10, 4), "Người", "Lời", household=done.household
    )
    complaints.receive(round=world.round, village=world.village, heard=heard, by=world.officer)
    return world


def test_a_row_says_what_the_communes_page_says(busy: World) -> None:
    row = rows(busy.round, busy.commune)["Xã Thử"]
    ways = [one for one in village_ways.of_commune(busy.round, busy.commune) if one.has_work]
    assert (row.complete, row.begun, row.due) == (
        sum(one.done for one in ways), sum(one.begun for one in ways), sum(one.due for one in ways),
    )  # fmt: skip
    assert (row.complete, row.begun, row.due) == (1, 1, 1)
    assert (row.villages, row.met, row.closed, row.complaints_open) == (len(ways), 1, 1, 1)
    assert (row.stage, row.last_step_on) == (1, dt.date(2024, 10, 7))
    assert row.group == busy.commune.parent


def test_a_commune_without_anything_has_no_share(busy: World) -> None:
    row = rows(busy.round, busy.other_commune)["Xã Khác"]
    assert (row.total, row.share, row.state) == (0, None, CommuneState.OPEN)


def test_nobody_is_due_in_an_ad_hoc_round(busy: World) -> None:
    monthly = ReviewRound.objects.create(
        province=busy.province,
        kind=RoundKind.AD_HOC,
        year=2024,
        month=10,
        as_of=dt.date(2024, 10, 15),
        opens_on=dt.date(2024, 10, 15),
        closes_on=dt.date(2024, 10, 30),
    )
    assert rows(monthly, busy.commune)["Xã Thử"].total == 0


def test_many_communes_cost_three_queries(
    busy: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    communes = list(Area.objects.filter(level="COMMUNE").select_related("parent"))
    with django_assert_num_queries(3):
        round_monitor.of_round(busy.round, communes)


def test_the_page_shows_each_user_his_own_communes(busy: World, logged_in: object) -> None:
    reviews.surveyed(
        busy.round,
        busy.other_village,
        users.user("stranger", Role.COMMUNE_OFFICER, busy.other_commune),
    )
    CommuneReview.objects.filter(commune=busy.other_commune).update(state="RECOGNISED")
    url = reverse("households:round_monitor", args=[busy.round.pk])

    def shown(user: User, query: str = "") -> tuple[bool, bool]:
        page = logged_in(user).get(url + query).content.decode()  # type: ignore[operator]
        table = page.split("<table")[-1]
        return "Xã Thử" in table, "Xã Khác" in table

    assert shown(busy.officer) == (True, False)
    department = users.user("department", Role.DEPARTMENT, busy.province)
    assert shown(department) == (True, True)
    assert shown(department, "?step=4") == (False, True)
    assert shown(department, "?step=9") == (True, True)
    elsewhere = users.user("far", Role.DEPARTMENT, areas.province("19", "Tỉnh Khác"))
    assert logged_in(elsewhere).get(url).status_code == 404  # type: ignore[operator]
