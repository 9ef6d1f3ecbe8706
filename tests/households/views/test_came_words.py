"""How a household came onto the list, in words."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from households.models import User
from households.services import complete_lists
from tests.factories import people, reviews
from tests.households.conftest import World

LogIn = Callable[[User], Client]


def test_nobody_is_called_newly_arisen_while_the_lists_do_not_reach_back(
    world: World, logged_in: LogIn
) -> None:
    """Household and decision say it as the tables do."""
    came = people.household(world.village, people.person())
    reviews.listed(world.round, world.commune, world.officer, came)
    period = came.status_periods.get()
    period.how_in = "NEW_ENTRY"
    period.save()
    client = logged_in(world.officer)
    pages = [
        reverse("households:household", args=[came.pk]),
        reverse("households:decision", args=[world.round.pk, world.commune.pk]),
    ]
    for page in pages:
        assert "re-fell or newly arisen: not enough data" in client.get(page).content.decode()
    complete_lists.say(commune=world.commune, year=2021, by=world.officer)
    for page in pages:
        told = client.get(page).content.decode()
        assert "Newly arisen" in told
        assert "not enough data" not in told
