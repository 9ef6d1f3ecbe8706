"""What a trial says of a household stands in no list, paper, search or error: in the review of 2026
every form is scored under the next standard too, whose numbers nobody confirmed."""

from types import SimpleNamespace

import pytest

from households.choices import PovertyClass
from households.models import Assessment, Survey
from households.queries import form_errors, household_search, trials, village_papers
from households.services import class_changes, result_slips, wishes
from tests.factories import reviews
from tests.households.conftest import World

POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}


@pytest.fixture
def both(world: World) -> SimpleNamespace:
    """A poor household of a round with std_2022 and, as a trial, std_2027."""
    round = reviews.periodic(world.province, 2026, reviews.standard())
    opening = reviews.with_trial(round)
    survey = reviews.surveyed(
        round, world.village, world.officer, members=[reviews.adult(personal_id="006080123456")],
        **POOR,
    )  # fmt: skip
    found = dict(Assessment.objects.filter(survey=survey).values_list("standard", "poverty_class"))
    assert found[opening.pk] is None
    return SimpleNamespace(round=round, opening=opening, survey=survey)


def test_which_are_trials(world: World, both: SimpleNamespace) -> None:
    assert trials.of_rounds() == [(both.round.pk, both.opening.pk)]
    kept = trials.without(Assessment.objects.filter(survey=both.survey))
    assert [one.standard.code for one in kept] == ["std_2022"]


def test_papers_of_the_meeting_and_the_posting_tell_the_class_that_is_decided(
    world: World, both: SimpleNamespace
) -> None:
    [row] = village_papers.reviewed(both.round, world.village)
    assert (row.result, row.b2_points) == (PovertyClass.POOR, 30)


def test_a_form_is_not_in_error_for_what_only_the_trial_lacks(
    world: World, both: SimpleNamespace
) -> None:
    assert not form_errors.in_error(Survey.objects.filter(round=both.round)).exists()


def test_searches_show_the_class_that_waits_for_its_decision(
    world: World, both: SimpleNamespace
) -> None:
    household = both.survey.household_id
    assert household_search.latest_undecided([household])[household].poverty_class == "POOR"
    reviews.listed(both.round, world.commune, world.officer, both.survey.household)
    assert household_search.latest_undecided([household]) == {}


def test_a_slip_shows_the_class_that_counts(world: World, both: SimpleNamespace) -> None:
    slip = result_slips.issue(surveys=[both.survey], by=world.officer)[both.survey.pk]
    shown = result_slips.show(token=slip.token, birth_year=1980, last_four="3456")
    assert shown is not None
    assert shown.poverty_class == PovertyClass.POOR


def test_a_trial_is_not_what_somebody_saw(world: World, both: SimpleNamespace) -> None:
    opening = Assessment.objects.filter(survey=both.survey, standard=both.opening)
    opening.update(poverty_class=PovertyClass.NOT_POOR)
    seen = class_changes.seen(both.survey, complete=True)
    assert seen is not None
    assert list(seen.classes.values()) == [PovertyClass.POOR]


def test_causes_are_asked_of_who_is_poor_by_what_decides(
    world: World, both: SimpleNamespace
) -> None:
    assert wishes.are_asked_of(both.survey)
    scored = Assessment.objects.filter(survey=both.survey)
    scored.update(poverty_class=PovertyClass.NOT_POOR)
    scored.filter(standard=both.opening).update(poverty_class=PovertyClass.POOR)
    assert not wishes.are_asked_of(both.survey)
