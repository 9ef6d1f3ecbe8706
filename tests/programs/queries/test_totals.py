"""Totals of a year: times served and distinct recipients are two numbers with two names."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from households.models import Area, Household
from programs.choices import BenefitState
from programs.models import Benefit, Programme, ProgrammeTerms
from programs.queries.reach import Reach
from programs.queries.totals import Total, totals
from tests.factories import people
from tests.programs.conftest import Land, day


def give(land: Land, code: str, on: str, **facts: Any) -> Benefit:
    given = {
        "commune": land.commune, "state": BenefitState.SERVED, "acted_on": day(on),
        "served_on": day(on), "recorded_by": land.officer,
    } | facts  # fmt: skip
    return Benefit.objects.create(programme=Programme.objects.get(code=code), **given)


def terms(code: str, ground: str) -> ProgrammeTerms:
    return ProgrammeTerms.objects.filter(programme__code=code, ground=ground).latest("valid_from")


def asked(*areas: Area, **how: Any) -> list[Total]:
    return totals(2024, [Reach.alone(one) for one in areas], **how)


@pytest.fixture
def home(land: Land) -> Household:
    return people.household(land.village, people.person())


def test_two_loans_of_one_household(land: Land, home: Household) -> None:
    poor, near = terms("loan", "poor"), terms("loan", "near_poor")
    give(land, "loan", "2024-02-01", household=home, terms=poor, amount_vnd=30_000_000)
    give(land, "loan", "2024-09-01", household=home, terms=near, amount_vnd=None)
    give(land, "loan", "2023-12-31", household=home, terms=poor, amount_vnd=1)
    give(
        land, "loan", "2024-03-01", household=home, terms=poor, served_on=None,
        state=BenefitState.LISTED,
    )  # fmt: skip
    found = {one.ground: one for one in asked(land.province)}
    together = found.pop(None)
    assert (together.area_id, together.times, together.households) == (land.province.pk, 2, 1)
    assert (together.amount_vnd, together.without_amount, together.persons) == (30_000_000, 1, 0)
    assert {ground: (one.times, one.households) for ground, one in found.items()} == {
        "poor": (1, 1), "near_poor": (1, 1),
    }  # fmt: skip


def test_up_to_a_day(land: Land, home: Household) -> None:
    give(land, "loan", "2024-02-01", household=home, village=land.village)
    give(land, "loan", "2024-09-01", household=home, village=land.village)
    found = asked(land.village, on=day("2024-08-31"))
    assert [(one.area_id, one.times) for one in found if one.ground is None] == [
        (land.village.pk, 1)
    ]


def test_units_and_whom_they_are_of(land: Land, home: Household) -> None:
    away = people.household(land.other_village, people.person("Lý Văn Khác"))
    give(land, "loan", "2024-02-01", household=home)
    give(land, "loan", "2024-02-01", household=away, commune=land.other_commune)
    give(land, "loan", "2024-05-01", household=home, commune=land.other_commune)

    def numbers(*units: Area) -> list[tuple[int, int, int]]:
        found = asked(*units)
        return [(one.area_id, one.times, one.households) for one in found if one.ground is None]

    assert numbers(land.district, land.commune, land.other_commune, land.village) == [
        (land.district.pk, 3, 2), (land.commune.pk, 1, 1), (land.other_commune.pk, 2, 2),
    ]  # fmt: skip
    both = Reach(land.commune, (land.commune.inner_path, land.other_commune.inner_path))
    (found,) = [one for one in totals(2024, [both]) if one.ground is None]
    assert (found.area_id, found.times, found.households) == (land.commune.pk, 3, 2)
    assert totals(2024, []) == []


def test_of_one_programme(land: Land, home: Household) -> None:
    for code in ("loan", "housing"):
        give(land, code, "2024-02-01", household=home)
    loan = Programme.objects.get(code="loan")
    assert {one.programme_id for one in asked(land.commune, programme=loan)} == {loan.pk}


def test_persons_outside_the_register_are_counted_by_what_the_list_says(land: Land) -> None:
    for name, year, ground in (
        ("Bàn Văn Hai", 1950, "Người có công"),
        ("BÀN VĂN HAI", 1950, "Người có công"),
        ("Bàn Văn Hai", 1951, "Người có công"),
        ("Lý Thị Ba", None, ""),
    ):
        give(
            land, "health_card", "2024-02-01", outside_name=name, outside_birth_year=year,
            outside_ground=ground,
        )  # fmt: skip
    found = asked(land.commune)
    assert [(one.ground, one.stated, one.times, one.outside) for one in found] == [
        (None, "", 4, 3), ("", "", 1, 1), ("", "Người có công", 3, 2),
    ]  # fmt: skip


def test_one_query(land: Land, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert asked(land.province, land.commune) == []
