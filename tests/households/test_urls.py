"""Another commune's families tried by every address, and every address tried without log-in."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from households.choices import Role
from households.models import User
from tests.factories import reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]

#: Open to everyone: what one needs before there is a session.
OPEN = {"login", "set_language", "password_reset_confirm", "password_reset_complete", "health"}


def named_patterns() -> Iterator[tuple[str, URLPattern]]:
    def walk(patterns: list, namespace: str) -> Iterator[tuple[str, URLPattern]]:
        for one in patterns:
            if isinstance(one, URLPattern):
                if one.name:
                    yield f"{namespace}{one.name}", one
            elif one.namespace != "admin":
                inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
                yield from walk(one.url_patterns, inner)

    yield from walk(get_resolver().url_patterns, "")


NAMES = sorted({name for name, __ in named_patterns()})


def address(name: str, given: dict[str, object]) -> str | None:
    """The address with the given numbers in it; None when it takes others than these."""
    for found, pattern in named_patterns():
        if found == name:
            wanted = pattern.pattern.converters
            try:
                return reverse(name, kwargs={key: given[key] for key in wanted})
            except (KeyError, NoReverseMatch):
                return None
    return None


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OPEN])
def test_without_log_in_every_address_leads_to_the_log_in_page(client: Client, name: str) -> None:
    given = {"pk": 1, "person_pk": 1, "uuid": uuid.uuid4(), "code": "std_2022"}
    url = address(name, given)
    if url is None:
        pytest.skip("takes other numbers")
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code == 302, url
        assert answer["Location"].startswith("/login/"), url


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("households:")])
def test_a_stranger_learns_nothing_by_any_address(
    world: World, logged_in: LogIn, name: str
) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    theirs = reviews.surveyed(
        world.round,
        world.other_village,
        stranger,
        members=[reviews.adult("Người Xã Khác", personal_id="006080001950")],
    )
    member = theirs.members.get()
    given = {
        "pk": theirs.household_id,
        "person_pk": member.person_id,
        "uuid": theirs.uuid,
        "code": "std_2022",
    }
    url = address(name, given)
    if url is None:
        pytest.skip("takes other numbers")
    client = logged_in(world.officer)
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code in {200, 302, 403, 404, 405, 422}, url
        words = answer.content.decode()
        assert "Người Xã Khác" not in words, url
        assert "006080001950" not in words, url
    theirs.refresh_from_db()
    assert theirs.revision == 2
