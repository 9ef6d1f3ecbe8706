"""Booking money: who may, what is refused with its rule, and taking back."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import AuditEvent, User
from programs.choices import FundingLine
from programs.choices.money import MoneyStage
from programs.models import MoneyEntry
from programs.queries.money import left_of_all, money_of
from programs.queries.reach import Reach
from programs.services import money
from programs.services.money import Document, Line, Sum
from tests.factories import users
from tests.factories.money import programme
from tests.programs.conftest import Land, day

ALLOCATED = Line(2024, FundingLine.CENTRAL, MoneyStage.ALLOCATED)
COMMITTED = Line(2024, FundingLine.CENTRAL, MoneyStage.COMMITTED)


@pytest.fixture(autouse=True)
def on_a_day(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def department(land: Land) -> User:
    return users.user("so", Role.DEPARTMENT, land.province)


def book(by: User, line: Line, *sums: Sum, on: str = "2024-03-01", **more: Any) -> list[MoneyEntry]:
    return money.book(
        programme=programme("housing"), line=line, document=Document("7/QĐ", day(on)),
        sums=sums, by=by, **more,
    )  # fmt: skip


def test_sums_of_several_areas_are_booked_at_once(land: Land, department: User) -> None:
    """The whole before its parts, whatever their order."""
    book(
        department, ALLOCATED, Sum(land.commune, 30_000_000), Sum(land.province, 90_000_000),
        Sum(land.district, 60_000_000),
    )  # fmt: skip
    found = money_of(
        2024,
        [Reach.alone(one) for one in (land.province, land.district, land.commune)],
        day("2024-10-15"),
    )
    housing = programme("housing").pk
    assert [found[housing, area.pk].allocated_vnd for area in (land.province, land.commune)] == [
        90_000_000,
        30_000_000,
    ]
    act = AuditEvent.objects.get(verb="money.book")
    assert act.details["vnd"] == 180_000_000


def test_only_the_department_of_the_province_books(land: Land, department: User) -> None:
    for role, area in ((Role.COMMUNE_OFFICER, land.commune), (Role.DISTRICT_READER, land.district)):
        with pytest.raises(Refused):
            book(users.user(f"u{role}", role, area), ALLOCATED, Sum(land.commune, 1))
    with pytest.raises(Refused, match="end at the commune"):
        book(department, ALLOCATED, Sum(land.village, 1))
    land.commune.is_practice = True
    with pytest.raises(Refused, match="practice"):
        book(department, ALLOCATED, Sum(land.commune, 1))
    assert not MoneyEntry.objects.exists()


def test_a_broken_rule_is_named_unless_a_reason_is_given(land: Land, department: User) -> None:
    book(department, ALLOCATED, Sum(land.commune, 10_000_000))
    with pytest.raises(Invalid, match=r"01/03/2024 Xã Thử would have committed 12,000,000"):
        book(department, COMMITTED, Sum(land.commune, 12_000_000))
    book(department, COMMITTED, Sum(land.commune, 12_000_000), because="QĐ 9 đang trình ký")
    kept = MoneyEntry.objects.get(stage=MoneyStage.COMMITTED)
    assert kept.reason == "QĐ 9 đang trình ký"


def test_all_or_none(land: Land, department: User) -> None:
    with pytest.raises(Invalid):
        book(department, ALLOCATED, Sum(land.commune, 5), Sum(land.other_commune, -5))
    assert not MoneyEntry.objects.exists()
    assert not AuditEvent.objects.filter(verb="money.book").exists()


@pytest.mark.parametrize(
    ("vnd", "on", "year"),
    [(0, "2024-03-01", 2024), (10**15, "2024-03-01", 2024), (5, "2024-11-01", 2024),
     (5, "2024-03-01", 1999)],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    land: Land, department: User, vnd: int, on: str, year: int
) -> None:
    with pytest.raises(Invalid):
        book(
            department, Line(year, FundingLine.CENTRAL, MoneyStage.ALLOCATED),
            Sum(land.commune, vnd), on=on, because="x",
        )  # fmt: skip


def test_nothing_excuses_less_than_nothing(land: Land, department: User) -> None:
    with pytest.raises(Invalid, match="less than nothing"):
        book(department, ALLOCATED, Sum(land.commune, -5), because="x")


def test_an_entry_is_taken_back_on_a_day_of_its_own(land: Land, department: User) -> None:
    (wrong,) = book(department, ALLOCATED, Sum(land.commune, 10_000_000))
    counter = money.counter(
        entry=wrong, document=Document("8/TB", day("2024-05-01")), reason="gõ nhầm", by=department
    )
    housing = programme("housing").pk

    def stood(on: dt.date) -> int | None:
        return money_of(2024, [Reach.alone(land.commune)], on)[
            housing, land.commune.pk
        ].allocated_vnd

    assert (stood(day("2024-04-30")), stood(day("2024-05-01"))) == (10_000_000, 0)
    for entry in (wrong, counter):
        with pytest.raises(Invalid):
            money.counter(
                entry=entry, document=Document("8/TB", day("2024-05-01")), reason="x",
                by=department,
            )  # fmt: skip


def test_taking_back_needs_a_reason_a_right_and_a_later_day(land: Land, department: User) -> None:
    (wrong,) = book(department, ALLOCATED, Sum(land.commune, 10_000_000))
    for reason, on, by in (
        (" ", "2024-05-01", department),
        ("nhầm", "2024-02-01", department),
        ("nhầm", "2024-05-01", land.officer),
    ):
        with pytest.raises((Invalid, Refused)):
            money.counter(entry=wrong, document=Document("8/TB", day(on)), reason=reason, by=by)
    assert MoneyEntry.objects.count() == 1


def test_no_entry_is_ever_changed(land: Land, department: User) -> None:
    book(department, ALLOCATED, Sum(land.commune, 10_000_000))
    for change in (
        lambda: MoneyEntry.objects.update(amount_vnd=1),
        lambda: MoneyEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_what_is_left_is_that_of_the_area_or_of_the_nearest_above(
    land: Land, department: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    housing = programme("housing")
    assert left_of_all(2024, land.commune, day("9999-12-31")).get(housing.pk) is None
    book(department, ALLOCATED, Sum(land.district, 50_000_000))
    book(department, COMMITTED, Sum(land.other_commune, 20_000_000))
    with django_assert_num_queries(3):
        left = left_of_all(2024, land.commune, day("9999-12-31")).get(housing.pk)
    assert left is not None
    assert (left.vnd, left.area) == (30_000_000, land.district)
    book(department, ALLOCATED, Sum(land.commune, 15_000_000))
    left = left_of_all(2024, land.commune, day("9999-12-31")).get(housing.pk)
    assert left is not None
    assert (left.vnd, left.area) == (15_000_000, land.commune)
    assert left_of_all(2023, land.commune, day("9999-12-31")).get(housing.pk) is None
