"""Coverage in the figures: the least served first, each gap with its list."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from reports.views.figures import support
from tests.factories import families, people
from tests.programs.conftest import Land, day
from tests.programs.conftest import land as land
from tests.programs.queries.test_standing import given, poor
from tests.reports.views.figures.conftest import Asked


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")


def told(asked: Asked, land: Land, role: Role = Role.DEPARTMENT) -> dict[str, list[str]]:
    found = support.block(asked(land.commune, role))
    assert found is not None
    return {line.name: [one.shown for one in line.cells] for line in found.lines}


def test_a_loan_for_one_of_two(asked: Asked, land: Land) -> None:
    given(land, poor(land), "loan")
    poor(land)
    found = support.block(asked(land.commune))
    assert found is not None
    loan = next(line for line in found.lines if "code" not in line.name and "/loan/" in line.href)
    assert [one.shown for one in loan.cells] == ["2", "1", "50.00", "1", "0"]
    gap = reverse("programs:coverage_list", args=["loan", "gap"])
    assert loan.cells[3].href == f"{gap}?area={land.commune.pk}"
    # Nobody is in it: no list.
    assert loan.cells[4].href == ""
    assert "on 15/10/2024" in found.measure


def test_the_least_served_comes_first(asked: Asked, land: Land) -> None:
    given(land, poor(land), "loan")
    poor(land)
    found = support.block(asked(land.commune))
    assert found is not None
    shares = [line.cells[2].value for line in found.lines]
    assert shares == sorted(shares)  # type: ignore[type-var]
    assert found.finding.startswith("Least served: ")


def test_nobody_entitled_is_said(asked: Asked, land: Land) -> None:
    found = support.block(asked(land.commune))
    assert found is not None
    assert found.extra["why"] == "Nobody is entitled here yet and nothing is recorded."


def test_of_the_area_only(asked: Asked, land: Land) -> None:
    poor(land)
    families.on_list(
        people.household(land.other_village, people.person("Lục Văn Kia")),
        land.other_decision, since=day("2022-01-01"),
    )  # fmt: skip
    assert {cells[0] for cells in told(asked, land).values()} == {"1"}


def test_who_reads_no_households_has_no_such_figure(asked: Asked, land: Land) -> None:
    poor(land)
    assert support.block(asked(land.commune, Role.INSPECTOR)) is None


def test_few_queries_where_all_is_counted(
    asked: Asked, land: Land, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    given(land, poor(land), "loan")
    scope = asked(land.commune)
    with django_assert_max_num_queries(40):
        support.block(scope)
