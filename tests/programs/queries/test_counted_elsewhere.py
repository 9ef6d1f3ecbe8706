"""What targets count that is no benefit: approved projects and people reached."""

import datetime as dt

from pytest_django import Settings

from households.models import Area
from programs.choices.activities import ActivityKind
from programs.choices.money import Counted
from programs.choices.projects import StepOutcome
from programs.models import Activity, Programme, Project
from programs.queries.counted_elsewhere import counted_elsewhere
from programs.queries.project_counts import step_counts
from programs.queries.reach import Reach
from programs.services import project_steps
from programs.services.project_steps import Left
from tests.factories import projects
from tests.programs.conftest import Land

ON = dt.date(2024, 10, 15)


def counted(counts: Counted, *units: Area, on: dt.date = ON) -> dict[int, int]:
    """{area: number} of the programme that is counted so."""
    found = counted_elsewhere(2024, [Reach.alone(one) for one in units], on).found
    return {area: number for (_programme, area), number in found[counts].items()}


def test_an_approved_project_counts_from_the_day_of_its_approval(
    land: Land, settings: Settings
) -> None:
    settings.POVREG_TODAY = ON
    projects.loaded()
    made = projects.project(land.commune, land.officer)
    projects.walked(made, land.officer, dt.date(2024, 3, 1), 20, 10, 7, 15, 10)
    assert counted(Counted.PROJECTS, land.province, land.commune, land.other_commune) == {
        land.province.pk: 1,
        land.commune.pk: 1,
    }
    assert counted(Counted.PROJECTS, land.commune, on=dt.date(2024, 5, 1)) == {}


def test_it_is_the_step_that_approves_and_both_counts_say_the_same(
    land: Land, settings: Settings
) -> None:
    settings.POVREG_TODAY = ON
    projects.loaded()
    only_money = projects.project(land.commune, land.officer, name="Gừng")
    projects.walked(only_money, land.officer, dt.date(2024, 3, 1), 20)
    approved = projects.project(land.commune, land.officer)
    rejected = projects.project(land.commune, land.officer, name="Chè")
    for made in (approved, rejected):
        projects.walked(made, land.officer, dt.date(2024, 3, 1), 20, 10, 7, 15, 10)
    for made in (only_money, rejected):
        made.committed_vnd, made.committed_on = 1, dt.date(2024, 5, 2)
        made.decision_number = "5/QĐ"
        made.save()
    left = Left(dt.date(2024, 6, 3), StepOutcome.REJECTED, note="Không còn nhà thầu")
    project_steps.leave(project=rejected, left=left, by=land.officer)
    assert counted(Counted.PROJECTS, land.commune) == {land.commune.pk: 1}
    (steps,) = step_counts(Project.objects.all(), ON)
    assert (steps.passed[3:5], steps.rejected) == ([2, 1], 1)
    before = dt.date(2024, 6, 1)
    assert counted(Counted.PROJECTS, land.commune, on=before) == {land.commune.pk: 2}
    (steps,) = step_counts(Project.objects.all(), before)
    assert steps.passed[4] == 2


def test_people_reached_are_summed_where_somebody_counted(land: Land) -> None:
    for commune, reached, cancelled in (
        (land.commune, 40, ""), (land.commune, 25, ""), (land.other_commune, None, ""),
        (land.other_commune, 90, "nhầm"),
    ):  # fmt: skip
        Activity.objects.create(
            programme=Programme.objects.get(code="communication"), kind=ActivityKind.EVENT,
            topic="Chuẩn nghèo", begins_on=dt.date(2024, 4, 1), ends_on=dt.date(2024, 4, 1),
            commune=commune, people_reached=reached, cancelled_because=cancelled,
            recorded_by=land.officer,
        )  # fmt: skip
    assert counted(Counted.PEOPLE_REACHED, land.district) == {land.district.pk: 65}
