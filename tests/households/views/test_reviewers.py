"""The page that assigns villages to reviewers."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import User
from households.queries import reviewers as queries
from tests.factories import users
from tests.households.conftest import World

LogIn = Callable[[User], Client]


def test_ticked_and_saved(world: World, logged_in: LogIn) -> None:
    page = reverse("households:commune_reviewers", args=[world.commune.pk])
    client = logged_in(world.officer)
    assert "create the accounts first" in client.get(page).content.decode()
    head = users.user("head", Role.VILLAGE_HEAD, world.village)
    assert "1 village has no reviewer" in client.get(page).content.decode()
    answer = client.post(page, {f"v-{world.village.pk}": head.pk}, follow=True)
    assert "1 assignment is changed" in answer.content.decode()
    (village,) = queries.of_commune(world.commune).villages
    assert village.reviewers == {head.pk}
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, world.commune))
    assert chair.get(page).status_code == 403
