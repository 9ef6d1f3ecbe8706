"""Everyone has his own form of a story."""

import pytest

from households.choices import Role
from households.errors import Refused
from households.models import User
from households.services import surveys
from households.services.practice import attempts
from tests.factories import users
from tests.households.services.practice.conftest import World, filled, story


def test_a_story_opens_one_form_however_often_it_is_begun(world: World) -> None:
    first = attempts.start(story=story("town"), by=world.trainee)
    assert attempts.start(story=story("town"), by=world.trainee) == first
    assert first.settlement == "URBAN"
    assert first.members.count() == 0


def test_two_trainees_have_two_forms(world: World) -> None:
    other: User = users.user("rasoat", Role.REVIEWER, world.village)
    other.is_practising = True
    mine = attempts.start(story=story("town"), by=world.trainee)
    assert attempts.start(story=story("town"), by=other) != mine


def test_nothing_begins_outside_of_the_practice_area(world: World) -> None:
    with pytest.raises(Refused):
        attempts.start(story=story("town"), by=world.officer)


def test_a_form_thrown_away_can_be_begun_again(world: World) -> None:
    first = attempts.start(story=story("town"), by=world.trainee)
    surveys.discard(survey=first, by=world.trainee)
    second = attempts.start(story=story("town"), by=world.trainee)
    assert second.household != first.household
    assert attempts.story_of(second) == story("town")


def test_the_list_tells_what_is_begun_and_complete(world: World) -> None:
    attempts.start(story=story("town"), by=world.trainee)
    done = story("alone")
    filled(attempts.start(story=done, by=world.trainee), done, world.trainee)
    tried = {one.story.code: one for one in attempts.of_user(world.trainee)}
    assert len(tried) == 10
    assert tried["alone"].is_complete
    assert tried["town"].survey
    assert not tried["town"].is_complete
    assert tried["dependants"].survey is None
    assert attempts.story_of(world.survey) is None
