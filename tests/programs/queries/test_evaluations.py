"""Evaluations read together: what is overdue, who kept it after 12 months, what to repeat."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from programs.choices.activities import ActivityKind
from programs.models import Activity, ActivityEvaluation, Project, ProjectEvaluation
from programs.queries.evaluations import Evaluations, evaluations
from tests.factories import projects as make
from tests.programs.conftest import Land, day
from tests.programs.services.test_activities import HELD, course

TODAY = day("2024-10-15")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = TODAY
    make.loaded()


def evaluated(
    land: Land, made: Project, on: str, *, kept: int | None = None, worth: str = "YES",
    mend_by: str = "",
) -> ProjectEvaluation:  # fmt: skip
    fault = {"shortcoming": f"x {on}", "mends": "Thôn", "mend_by": day(mend_by)} if mend_by else {}
    return ProjectEvaluation.objects.create(
        project=made, evaluated_on=on, evaluated_by="Phòng", result="Đạt", started_households=20,
        kept_households=kept, worth_repeating=worth, recorded_by=land.officer, **fault,
    )  # fmt: skip


def with_inputs(land: Land, name: str) -> Project:
    """Inputs were there on 14/05/2023."""
    made = make.project(
        land.commune, land.officer, name=name, year=2023, season_deadline=day("2023-09-30")
    )
    make.walked(made, land.officer, day("2023-02-12"), 20, 10, 7, 15, 9, 30)
    return made


def told(on: str = "2024-10-15") -> Evaluations:
    return evaluations(Project.objects.all(), Activity.objects.all(), day(on))


def test_what_is_to_be_mended_stands_with_the_overdue_first(land: Land) -> None:
    made = with_inputs(land, "Lợn nái")
    evaluated(land, made, "2024-06-01", mend_by="2024-12-31")
    evaluated(land, made, "2024-06-02", mend_by="2024-09-30")
    mended = evaluated(land, made, "2024-06-03", mend_by="2024-07-31")
    mended.mended_on = day("2024-07-30")
    mended.save()
    found = told()
    assert [(one.evaluation.shortcoming, one.is_overdue) for one in found.to_mend] == [
        ("x 2024-06-02", True), ("x 2024-06-01", False),
    ]  # fmt: skip
    assert (found.overdue, found.projects, len(found.rows)) == (1, 1, 3)
    assert len(told("2024-07-15").to_mend) == 3


def test_who_kept_it_counts_once_a_project_and_only_after_twelve_months(land: Land) -> None:
    sows, tea = with_inputs(land, "Lợn nái"), with_inputs(land, "Chè")
    early = evaluated(land, sows, "2024-05-13", kept=20)
    evaluated(land, sows, "2024-05-14", kept=18)
    evaluated(land, sows, "2024-08-14", kept=16)
    evaluated(land, tea, "2024-08-14")
    evaluated(land, make.project(land.commune, land.officer), "2024-08-14", kept=9)
    found = told()
    assert (found.kept_of, found.started, found.kept, found.kept_percent) == (1, 20, 16, 80)
    too_soon = {one.evaluation.pk: one for one in found.rows}[early.pk]
    assert (too_soon.is_early, too_soon.kept_percent) == (True, 100)
    assert sum(one.is_early for one in found.rows) == 2
    assert told("2024-05-13").kept_percent is None


def test_what_is_worth_repeating_goes_first(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = with_inputs(land, "Lợn nái")
    for on, worth in (("2024-06-03", "NO"), ("2024-06-02", "CHANGED"), ("2024-06-01", "YES")):
        evaluated(land, made, on, worth=worth)
    with django_assert_num_queries(8):
        found = told()
    assert [one.evaluation.worth_repeating for one in found.rows] == ["YES", "CHANGED", "NO"]


def model(land: Land, on: str, *, kept: int | None = None, topic: str = "Nuôi ong") -> Activity:
    """Shown in May 2023, evaluated on a day: 10 households began."""
    held = replace(HELD, topic=topic, begins_on=day("2023-05-02"), ends_on=day("2023-05-31"))
    made = course(land, held, ActivityKind.MODEL)
    ActivityEvaluation.objects.create(
        activity=made, evaluated_on=on, evaluated_by="Phòng", result="Đạt", started_households=10,
        kept_households=kept, worth_repeating="CHANGED", shortcoming="x", mends="Thôn",
        mend_by=day("2024-07-01"), recorded_by=land.officer,
    )  # fmt: skip
    return made


def test_models_stand_among_the_projects_and_count_once_each(land: Land) -> None:
    sows = with_inputs(land, "Lợn nái")
    evaluated(land, sows, "2024-08-14", kept=16)
    evaluated(land, sows, "2024-06-01", kept=20)
    bees = model(land, "2024-06-15", kept=7)
    model(land, "2024-05-30", kept=10, topic="Nuôi dê")
    found = told()
    assert [(one.evaluation.of, one.is_model) for one in found.rows[:3]] == [
        (sows, False), (sows, False), (bees, True),
    ]  # fmt: skip
    assert (found.projects, found.models, found.overdue) == (1, 2, 2)
    # The goats were asked about a day too early.
    assert [one.is_early for one in found.rows] == [False, False, False, True]
    assert (found.kept_of, found.started, found.kept) == (2, 30, 23)


def test_a_model_taken_back_says_nothing(land: Land) -> None:
    made = model(land, "2024-06-15", kept=7)
    Activity.objects.filter(pk=made.pk).update(cancelled_because="Nhầm")
    assert told().rows == []
