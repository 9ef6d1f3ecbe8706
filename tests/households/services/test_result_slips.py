"""A slip holds as long as its form stands, and shows itself to its household alone."""

import datetime as dt

import pytest

from households.models import ResultSlip, Survey
from households.services import result_slips, surveys
from households.services.result_slips import MOST_TRIES, Standing
from tests.factories import reviews
from tests.households.conftest import World


@pytest.fixture
def survey(world: World) -> Survey:
    head = reviews.adult(
        "Lường Thị Ngẫu", personal_id="006080123456", birth_date=dt.date(1980, 4, 12)
    )
    return reviews.surveyed(world.round, world.village, world.officer, members=[head])


def token_of(survey: Survey, world: World) -> str:
    return result_slips.issue(surveys=[survey], by=world.officer)[survey.pk].token


def test_printed_again_it_is_the_same_slip(world: World, survey: Survey) -> None:
    first = token_of(survey, world)
    assert token_of(survey, world) == first
    assert len(first) >= 20
    assert ResultSlip.objects.count() == 1


def test_it_holds_until_the_form_changes_or_a_later_review(world: World, survey: Survey) -> None:
    token = token_of(survey, world)
    assert result_slips.standing(token) is Standing.HOLDS
    assert result_slips.standing("nothing") is Standing.UNKNOWN
    later = reviews.periodic(world.province, 2025, reviews.standard())
    follow = reviews.surveyed(later, world.village, world.officer, household=survey.household)
    assert result_slips.standing(token) is Standing.OVER
    Survey.objects.filter(pk=follow.pk).update(as_of=dt.date(2020, 1, 1))
    assert result_slips.standing(token) is Standing.HOLDS
    member = survey.members.get()
    surveys.save(
        survey=survey, values=reviews.WELL_HOUSED | {"water_clean": False},
        members=[reviews.adult("Lường Thị Ngẫu") | {"person_id": member.person_id}],
        revision=survey.revision, complete=True, by=world.officer, reason="Nhập nhầm",
    )  # fmt: skip
    assert result_slips.standing(token) is Standing.OVER


def test_a_draft_has_no_slip(world: World) -> None:
    draft = surveys.start(round=world.round, village=world.village, by=world.officer)
    assert result_slips.issue(surveys=[draft], by=world.officer) == {}


def test_only_who_knows_the_head_sees_name_and_class(world: World, survey: Survey) -> None:
    token = token_of(survey, world)
    shown = result_slips.show(token=token, birth_year=1980, last_four="3456")
    assert shown is not None
    assert (shown.head_name, shown.year) == ("Lường Thị Ngẫu", "2024")
    for year, digits in ((1981, "3456"), (1980, "3457"), (None, ""), (1980, "")):
        assert result_slips.show(token=token, birth_year=year, last_four=digits) is None
    assert ResultSlip.objects.get().wrong_tries == 4
    assert result_slips.show(token="nothing", birth_year=1980, last_four="3456") is None


def test_after_some_wrong_tries_even_the_right_answer_shows_nothing(
    world: World, survey: Survey
) -> None:
    token = token_of(survey, world)
    for __ in range(MOST_TRIES):
        result_slips.show(token=token, birth_year=1900, last_four="0000")
    assert result_slips.show(token=token, birth_year=1980, last_four="3456") is None
    assert result_slips.standing(token) is Standing.HOLDS


def test_without_a_known_number_nothing_is_ever_shown(world: World) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer)
    token = token_of(survey, world)
    assert result_slips.show(token=token, birth_year=1980, last_four="") is None
