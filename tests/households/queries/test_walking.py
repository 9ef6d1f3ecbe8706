"""The walk of a village: numbers first, then codes; the form leads to the next house."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from households.errors import Invalid
from households.models import AuditEvent, Household, Survey, User
from households.queries import walking
from households.services import walking as walks
from tests.factories import reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]


@pytest.fixture
def three(world: World) -> list[Survey]:
    return [
        reviews.surveyed(
            world.round, world.village, world.officer, members=[reviews.adult(f"Nông {number}")]
        )
        for number in range(3)
    ]


def order(world: World) -> list[int]:
    return [one.household_id for one in walking.of_village(world.village)]


def test_numbers_come_first_then_codes(world: World, three: list[Survey]) -> None:
    first, second, third = (one.household_id for one in three)
    assert order(world) == [first, second, third]
    changed = walks.number(village=world.village, numbers={third: 1, first: None}, by=world.officer)
    assert changed == 1
    assert order(world) == [third, first, second]
    found = walking.neighbours(first, world.village)
    assert found
    assert found.previous
    assert found.next
    assert (found.previous.household_id, found.next.household_id) == (third, second)
    assert (found.place, found.total) == (2, 3)
    assert AuditEvent.objects.get(verb="village.walk").details == {"count": 1}


def test_the_ends_have_nobody_beyond_and_the_ended_are_passed(
    world: World, three: list[Survey]
) -> None:
    last = three[-1].household_id
    Household.objects.filter(pk=last).update(ended_on="2024-10-01", end_reason="x")
    assert walking.neighbours(last, world.village) is None
    found = walking.neighbours(three[1].household_id, world.village)
    assert found
    assert found.next is None


def test_neighbours_cost_one_row_however_large_the_village(
    world: World, three: list[Survey], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1) as queries:
        found = walking.neighbours(three[1].household_id, world.village)
    assert found
    assert (found.previous, found.next) == (
        walking.Stop(three[0].household_id, "Nông 0", None),
        walking.Stop(three[2].household_id, "Nông 2", None),
    )
    assert "LIMIT 1" in queries.captured_queries[0]["sql"]


def test_the_form_and_the_page_of_the_village(
    world: World, three: list[Survey], logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    form = client.get(reverse("households:survey_form", args=[three[0].uuid]))
    assert reverse("households:survey_start", args=[three[1].household_id]) in form.content.decode()
    url = reverse("households:village_walk", args=[world.village.pk])
    given = {f"no-{one.household_id}": str(9 - i) for i, one in enumerate(three)}
    assert client.post(url, given).status_code == 302
    assert order(world) == [one.household_id for one in reversed(three)]
    wrong = client.post(url, given | {f"no-{three[0].household_id}": "một"})
    assert wrong.status_code == 422
    assert 'value="một"' in wrong.content.decode()


def test_readers_only_read_and_strangers_find_nothing(
    world: World, three: list[Survey], logged_in: LogIn
) -> None:
    url = reverse("households:village_walk", args=[world.village.pk])
    chair = users.user("chair", Role.COMMUNE_CHAIR, world.commune)
    assert logged_in(chair).get(url).status_code == 200
    assert logged_in(chair).post(url, {}).status_code == 403
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    assert logged_in(stranger).get(url).status_code == 404
    with pytest.raises(Invalid):
        walks.number(village=world.other_village, numbers={three[0].household_id: 1}, by=stranger)
