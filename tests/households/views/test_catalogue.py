"""The catalogue shows every part, and shows nobody."""

from collections.abc import Callable
from pathlib import Path

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.models import User
from tests.households.conftest import World

LogIn = Callable[[User], Client]
PARTS = Path(__file__).parents[3] / "templates" / "components"


def test_every_part_is_on_the_page(world: World, logged_in: LogIn) -> None:
    page = logged_in(world.officer).get(reverse("households:components"))
    shown = {template.name for template in page.templates}
    missing = {f"components/{one.name}" for one in PARTS.glob("*.html")} - shown
    assert missing == set()


def test_it_asks_the_database_only_who_looks(
    world: World, logged_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(world.officer)
    client.get(reverse("households:components"))
    with django_assert_num_queries(3):
        client.get(reverse("households:components"))
