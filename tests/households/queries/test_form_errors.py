"""Which complete forms are in error, and that my work, its list and the form itself agree."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import InRound, PovertyClass
from households.models import Assessment, Survey, User
from households.queries import form_errors, household_search, my_work
from households.queries.household_search import Wanted
from households.services import surveys
from households.views import survey_results
from tests.factories import reviews
from tests.households.conftest import World

LogIn = Callable[[User], Client]
POOR: dict[str, Any] = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}


@pytest.mark.parametrize(
    ("paper", "is_wrong"),
    [
        ({}, False),
        ({"b2_points_paper": 30, "class_paper": PovertyClass.POOR}, False),
        ({"b2_points_paper": 40}, True),
        ({"class_paper": PovertyClass.NEAR_POOR}, True),
    ],
)
def test_a_paper_that_says_something_else_is_an_error_as_on_the_form_itself(
    world: World, paper: dict[str, Any], is_wrong: bool
) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer, **POOR, **paper)
    found = form_errors.in_error(Survey.objects.all())
    assert found.exists() == is_wrong
    (told,) = survey_results.explained(survey)
    assert bool(told.paper_differences) == is_wrong


def test_an_open_class_is_an_error_and_a_draft_is_none(world: World) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer, **POOR)
    surveys.start(round=world.round, village=world.village, by=world.officer)
    assert not form_errors.in_error(Survey.objects.all()).exists()
    Assessment.objects.filter(survey=survey).update(poverty_class=None)
    assert form_errors.in_error(Survey.objects.all()).get() == survey


def test_my_work_counts_them_and_leads_to_the_households_behind(
    world: World, logged_in: LogIn
) -> None:
    wrong = reviews.surveyed(
        world.round, world.village, world.officer, **POOR, class_paper=PovertyClass.NEAR_POOR
    )
    reviews.surveyed(world.round, world.village, world.officer, **POOR)
    (work,) = my_work.work_of(world.officer)
    assert [(unit.complete, unit.in_error) for unit in work.units] == [(2, 1)]
    found = household_search.find(world.officer, Wanted(in_round=InRound.ERROR))
    assert list(found.values_list("pk", flat=True)) == [wrong.household_id]
    client = logged_in(world.officer)
    link = f"{reverse('households:household_list')}?round=error&amp;village={world.village.pk}"
    assert link in client.get("/").content.decode()
