"""Opening projects, approving and moving them: what is taken, and each refusal with its rule."""

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent
from programs.models import Project, ProjectProcedure
from programs.services import projects
from tests.factories import projects as make
from tests.factories import users
from tests.programs.conftest import Land, day


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = day("2024-08-21")
    settings.LANGUAGE_CODE = "en"
    make.loaded()


def test_a_project_keeps_its_plan_and_its_communes(land: Land) -> None:
    made = projects.open_project(
        commune=land.commune, procedure=ProjectProcedure.objects.get(code="value_chain"),
        plan=make.plan(), by=land.officer, other_communes=[land.other_commune, land.commune],
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.owner_kind, made.planned_vnd, made.cost_vnd) == (
        "VALUE_CHAIN", 840_000_000, 1_000_000_000,
    )  # fmt: skip
    assert list(made.other_communes.all()) == [land.other_commune]
    assert AuditEvent.objects.filter(verb="project.open", area=land.commune).count() == 1


def test_who_has_no_right_there_opens_and_changes_nothing(land: Land) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        make.project(land.commune, stranger)
    made = make.project(land.commune, users.user("chief", Role.DEPARTMENT, land.province))
    with pytest.raises(Refused):
        projects.change(project=made, plan=make.plan(), by=stranger, other_communes=[])
    land.commune.is_practice = True
    with pytest.raises(Refused, match="practice area"):
        make.project(land.commune, land.officer)


def test_what_cannot_be_a_project_is_refused(land: Land) -> None:
    with pytest.raises(Conflict, match="season ends in the plan year"):
        make.project(land.commune, land.officer, season_deadline=day("2023-12-31"))
    with pytest.raises(Conflict, match="has a name"):
        make.project(land.commune, land.officer, name="")
    with pytest.raises(Invalid, match="not in force in the plan year"):
        make.project(
            land.commune, land.officer, "community_simple",
            year=2023, season_deadline=day("2023-12-31"),
        )  # fmt: skip
    assert not Project.objects.exists()


def test_the_plan_is_corrected(land: Land) -> None:
    made = make.project(land.commune, land.officer)
    changed = projects.change(
        project=made, plan=make.plan(name="Ngô xuân"), by=land.officer,
        other_communes=[land.other_commune],
    )  # fmt: skip
    assert (changed.name, changed.other_communes.count()) == ("Ngô xuân", 1)
    # A season that slips is not corrected away.
    make.walked(made, land.officer, day("2024-06-01"), 20)
    later = make.plan(season_deadline=day("2024-12-31"))
    with pytest.raises(Invalid, match="moved with a reason"):
        projects.change(project=made, plan=later, by=land.officer, other_communes=[])


def test_approval_has_a_number_and_lies_in_the_past(land: Land) -> None:
    made = make.project(land.commune, land.officer)
    facts = {"project": made, "committed_vnd": 800_000_000, "by": land.officer}
    with pytest.raises(Invalid, match="still to come"):
        projects.approve(committed_on=day("2024-08-22"), decision_number="12/QĐ", **facts)
    with pytest.raises(Invalid, match="number of the decision"):
        projects.approve(committed_on=day("2024-08-20"), decision_number=" ", **facts)
    kept = projects.approve(committed_on=day("2024-08-20"), decision_number="12/QĐ", **facts)
    assert (kept.committed_vnd, kept.decision_number) == (800_000_000, "12/QĐ")


def test_a_season_is_moved_with_its_reason(land: Land) -> None:
    made = make.project(land.commune, land.officer)
    facts = {"project": made, "season": "Vụ xuân 2025", "by": land.officer}
    with pytest.raises(Invalid) as raised:
        projects.move_season(season_deadline=day("2024-08-20"), reason="", **facts)
    assert set(raised.value.fields) == {"reason", "season_deadline"}
    moved = projects.move_season(
        season_deadline=day("2025-02-28"), reason="Giống về muộn", **facts
    )  # fmt: skip
    assert moved.season_deadline == day("2025-02-28")
    assert AuditEvent.objects.get(verb="project.move_season").reason == "Giống về muộn"


def test_a_reminder_names_the_step_that_waits(land: Land) -> None:
    made = make.project(land.commune, land.officer)
    make.walked(made, land.officer, day("2024-06-01"), 20, 10, 7)
    kept = projects.remind(
        project=made, reminded_on=day("2024-08-20"), reminded_whom="Hội đồng thẩm định",
        words="Hẹn họp 25/08", by=land.officer,
    )  # fmt: skip
    assert kept.step
    assert kept.step.code == "appraisal"
    with pytest.raises(Conflict, match="who was reminded"):
        projects.remind(
            project=made, reminded_on=day("2024-08-20"), reminded_whom=" ", words="x",
            by=land.officer,
        )  # fmt: skip
