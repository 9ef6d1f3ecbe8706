"""A dossier on its way: the order of steps and days, rejection, reopening, taking back."""

import datetime as dt

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent, RowHistory
from programs.choices.projects import StepOutcome
from programs.models import Project, ProjectStep
from programs.queries import project_progress
from programs.queries.project_entries import last_entry
from programs.services import project_steps
from programs.services.project_steps import Held, Left
from tests.factories import projects as make
from tests.factories import users
from tests.programs.conftest import Land, day

TODAY = day("2024-08-21")


@pytest.fixture
def made(settings: Settings, land: Land) -> Project:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"
    make.loaded()
    return make.project(land.commune, land.officer)


def entered(land: Land, made: Project, number: int, on: str, **held: str) -> ProjectStep:
    step = made.procedure.steps.get(number=number)
    return project_steps.enter(
        project=made, step=step, entered_on=day(on), held=Held(**held), by=land.officer
    )


def left(
    land: Land, made: Project, on: str, outcome: StepOutcome = StepOutcome.DONE, **more: object
) -> ProjectStep:
    given = Left(day(on), outcome, **more)  # type: ignore[arg-type]
    return project_steps.leave(project=made, left=given, by=land.officer)


def test_the_dossier_goes_from_step_to_step(land: Land, made: Project) -> None:
    make.walked(made, land.officer, day("2024-06-01"), 20, 10, 7)
    found = project_progress.of_project(made, TODAY)
    assert (found.progress.done, found.progress.at) == (3, 4)
    assert found.progress.since == day("2024-06-01") + dt.timedelta(days=37)
    # Who acts there by the procedure, where nobody else is named.
    assert found.waits_at == "Hội đồng (tổ) thẩm định"


def test_the_board_knows_that_it_slips_before_the_season_is_lost(land: Land, made: Project) -> None:
    make.walked(made, land.officer, day("2024-05-24"), 20, 10, 7)
    assert not project_progress.of_project(made, day("2024-07-10")).progress.will_miss
    slipped = project_progress.of_project(made, TODAY).progress
    assert (slipped.will_miss, slipped.needs_reminder) == (True, True)
    assert slipped.on < made.season_deadline


def test_steps_and_days_keep_their_order(land: Land, made: Project) -> None:
    with pytest.raises(Invalid, match="not the step that follows"):
        entered(land, made, 2, "2024-06-01")
    with pytest.raises(Invalid, match="lies in no step"):
        left(land, made, "2024-06-01")
    entered(land, made, 1, "2024-06-01")
    with pytest.raises(Invalid, match="still lies in the step before"):
        entered(land, made, 2, "2024-06-02")
    with pytest.raises(Invalid, match="on the day it was entered, or later"):
        left(land, made, "2024-05-31")
    left(land, made, "2024-06-10")
    with pytest.raises(Invalid, match="before the step before it was left"):
        entered(land, made, 2, "2024-06-09")
    with pytest.raises(Invalid, match="still to come"):
        entered(land, made, 2, "2024-08-22")
    assert entered(land, made, 2, "2024-06-10", office="Tổ ông Sình").office == "Tổ ông Sình"


def test_a_step_of_another_procedure_is_refused(land: Land, made: Project) -> None:
    other = make.project(land.commune, land.officer, "value_chain").procedure
    with pytest.raises(Invalid, match="another procedure"):
        project_steps.enter(
            project=made, step=other.steps.get(number=1), entered_on=TODAY, held=Held(),
            by=land.officer,
        )  # fmt: skip


