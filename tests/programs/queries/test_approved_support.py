"""Support approved in projects above what entries of money committed."""

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from households.models import Area
from programs.choices.money import MoneyStage
from programs.models import Project
from programs.queries import progress
from programs.queries.approved_support import ApprovedAbove, above_committed, above_committed_of
from programs.queries.reach import Reach
from programs.services import projects
from tests.factories import projects as make
from tests.factories.money import entry, programme
from tests.programs.conftest import Land, day

ON = day("2024-10-15")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = ON
    make.loaded()


def approved(land: Land, vnd: int, on: str = "2024-05-01", **facts: object) -> Project:
    made = make.project(land.commune, land.officer, **facts)
    return projects.approve(
        project=made, committed_vnd=vnd, committed_on=day(on), decision_number="1/QĐ",
        by=land.officer,
    )  # fmt: skip


def committed(area: Area, land: Land, vnd: int) -> None:
    entry(area, land.officer, vnd, code="livelihood", stage=MoneyStage.COMMITTED)


def of(made: Project, *areas: Area, on: str = "2024-10-15") -> ApprovedAbove | None:
    return above_committed_of(made, [Reach.alone(one) for one in areas], day(on))


def test_projects_of_a_commune_and_year_are_taken_together(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = approved(land, 300)
    approved(land, 200, on="2024-09-01")
    approved(land, 900, year=2023, season_deadline=day("2023-09-30"))
    committed(land.commune, land, 400)
    made = Project.objects.select_related("programme", "commune").get(pk=made.pk)
    with django_assert_num_queries(2):
        found = of(made, land.commune)
    assert found == ApprovedAbove(programme("livelihood"), land.commune, 500, 400)
    assert found.over_vnd == 100
    # What was not approved yet on the day does not count on it.
    assert of(made, land.commune, on="2024-08-31") is None


def test_as_much_as_was_committed_is_no_more(land: Land) -> None:
    made = approved(land, 400)
    committed(land.commune, land, 400)
    assert of(made, land.commune) is None


def test_the_nearest_area_with_money_is_compared(land: Land) -> None:
    made = approved(land, 500)
    assert of(made, land.commune, land.district) is None  # nobody keeps its money here
    committed(land.district, land, 400)
    found = of(made, land.commune, land.district)
    assert found
    assert (found.area, found.committed_vnd) == (land.district, 400)
    committed(land.commune, land, 600)
    assert of(made, land.commune, land.district) is None


def test_money_allocated_and_not_committed_is_nothing_committed(land: Land) -> None:
    made = approved(land, 500)
    entry(land.commune, land.officer, 900, code="livelihood")
    found = of(made, land.commune)
    assert found
    assert (found.approved_vnd, found.committed_vnd) == (500, 0)


def test_rows_of_a_page_of_money_are_judged_each_in_its_area(land: Land) -> None:
    approved(land, 500)
    committed(land.district, land, 700)
    committed(land.commune, land, 450)
    units = [Reach.alone(one) for one in (land.district, land.commune, land.other_commune)]
    rows = [row for unit in units for row in progress.of_area(unit, 2024, ON)]
    found = above_committed(rows, 2024, units, ON)
    assert [(one.area, one.over_vnd) for one in found] == [(land.commune, 50)]
