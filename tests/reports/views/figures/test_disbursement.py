"""Money in the figures: what is allocated in an area with what was paid out of it."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from programs.choices.money import MoneyStage
from reports.views.blocks import Block
from reports.views.figures import bar_layout, disbursement
from tests.factories import money
from tests.programs.conftest import Land, day
from tests.programs.conftest import land as land
from tests.reports.views.figures.conftest import Asked


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")


def block(asked: Asked, land: Land, role: Role = Role.DEPARTMENT, **question: str) -> Block:
    found = disbursement.block(asked(land.district, role, **question))
    assert found is not None
    return found


def booked(land: Land) -> None:
    """2023: housing 2.500 million allocated to the district, 500 paid out in one commune, 100 in
    the other; a loan of 40 million promised and paid without an allocation."""
    by = land.officer
    money.entry(land.district, by, 2_500_000_000, year=2023, on="2023-02-01")
    for commune, vnd in ((land.commune, 500_000_000), (land.other_commune, 100_000_000)):
        for stage in (MoneyStage.COMMITTED, MoneyStage.DISBURSED):
            money.entry(commune, by, vnd, stage=stage, year=2023, on="2023-06-01")
    for stage in (MoneyStage.COMMITTED, MoneyStage.DISBURSED):
        money.entry(
            land.commune, by, 40_000_000, stage=stage, year=2023, on="2023-06-01", code="loan"
        )
    money.entry(land.district, by, 7_000_000, year=2024, on="2024-02-01")


def test_the_year_after_the_round_in_million(asked: Asked, land: Land) -> None:
    booked(land)
    found = block(asked, land, round="2022")
    housing, loan, together = found.lines
    assert [one.shown for one in housing.cells] == ["2,500.0", "600.0", "600.0", "24.00"]
    assert [one.shown for one in loan.cells] == ["–", "40.0", "40.0", "–"]
    assert [one.shown for one in together.cells] == ["2,500.0", "640.0", "640.0", "25.60"]
    address = reverse("programs:programme_money", args=["housing"])
    assert housing.href == f"{address}?area={land.district.pk}&year=2023"
    # 640 of 2.500 would count what nobody allocated.
    assert found.finding == "Money of the programmes"


def test_the_outline_is_what_is_allocated(asked: Asked, land: Land) -> None:
    booked(land)
    drawn = block(asked, land, round="2022").picture
    assert isinstance(drawn, bar_layout.Bars)
    (housing,), (loan,) = (one.bars for one in drawn.groups)
    assert (housing.width, housing.plan_width) == (72, 300)
    assert loan.plan_width is None
    assert housing.bar.words == "24.0 % · 600.0 / 2,500.0"


def test_a_programme_that_paid_out_least_is_named(asked: Asked, land: Land) -> None:
    by = land.officer
    for code, paid in (("housing", 30), ("training", 10)):
        money.entry(land.district, by, 100, year=2023, on="2023-02-01", code=code)
        for stage in (MoneyStage.COMMITTED, MoneyStage.DISBURSED):
            money.entry(land.commune, by, paid, stage=stage, year=2023, on="2023-06-01", code=code)
    found = block(asked, land, round="2022")
    name = money.programme("training").name
    assert found.finding == f"20.0 % of what is allocated is paid out; least: {name}, 10.0 %"


def test_nothing_booked_is_said(asked: Asked, land: Land) -> None:
    found = block(asked, land, round="2022")
    assert found.extra["why"] == "Nothing is booked for the year 2023."


@pytest.mark.parametrize("role", [Role.INSPECTOR])
def test_who_reads_no_money_has_no_such_figure(asked: Asked, land: Land, role: Role) -> None:
    booked(land)
    assert disbursement.block(asked(land.district, role, round="2022")) is None


def test_four_queries(
    asked: Asked, land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    booked(land)
    scope = asked(land.district, round="2022")
    with django_assert_num_queries(3):
        disbursement.block(scope)
