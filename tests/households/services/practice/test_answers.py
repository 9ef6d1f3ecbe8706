"""What differs from the right answers is named, with what it does."""

import datetime as dt

import pytest

from households.services import surveys
from households.services.practice import answers, attempts, stories
from households.services.practice.stories import Story
from tests.households.services.practice.conftest import World, filled, story


@pytest.mark.parametrize("told", stories.every(), ids=lambda one: one.code)
def test_who_heard_it_well_has_it_all_right(world: World, told: Story) -> None:
    done = filled(attempts.start(story=told, by=world.trainee), told, world.trainee)
    found = answers.compare(done, told)
    assert found.is_right
    assert found.agreed == found.compared > 20
    assert found.yours.poverty_class == found.right.poverty_class == told.poverty_class


def test_a_wrong_answer_is_named_with_its_indicator(world: World) -> None:
    told = story("three-lacks")
    done = filled(
        attempts.start(story=told, by=world.trainee), told, world.trainee, water_clean=True
    )
    found = answers.compare(done, told)
    (wrong,) = found.differences
    assert (wrong.member, wrong.field, wrong.yours, wrong.right) == ("", "water_clean", True, False)
    assert [one.code for one in wrong.indicators] == ["water"]
    assert (found.yours.poverty_class, found.right.poverty_class) == ("NEAR_POOR", "POOR")


def test_a_member_left_out_one_too_many_and_one_misspelled(world: World) -> None:
    told = story("three-lacks")
    survey = attempts.start(story=told, by=world.trainee)
    father, mother, son = told.members
    surveys.save(
        survey=survey,
        values=dict(told.household),
        members=[
            {"full_name": "luong van thoc", "birth_date": father["birth_date"]},
            {"full_name": "Lường Thị Mây", "birth_date": mother["birth_date"]},
            {"full_name": "Ai Đó", "birth_date": dt.date(1999, 9, 9)},
        ],
        revision=survey.revision,
        complete=False,
        by=world.trainee,
    )
    survey.refresh_from_db()
    found = answers.compare(survey, told)
    assert found.missing == (son["full_name"],)
    assert found.extra == ("Ai Đó",)
    assert ("Lường Thị Mẩy", "full_name") in {(d.member, d.field) for d in found.differences}


def test_a_form_just_begun_can_be_compared_too(world: World) -> None:
    told = story("town")
    found = answers.compare(attempts.start(story=told, by=world.trainee), told)
    assert len(found.missing) == 4
    assert found.yours.poverty_class is None
    assert not found.is_right
