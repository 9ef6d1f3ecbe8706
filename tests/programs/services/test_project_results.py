"""Cycles of production with their results."""

from decimal import Decimal

import pytest
from pytest_django import Settings

from households.errors import Conflict, Invalid
from programs.models import Project, ProjectCycle
from programs.services import project_results
from programs.services.project_results import Cycle
from tests.factories import projects as make
from tests.programs.conftest import Land, day

TODAY = day("2024-08-21")


@pytest.fixture
def made(settings: Settings, land: Land) -> Project:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"
    make.loaded()
    return make.project(land.commune, land.officer)


def cycle(land: Land, made: Project, number: int | None = None, **facts: object) -> ProjectCycle:
    given: dict[str, object] = {
        "started_on": day("2024-03-01"), "unit": "con", "planned_quantity": Decimal(120),
    }  # fmt: skip
    kept = Cycle(**given | facts)  # type: ignore[arg-type]
    return project_results.keep_cycle(project=made, cycle=kept, by=land.officer, number=number)


def test_cycles_follow_each_other_and_end_with_a_result(land: Land, made: Project) -> None:
    assert cycle(land, made).number == 1
    ended = cycle(
        land, made, 1, ended_on=day("2024-08-01"), real_quantity=Decimal(110),
        sold_vnd=240_000_000, returned_vnd=30_000_000,
    )  # fmt: skip
    assert (ended.number, ended.real_quantity, ended.recorded_by) == (1, Decimal(110), land.officer)
    assert cycle(land, made, started_on=day("2024-08-02")).number == 2
    with pytest.raises(Invalid, match="before the cycle before"):
        cycle(land, made, started_on=day("2024-08-01"))


def test_a_result_has_a_day_and_is_not_negative(land: Land, made: Project) -> None:
    with pytest.raises(Invalid, match="day the cycle ended"):
        cycle(land, made, real_quantity=Decimal(1))
    with pytest.raises(Conflict, match="last day lies before"):
        cycle(land, made, ended_on=day("2024-02-01"))
    with pytest.raises(Conflict, match="not below zero"):
        cycle(land, made, planned_quantity=Decimal(-1))
