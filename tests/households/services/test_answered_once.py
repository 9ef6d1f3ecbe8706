"""What is sent again under its key gets its first answer; what failed may be sent again."""

from unittest.mock import Mock

import pytest

from households.choices.api import ApiScope
from households.errors import Conflict, Refused
from households.models import AnsweredOnce, ApiClient
from households.services import answered_once
from households.services.answered_once import Answer
from tests.factories import api, areas

SENT = {"a": 1, "b": [True, None]}


@pytest.fixture
def client(db: None) -> ApiClient:
    return api.client_of(areas.province(), ApiScope.AGGREGATES)


def test_it_is_made_once(client: ApiClient) -> None:
    make = Mock(return_value=Answer(201, "application/json", '{"việc": "xong"}'))
    first = answered_once.once(client=client, key="k", sent=SENT, make=make)
    again = answered_once.once(client=client, key="k", sent={"b": [True, None], "a": 1}, make=make)
    assert (first, make.call_count) == (again, 1)
    with pytest.raises(Conflict) as other:
        answered_once.once(client=client, key="k", sent=SENT | {"a": 2}, make=make)
    assert (other.value.code, make.call_count) == ("key_used", 1)


def test_keys_are_each_clients_own(client: ApiClient) -> None:
    other = api.client_of(client.area, ApiScope.AGGREGATES, name="Khác")
    make = Mock(return_value=Answer(200, "application/json", "{}"))
    for one in (client, other):
        answered_once.once(client=one, key="k", sent=SENT, make=make)
    assert make.call_count == AnsweredOnce.objects.count() == 2


def test_what_failed_is_not_kept(client: ApiClient) -> None:
    with pytest.raises(Refused):
        answered_once.once(client=client, key="k", sent=SENT, make=Mock(side_effect=Refused("no")))
    assert not AnsweredOnce.objects.exists()
    made = Answer(200, "application/json", "{}")
    assert answered_once.once(client=client, key="k", sent=SENT, make=lambda: made) == made
