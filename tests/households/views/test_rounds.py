"""The list of rounds."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import PovertyStandard, User
from tests.factories import areas, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
ROUNDS = reverse("households:round_list")


def test_rounds_of_ones_province_with_their_forms(world: World, logged_in: LogIn) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    (found,) = logged_in(world.officer).get(ROUNDS).context["rounds"]
    assert (found, found.complete, found.begun) == (world.round, 1, 0)


def test_another_provinces_rounds_are_not_listed(world: World, logged_in: LogIn) -> None:
    elsewhere = areas.province(code="19", name="Tỉnh Khác")
    reviews.periodic(elsewhere, 2023, PovertyStandard.objects.get(code="std_2022"))
    department = users.user("so", Role.DEPARTMENT, elsewhere)
    (found,) = logged_in(department).get(ROUNDS).context["rounds"]
    assert found.province == elsewhere


def test_the_list_takes_no_post(world: World, logged_in: LogIn) -> None:
    assert logged_in(world.officer).post(ROUNDS).status_code == 405