def test_rejected_with_a_reason_and_reopened_with_one(land: Land, made: Project) -> None:
    make.walked(made, land.officer, day("2024-06-01"), 20, 10, 7)
    with pytest.raises(Invalid, match="Write why"):
        left(land, made, "2024-07-20", StepOutcome.REJECTED)
    left(land, made, "2024-07-20", StepOutcome.REJECTED, note="Thiếu phương án đầu ra")
    assert project_progress.of_project(made, TODAY).progress.is_rejected
    with pytest.raises(Invalid, match="at that step or at one before"):
        entered(land, made, 5, "2024-07-21", note="x")
    with pytest.raises(Invalid, match="why it is reopened"):
        entered(land, made, 2, "2024-07-21")
    entered(land, made, 2, "2024-07-21", note="Đã có hợp đồng bao tiêu")
    again = project_progress.of_project(made, TODAY).progress
    assert (again.done, again.at, again.is_rejected) == (1, 2, False)
    # On the days before, it still stands as it stood then.
    assert project_progress.of_project(made, day("2024-07-19")).progress.done == 3


def test_papers_of_the_step_are_kept_and_no_others(land: Land, made: Project) -> None:
    entered(land, made, 1, "2024-06-01")
    with pytest.raises(Invalid, match="no such paper"):
        left(land, made, "2024-06-02", papers=["decision"])
    assert left(land, made, "2024-06-02", papers=["minutes"]).papers == ["minutes"]


def taken_back(land: Land, made: Project, entry: str, reason: str = "Nhầm ngày") -> None:
    project_steps.take_back(project=made, entry=entry, reason=reason, by=land.officer)


def last_key(made: Project) -> str:
    found = last_entry(made)
    assert found
    return found.key


def test_the_last_entry_is_taken_back_and_stays_on_record(land: Land, made: Project) -> None:
    with pytest.raises(Invalid, match="No step is recorded"):
        taken_back(land, made, "any")
    make.walked(made, land.officer, day("2024-06-01"), 20)
    with pytest.raises(Invalid, match="Write why"):
        taken_back(land, made, last_key(made), " ")
    taken_back(land, made, last_key(made))
    taken_back(land, made, last_key(made))
    found = project_progress.of_project(made, TODAY)
    assert (found.progress.at, found.stay and found.stay.left_on) == (1, None)
    kept = RowHistory.objects.filter(table_name="programs_projectstep", operation="D")
    assert kept.count() == 1


def test_the_step_that_is_taken_back_is_the_one_that_is_named(land: Land, made: Project) -> None:
    make.walked(made, land.officer, day("2024-06-01"), 20)
    with pytest.raises(Invalid, match="did not say which step"):
        taken_back(land, made, "")
    shown = last_key(made)
    taken_back(land, made, shown)
    # A double click, or a page opened before: the leaving of the step before it stays.
    with pytest.raises(Conflict, match="not the last one any more"):
        taken_back(land, made, shown)
    assert made.stays.get().left_on == day("2024-06-21")
    assert AuditEvent.objects.filter(verb="project.take_back_step").count() == 1


def test_a_step_left_again_on_the_same_day_is_another_entry(land: Land, made: Project) -> None:
    entered(land, made, 1, "2024-06-01")
    left(land, made, "2024-06-10")
    before = last_key(made)
    taken_back(land, made, before)
    left(land, made, "2024-06-10")
    with pytest.raises(Conflict):
        taken_back(land, made, before)
    taken_back(land, made, last_key(made))


def test_it_is_known_who_recorded_the_last_entry(land: Land, made: Project) -> None:
    colleague = users.user("colleague", Role.COMMUNE_OFFICER, land.commune)
    entered(land, made, 1, "2024-06-01")
    found = last_entry(made)
    assert found
    assert found.act
    assert (found.act.by, found.is_leaving) == (land.officer, False)
    given = Left(day("2024-06-10"), StepOutcome.DONE)
    project_steps.leave(project=made, left=given, by=colleague)
    found = last_entry(made)
    assert found
    assert found.act
    assert (found.act.by, found.is_leaving) == (colleague, True)


def test_another_area_is_refused(land: Land, made: Project) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        make.walked(made, stranger, day("2024-06-01"), 20)
    with pytest.raises(Refused):
        project_steps.take_back(project=made, entry="x", reason="x", by=stranger)
