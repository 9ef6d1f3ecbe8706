"""How many projects had reached which step on a day: the seed's question, of invented ones."""

from decimal import Decimal

import pytest
from pytest_django import Settings

from households.choices import Role
from programs.choices.projects import StepOutcome
from programs.models import Project
from programs.queries.project_counts import STAGES, step_counts
from programs.queries.project_progress import standings
from programs.queries.project_ways_out import ways_out
from programs.services import project_results, project_steps
from programs.services.project_results import Cycle
from programs.services.project_steps import Left
from tests.factories import projects as make
from tests.factories import users
from tests.programs.conftest import Land, day

TODAY = day("2024-08-21")
DOSSIER, APPRAISED, APPROVED = 1, 3, 4


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"
    make.loaded()


def counts(on: str, *by: str) -> dict[str, tuple[int, list[int], list[int]]]:
    found = step_counts(Project.objects.all(), day(on), by=by or ["owner_kind"])
    return {one.name: (one.projects, one.passed, one.waiting) for one in found}


def test_the_steps_have_one_order() -> None:
    assert STAGES[DOSSIER] == ("dossier",)
    assert STAGES[APPRAISED] == ("appraisal",)


def test_projects_are_counted_by_kind_and_step_on_any_day(land: Land) -> None:
    for _number in range(2):
        made = make.project(land.commune, land.officer)
        make.walked(made, land.officer, day("2024-05-01"), 20, 10, 7, 15)
    simple = make.project(land.commune, land.officer, "community_simple")
    make.walked(simple, land.officer, day("2024-06-01"), 10, 10)
    chain = make.project(
        land.commune, land.officer, "value_chain", year=2025, season_deadline=day("2025-03-01")
    )
    make.walked(chain, land.officer, day("2024-07-01"), 30)
    now = counts("2024-08-21")
    # The simplified procedure appraises and approves at once: it is appraised too.
    assert (now["Community"][0], now["Community"][1][APPRAISED]) == (3, 3)
    assert (now["Community"][1][APPROVED], now["Community"][2][APPROVED]) == (1, 2)
    assert now["Value chain"][1][: DOSSIER + 2] == [1, 1, 0]
    early = counts("2024-06-20")
    assert early["Community"][1][APPRAISED] == 0
    assert early["Value chain"][1][DOSSIER] == 0


def test_owner_year_and_place_can_be_asked_together(land: Land) -> None:
    make.project(land.commune, land.officer, lead_unit="Hợp tác xã A")
    chief = users.user("chief", Role.DEPARTMENT, land.province)
    make.project(land.other_commune, chief, "value_chain", lead_unit="Hợp tác xã B")
    assert list(counts("2024-08-21", "owner", "year")) == [
        "Hợp tác xã A · 2024", "Hợp tác xã B · 2024",
    ]  # fmt: skip
    assert list(counts("2024-08-21", "district", "commune")) == [
        "Huyện Thử · Xã Khác", "Huyện Thử · Xã Thử",
    ]  # fmt: skip


def test_rejected_ones_and_later_cycles_are_told_apart(land: Land) -> None:
    made = make.project(land.commune, land.officer)
    make.walked(made, land.officer, day("2024-05-01"), 20)
    left = Left(day("2024-06-01"), StepOutcome.REJECTED, note="Thiếu hộ")
    project_steps.leave(project=made, left=left, by=land.officer)
    sows = make.project(land.commune, land.officer, name="Lợn nái")
    for started in ("2024-01-01", "2024-06-01"):
        cycle = Cycle(day(started), "con", Decimal(10))
        project_results.keep_cycle(project=sows, cycle=cycle, by=land.officer)
    (now,) = step_counts(Project.objects.all(), TODAY)
    assert (now.projects, now.rejected, now.later_cycle) == (2, 1, 1)
    (before,) = step_counts(Project.objects.all(), day("2024-05-31"))
    assert (before.rejected, before.later_cycle) == (0, 0)


def test_the_year_of_the_seed_is_read_back(land: Land) -> None:
    """13 community projects appraised, 7 value-chain dossiers drawn up for the next year, 2
    value-chain projects in a later cycle, one of them the sows with their buyer."""
    for number in range(13):
        made = make.project(land.commune, land.officer, name=f"Cộng đồng {number}")
        make.walked(made, land.officer, day("2024-05-01"), 20, 10, 7, 15)
    waiting = make.project(land.commune, land.officer, name="Chưa thẩm định")
    make.walked(waiting, land.officer, day("2024-05-01"), 20, 10)
    for number in range(7):
        made = make.project(
            land.commune, land.officer, "value_chain", name=f"Chuỗi {number}", year=2025,
            season_deadline=day("2025-03-01"),
        )  # fmt: skip
        make.walked(made, land.officer, day("2024-07-01"), 30)
    for name, buyer in (("Lợn nái Trần Phú", "Công ty giống"), ("Miến dong", "")):
        made = make.project(
            land.commune, land.officer, "value_chain", name=name, buyer=buyer, year=2023,
            season_deadline=day("2023-09-30"),
        )  # fmt: skip
        for started in ("2023-06-01", "2024-06-01"):
            cycle = Cycle(day(started), "con", Decimal(10))
            project_results.keep_cycle(project=made, cycle=cycle, by=land.officer)
    found = {
        one.name: one
        for one in step_counts(Project.objects.all(), TODAY, by=["owner_kind", "year"])
    }
    assert (found["Community · 2024"].projects, found["Community · 2024"].passed[APPRAISED]) == (
        14, 13,
    )  # fmt: skip
    assert found["Value chain · 2025"].passed[DOSSIER : DOSSIER + 2] == [7, 0]
    assert found["Value chain · 2023"].later_cycle == 2
    assert Project.objects.exclude(buyer="").get().name == "Lợn nái Trần Phú"


def test_the_way_out_reckons_with_the_simplified_steps(land: Land) -> None:
    made = make.project(land.commune, land.officer)
    make.walked(made, land.officer, day("2024-05-24"), 20, 10, 7)
    rows = standings(Project.objects.all(), TODAY)
    (way,) = ways_out(rows, TODAY)
    # Approval in 10 days and inputs in 20, instead of 15 + 7 + 30.
    assert (way.days_left, way.days_needed, way.shorter_on) == (40, 52, day("2024-09-20"))
    assert way.shorter_is_in_time
    assert ways_out(standings(Project.objects.all(), day("2024-07-01")), day("2024-07-01")) == []
