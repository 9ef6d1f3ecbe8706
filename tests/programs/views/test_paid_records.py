"""Disbursed by entries beside what each kind of record says was paid."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from programs.choices.houses import PaymentLine
from programs.choices.money import MoneyStage, PaidRecord
from programs.models import SitePayment
from programs.queries import paid_by_records
from programs.queries.paid_by_records import Compared
from programs.queries.reach import Reach
from tests.factories import houses, people, users
from tests.factories.money import entry, programme, received
from tests.programs.conftest import Land, day
from tests.programs.views.test_money import page
from tests.programs.views.test_programmes import client_of

ON = day("2024-10-15")


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = ON
    settings.LANGUAGE_CODE = "en"


def work_paid(land: Land, vnd: int, on: str = "2024-05-01", **more: object) -> SitePayment:
    houses.rules()
    made = houses.work(land.village, land.officer)
    return SitePayment.objects.create(
        works=made, paid_on=dt.date.fromisoformat(on), line=PaymentLine.CENTRAL, amount_vnd=vnd,
        recorded_by=land.officer, **more,
    )  # fmt: skip


def test_payments_of_the_year_by_programme_and_unit(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = work_paid(land, 7_000_000).works
    assert made
    facts = {"works": made, "line": PaymentLine.LOCAL, "recorded_by": land.officer}
    for on, vnd, back in (("2024-06-01", 2, ""), ("2023-12-31", 4, ""), ("2024-06-01", 8, "nhầm")):
        SitePayment.objects.create(
            paid_on=day(on), amount_vnd=vnd, taken_back_because=back, **facts
        )
    units = [Reach.alone(one) for one in (land.province, land.commune, land.other_commune)]
    with django_assert_num_queries(3):
        found = paid_by_records.payments_of(2024, units, ON)
    assert found == {
        (made.programme_id, area.pk): {PaidRecord.WORKS: 7_000_002}
        for area in (land.province, land.commune)
    }


def test_each_kind_of_record_is_compared_alone() -> None:
    payments = {(1, 2): {PaidRecord.HOUSES: 30}}
    found = paid_by_records.compared((1, 2), payments, 50, 40)
    assert found == [Compared(PaidRecord.BENEFITS, 50, 40), Compared(PaidRecord.HOUSES, 30, 40)]
    assert [(one.difference_vnd, one.over_vnd) for one in found] == [(-10, 10), (10, 0)]
    assert paid_by_records.compared((1, 2), {}, 0, 0) == []
    assert paid_by_records.compared((1, 2), {}, 0, 5) == [Compared(PaidRecord.BENEFITS, 0, 5)]


def test_the_difference_is_named_and_its_rows_open(land: Land) -> None:
    so = users.user("so", Role.DEPARTMENT, land.province)
    home = people.household(land.village, people.person())
    received(home, land.village, land.officer, "housing", amount_vnd=40_000_000)
    entry(land.commune, so, 30_000_000, stage=MoneyStage.DISBURSED)
    work_paid(land, 7_000_000)
    found = page(so, reverse("programs:money"))
    assert "10 more in records than in entries" in found
    assert "7 more in records than in entries" in found
    found = page(so, reverse("programs:programme_money", args=["housing"]), area=land.district.pk)
    assert found.count("10 more in records than in entries") == 2
    rows = page(so, reverse("programs:paid_rows", args=["housing", "benefits"]), year=2024)
    assert "40,000,000" in rows
    assert "Nông" not in rows
    code = programme("essential_works").code
    assert "7,000,000" in page(land.officer, reverse("programs:paid_rows", args=[code, "works"]))


def test_rows_of_no_record_and_of_another_area(land: Land) -> None:
    client = client_of(land.officer)
    address = reverse("programs:paid_rows", args=["housing", "houses"])
    assert "No record with money" in client.get(address).content.decode()
    assert client.get(address, {"area": land.district.pk}).status_code == 404
    wrong = reverse("programs:paid_rows", args=["housing", "gifts"])
    assert client.get(wrong).status_code == 404
