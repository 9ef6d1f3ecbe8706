"""Money as it stood on a day, in an area with all below it."""

from pytest_django import DjangoAssertNumQueries

from programs.choices import FundingLine
from programs.choices.money import MoneyStage
from programs.queries.money import NOTHING, Money, by_line, entries, left_of_all, money_of
from programs.queries.reach import Reach, reaches
from tests.factories import areas
from tests.factories.money import entry, programme
from tests.programs.conftest import Land, day

ON = day("2024-10-15")


def test_figures_hold_what_lies_below_and_only_what_was_booked_by_the_day(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    entry(land.district, land.officer, 100_000_000)
    entry(land.commune, land.officer, 40_000_000)
    entry(land.commune, land.officer, 30_000_000, stage=MoneyStage.COMMITTED, on="2024-05-01")
    entry(land.other_commune, land.officer, 5_000_000, stage=MoneyStage.DISBURSED, on="2024-06-01")
    entry(land.commune, land.officer, 9, year=2023)
    units = [Reach.alone(one) for one in (land.province, land.district, land.commune)]
    with django_assert_num_queries(1):
        found = money_of(2024, units, ON)
    housing = programme("housing").pk
    assert found[housing, land.province.pk] == Money(100_000_000, 30_000_000, 5_000_000)
    assert found[housing, land.commune.pk] == Money(40_000_000, 30_000_000, 0)
    earlier = money_of(2024, units, day("2024-05-31"))
    assert earlier[housing, land.district.pk] == Money(100_000_000, 30_000_000, 0)
    assert money_of(2024, units, day("2024-01-31")) == {}


def test_what_is_left_and_what_share_is_paid_out() -> None:
    money = Money(100, 60, 25)
    assert (money.left_vnd, money.free_vnd, money.share_percent) == (75, 40, 25.0)
    assert (NOTHING.left_vnd, NOTHING.free_vnd, NOTHING.share_percent) == (None, None, None)


def test_lines_are_apart_and_add_up(land: Land) -> None:
    entry(land.province, land.officer, 100)
    entry(land.commune, land.officer, 30, funding=FundingLine.LOCAL)
    lines = by_line(programme("housing"), 2024, Reach.alone(land.province), ON)
    assert {name: one.allocated_vnd for name, one in lines.items()} == {"central": 100, "local": 30}
    found = money_of(2024, [Reach.alone(land.province)], ON, programme=programme("housing"))
    assert found[programme("housing").pk, land.province.pk].allocated_vnd == 130


def test_entries_of_an_area_and_those_below_newest_first(land: Land) -> None:
    first = entry(land.district, land.officer, 100)
    second = entry(land.commune, land.officer, 30, on="2024-03-01")
    entry(land.commune, land.officer, 30, on="2024-12-01")
    entry(land.commune, land.officer, 30, code="loan")
    housing = programme("housing")
    assert list(entries(housing, 2024, Reach.alone(land.district), ON)) == [second, first]
    assert list(entries(housing, 2024, Reach.alone(land.commune), ON)) == [second]


def test_money_of_what_went_into_a_unit_is_its_own(land: Land) -> None:
    """Half a year is booked in the communes before, half in the one that was made of them."""
    entry(land.commune, land.officer, 40, year=2025, on="2025-02-01")
    entry(land.other_commune, land.officer, 30, year=2025, on="2025-02-01")
    entry(land.commune, land.officer, 25, year=2025, on="2025-03-01", stage=MoneyStage.COMMITTED)
    made = areas.merged(land.commune, land.other_commune, parent=land.province)
    entry(made, land.officer, 5, year=2025, on="2025-08-01")
    on, housing = day("2025-12-31"), programme("housing")
    (unit,) = reaches([made], [land.province.inner_path])
    assert money_of(2025, [unit], on)[housing.pk, made.pk] == Money(75, 25, 0)
    assert by_line(housing, 2025, unit, on) == {"central": Money(75, 25, 0)}
    assert entries(housing, 2025, unit, on).count() == 4
    left = left_of_all(2025, made, day("9999-12-31")).get(housing.pk)
    assert left is not None
    assert (left.vnd, left.area) == (50, made)
