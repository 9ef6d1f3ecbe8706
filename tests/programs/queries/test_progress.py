"""Plan, result and money side by side."""

import pytest
from pytest_django import DjangoAssertNumQueries

from programs.choices.money import Counted
from programs.queries import counted_elsewhere, progress
from programs.queries.reach import Reach
from tests.factories import people
from tests.factories.money import entry, programme, received, target
from tests.programs.conftest import Land, day

ON = day("2024-10-15")


def test_one_programme_by_unit(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    home = people.household(land.village, people.person())
    received(home, land.village, land.officer, "housing", amount_vnd=40_000_000)
    target(land.district, land.officer, 4)
    target(land.commune, land.officer, 1)
    entry(land.district, land.officer, 160_000_000)
    housing = programme("housing")
    with django_assert_num_queries(8):
        whole, parts = progress.of_programme(housing, Reach.alone(land.district), 2024, ON)
    assert [part.area for part in parts] == [land.other_commune, land.commune]
    other, own = parts
    (aim,) = whole.reached
    assert (aim.number, aim.planned.number, aim.share_percent) == (1, 4, 25.0)
    assert whole.money.allocated_vnd == 160_000_000
    assert own.total is not None
    assert (own.total.times, own.total.amount_vnd) == (1, 40_000_000)
    assert [one.share_percent for one in own.reached] == [100.0]
    assert other.is_empty


def test_every_programme_of_an_area(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    target(land.commune, land.officer, 10, code="loan", counts=Counted.TIMES)
    with django_assert_num_queries(7):
        rows = progress.of_area(Reach.alone(land.commune), 2024, ON)
    assert [row.programme.code for row in rows if not row.is_empty] == ["loan"]
    (aim,) = next(row for row in rows if not row.is_empty).reached
    assert (aim.number, aim.share_percent) == (0, 0.0)


def test_times_distinct_households_and_persons_are_different_numbers(land: Land) -> None:
    home = people.household(land.village, people.person())
    head = home.memberships.get().person
    for month in ("02", "03"):
        received(
            home, land.village, land.officer, "health_card", person=head, on=f"2024-{month}-01"
        )
    received(
        None, land.village, land.officer, "health_card", outside_name="Trần Văn Ngoài",
        outside_birth_year=1950,
    )  # fmt: skip
    for counts in (Counted.TIMES, Counted.HOUSEHOLDS, Counted.PERSONS):
        target(land.commune, land.officer, 10, code="health_card", counts=counts)
    whole, __ = progress.of_programme(programme("health_card"), Reach.alone(land.commune), 2024, ON)
    assert {one.planned.counts: one.number for one in whole.reached} == {
        Counted.TIMES: 3,
        Counted.HOUSEHOLDS: 1,
        Counted.PERSONS: 2,
    }


def test_projects_are_not_known_until_somebody_counts_them(
    land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    target(land.commune, land.officer, 3, code="livelihood", counts=Counted.PROJECTS)
    livelihood = programme("livelihood")

    def reached() -> int | None:
        whole, __ = progress.of_programme(livelihood, Reach.alone(land.commune), 2024, ON)
        return whole.reached[0].number

    monkeypatch.delitem(counted_elsewhere.COUNTS, Counted.PROJECTS)
    assert reached() is None

    def count(year: int, units: list[Reach], on: object) -> dict[tuple[int, int], int]:
        assert (year, units, on) == (2024, [Reach.alone(land.commune)], ON)
        return {(livelihood.pk, land.commune.pk): 2}

    monkeypatch.setitem(counted_elsewhere.COUNTS, Counted.PROJECTS, count)
    assert reached() == 2


def test_grounds_are_told_with_what_lists_say_of_persons_outside(land: Land) -> None:
    home = people.household(land.village, people.person())
    received(home, land.village, land.officer, "loan", ground="poor")
    received(
        None, land.village, land.officer, "loan", outside_name="Trần Văn Ngoài",
        outside_ground="Cận nghèo",
    )  # fmt: skip
    whole, __ = progress.of_programme(programme("loan"), Reach.alone(land.commune), 2024, ON)
    assert {(one.ground, one.stated): (one.times, one.outside) for one in whole.grounds} == {
        ("poor", ""): (1, 0),
        ("", "Cận nghèo"): (1, 1),
    }
