"""The same page sent twice acts once, and the second is told who did it and when."""

import datetime as dt
import uuid

import pytest
from django.db.models import F

from households.errors import Conflict, Refused
from households.models import PostedOnce
from households.services import posted_once
from tests.households.conftest import World


def test_the_second_is_told_by_whom_and_when(world: World) -> None:
    token = str(uuid.uuid4())
    with posted_once.once(token, by=world.officer):
        pass
    with (
        pytest.raises(Conflict, match=r"recorded already, by .*officer.* at \d\d:\d\d"),
        posted_once.once(token, by=world.officer),
    ):
        raise AssertionError("it runs again")


def test_what_failed_may_be_sent_again(world: World) -> None:
    token = str(uuid.uuid4())
    with pytest.raises(Refused), posted_once.once(token, by=world.officer):
        raise Refused("not now")
    with posted_once.once(token, by=world.officer):
        pass
    assert PostedOnce.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x" * 5000, "'; --"])
def test_a_page_without_a_token_is_not_asked(world: World, token: str) -> None:
    for _time in range(2):
        with posted_once.once(token, by=world.officer):
            pass
    assert PostedOnce.objects.count() == 0


def test_old_tokens_are_forgotten(world: World) -> None:
    with posted_once.once(str(uuid.uuid4()), by=world.officer):
        pass
    assert posted_once.forget_old() == 0
    PostedOnce.objects.update(at=F("at") - dt.timedelta(days=8))
    assert posted_once.forget_old() == 1
