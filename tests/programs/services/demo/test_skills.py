"""The demonstration shows activities, trainees, jobs, checks and a plan list."""

import pytest
from pytest_django import Settings

from households.choices import DecisionOrigin
from households.services.system_user import system_user
from programs.models import (
    Activity,
    ActivityEvaluation,
    AgreedAction,
    Companion,
    Employment,
    EmploymentCheck,
    Participation,
    PlanEntry,
)
from programs.services.demo import skills as demo
from tests.factories import families, plans, reviews
from tests.programs.conftest import Land, day


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-06-01")


def test_every_list_has_rows(land: Land) -> None:
    land.round.is_closed = True
    land.round.save()
    round = reviews.periodic(land.province, 2023, reviews.standard())
    decision = families.decided(
        land.commune, round, reviews.standard(), land.officer, since=day("2024-01-01"),
        origin=DecisionOrigin.PROCEDURE,
    )  # fmt: skip
    for _ in range(8):
        plans.decided_form(decision, land.village, land.officer)
    demo.load(by=system_user())
    made = {
        model.__name__: model._default_manager.count()
        for model in (Activity, Participation, Employment, EmploymentCheck, PlanEntry, Companion,
                      AgreedAction, ActivityEvaluation)
    }  # fmt: skip
    assert made["Activity"] == 4
    assert all(made.values()), made


def test_nothing_is_made_where_no_commune_has_a_list(land: Land) -> None:
    demo.load(by=system_user())
    assert not Activity.objects.exists()
