"""Declaring one's own and related households in the browser."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role, TieKind
from households.models import DeclaredTie, User
from tests.factories import people, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
MINE = reverse("households:my_ties")


@pytest.fixture
def reviewer(world: World) -> User:
    return users.user("reviewer", Role.REVIEWER, world.village)


def test_found_by_name_declared_and_then_greyed_with_its_reason(
    world: World, reviewer: User, logged_in: LogIn
) -> None:
    own = people.household(world.village, people.person("Lý Văn Nhà"))
    client = logged_in(reviewer)
    assert "Lý Văn Nhà" in client.get(MINE, {"q": "ly van nha"}).content.decode()
    given = {"household": own.pk, "kind": TieKind.OWN}
    assert client.post(MINE, given).status_code == 302
    assert client.post(MINE, given).status_code == 422
    page = client.get(reverse("households:household", args=[own.pk])).content.decode()
    assert "This is your own household; another person enters its review." in page
    start = reverse("households:survey_start", args=[own.pk])
    assert client.post(start).status_code == 403
    assert "Lý Văn Nhà" in client.get(MINE).content.decode()


def test_a_strange_household_is_neither_found_nor_declared(
    world: World, reviewer: User, logged_in: LogIn
) -> None:
    strange = people.household(world.other_village, people.person("Lý Văn Lạ"))
    client = logged_in(reviewer)
    assert "Lý Văn Lạ" not in client.get(MINE, {"q": "ly van la"}).content.decode()
    given = {"household": strange.pk, "kind": TieKind.OWN}
    assert client.post(MINE, given).status_code == 422
    assert not DeclaredTie.objects.exists()


def test_an_administrator_names_by_code_and_reads_no_family(
    world: World, reviewer: User, logged_in: LogIn
) -> None:
    own = people.household(world.village, people.person("Lý Văn Nhà"))
    client = logged_in(users.user("root", Role.ADMINISTRATOR, world.province))
    url = reverse("households:user_ties", args=[reviewer.pk])
    assert own.code not in client.get(url, {"q": "ly van nha"}).content.decode()
    page = client.get(url, {"q": own.code}).content.decode()
    assert f'value="{own.pk}"' in page
    assert client.post(url, {"household": own.pk, "kind": TieKind.RELATED}).status_code == 302
    assert "Lý Văn Nhà" not in client.get(url).content.decode()
    tie = DeclaredTie.objects.get()
    assert client.post(reverse("households:tie_end", args=[tie.pk])).status_code == 302
    tie.refresh_from_db()
    assert tie.ended_on


@pytest.mark.parametrize(
    ("words", "address"), [("ly van nha", "?q=ly+van+nha"), ("", ""), ("h00001234", "?q=h00001234")]
)
def test_words_are_posted_and_answered_with_an_address(
    world: World, reviewer: User, logged_in: LogIn, words: str, address: str
) -> None:
    answer = logged_in(reviewer).post(MINE, {"find": "1", "q": words})
    assert (answer.status_code, answer.headers["Location"]) == (302, MINE + address)


def test_a_number_stands_in_no_address(world: World, reviewer: User, logged_in: LogIn) -> None:
    people.household(world.village, people.person("Lý Văn Nhà", personal_id="006080123456"))
    client = logged_in(reviewer)
    answer = client.post(MINE, {"find": "1", "q": "006080123456"})
    assert "006080123456" not in answer.headers["Location"]
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Lý Văn Nhà" in page
    assert "006080123456" not in page
    told = client.get(MINE, {"q": "006080123456"}, follow=True).content.decode()
    assert "Type it again." in told
    assert "Lý Văn Nhà" not in told
