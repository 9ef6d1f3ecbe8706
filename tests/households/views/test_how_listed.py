"""Nobody is called newly arisen while the commune's lists do not reach back."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import HowIn, Role
from households.models import User
from households.services import complete_lists
from households.views import how_listed
from tests.factories import areas, people, reviews, users
from tests.households.conftest import World


@pytest.mark.django_db
def test_who_arose_is_told_only_where_the_lists_reach_back_as_far_as_the_standard() -> None:
    """Whoever came may have been on a list of 2022 that nobody brought in."""
    province = areas.province()
    commune = areas.commune(areas.district(province))
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    came = people.household(areas.village(commune), people.person())
    reviews.listed(reviews.periodic(province, 2024, reviews.standard()), commune, officer, came)
    came.status_periods.update(how_in=HowIn.NEW_ENTRY)

    def told() -> str:
        period = came.status_periods.select_related("standard", "decision_in").get()
        how_listed.tell([period])
        return str(period.told_in)  # type: ignore[attr-defined]

    assert told() == how_listed.not_enough()
    complete_lists.say(commune=commune, year=2024, by=officer)
    assert told() == how_listed.not_enough()
    complete_lists.say(commune=commune, year=2021, by=officer)
    assert told() == HowIn.NEW_ENTRY.label


def test_household_and_decision_say_it_as_the_tables_do(
    world: World, logged_in: Callable[[User], Client]
) -> None:
    came = people.household(world.village, people.person())
    reviews.listed(world.round, world.commune, world.officer, came)
    came.status_periods.update(how_in=HowIn.NEW_ENTRY)
    client = logged_in(world.officer)
    pages = [
        reverse("households:household", args=[came.pk]),
        reverse("households:decision", args=[world.round.pk, world.commune.pk]),
    ]
    for page in pages:
        assert "whether newly or again: not enough data" in client.get(page).content.decode()
    complete_lists.say(commune=world.commune, year=2021, by=world.officer)
    for page in pages:
        told = client.get(page).content.decode()
        assert "Newly arisen" in told
        assert "not enough data" not in told
