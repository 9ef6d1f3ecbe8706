"""Names that a system reads are written down first, or not given."""

import pytest

from households.choices.api import ApiScope
from households.errors import Invalid, Refused
from households.models import ApiToken, AuditEvent
from households.services import api_lists
from tests.factories import api, figures
from tests.factories.figures import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return figures.land()


def token(world: World, scope: ApiScope) -> ApiToken:
    client = api.client_of(world.a, scope)
    api.secret_of(client)
    return client.tokens.get()


def test_it_is_one_act_that_names_the_households(world: World) -> None:
    act = api_lists.record(
        token=token(world, ApiScope.LISTS), area=world.a, asked={"class": "poor"},
        households=[9, 3], purpose=" đối chiếu ",
    )  # fmt: skip
    assert AuditEvent.objects.get(verb=api_lists.READ) == act
    assert (act.details["households"], act.details["count"]) == ([3, 9], 2)
    assert act.reason == "đối chiếu"


def test_not_without_the_right_nor_without_a_purpose(world: World) -> None:
    given = {"area": world.a, "asked": {}, "households": []}
    with pytest.raises(Refused):
        api_lists.record(token=token(world, ApiScope.EXACT), purpose="x", **given)
    api_lists_token = ApiToken.objects.get()
    api_lists_token.client.scopes = [ApiScope.NUMBERS.value]
    with pytest.raises(Invalid):
        api_lists.record(token=api_lists_token, purpose="  ", **given)
    assert not AuditEvent.objects.filter(verb=api_lists.READ).exists()
