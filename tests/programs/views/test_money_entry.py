"""Booking money on a page, and taking an entry back."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.models import User
from programs.models import MoneyEntry
from tests.factories import areas, users
from tests.factories.money import entry
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

URL = reverse("programs:money_book", args=["housing"])


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def department(land: Land) -> User:
    return users.user("so", Role.DEPARTMENT, land.province)


def typed(land: Land, **other: str) -> dict[str, str]:
    return {
        "act": "save", "stage": "ALLOCATED", "funding": "central", "document_number": "3/QĐ",
        "booked_on": "01/02/2024", "source": "TYPED", "unit": "1000000",
        f"unit-{land.district.pk}": "160", f"unit-{land.commune.pk}": "38,2", **other,
    }  # fmt: skip


def test_money_is_booked_in_million_dong(land: Land, department: User) -> None:
    answer = client_of(department).post(f"{URL}?area={land.district.pk}", typed(land))
    assert answer.status_code == 302
    kept = dict(MoneyEntry.objects.values_list("area", "amount_vnd"))
    assert kept == {land.district.pk: 160_000_000, land.commune.pk: 38_200_000}


def test_a_page_sent_twice_books_once(land: Land, department: User) -> None:
    client = client_of(department)
    token = "7b0a3f9c-55a1-4c0a-9d5e-0a3c2f1b4d5e"
    for _ in range(2):
        client.post(f"{URL}?area={land.district.pk}", typed(land, once=token))
    assert MoneyEntry.objects.count() == 2


def test_the_rule_stands_on_the_form_and_a_reason_lets_it_pass(
    land: Land, department: User
) -> None:
    client = client_of(department)
    over = typed(land, **{f"unit-{land.commune.pk}": "170"})
    answer = client.post(f"{URL}?area={land.district.pk}", over)
    assert answer.status_code == 422
    assert "the units below Huyện Thử would be allocated 170,000,000" in answer.content.decode()
    assert 'value="170"' in answer.content.decode()
    answer = client.post(f"{URL}?area={land.district.pk}", over | {"because": "chờ QĐ bổ sung"})
    assert answer.status_code == 302


def test_what_is_no_money_is_told(land: Land, department: User) -> None:
    wrong = typed(land, **{f"unit-{land.commune.pk}": "nhiều"})
    answer = client_of(department).post(f"{URL}?area={land.district.pk}", wrong)
    assert answer.status_code == 422
    assert "“nhiều” is no amount of money" in answer.content.decode()


def test_pasted_lines_fill_the_table(land: Land, department: User) -> None:
    text = {"act": "paste", "unit": "1000000", "text": "Xã Thử\t1.234,5\n02011\t-2"}
    answer = client_of(department).post(f"{URL}?area={land.district.pk}", text)
    assert answer.status_code == 200
    found = answer.content.decode()
    assert 'value="1.234,5"' in found
    assert 'value="-2"' in found
    assert not MoneyEntry.objects.exists()


def test_an_entry_is_taken_back_once(land: Land, department: User) -> None:
    wrong = entry(land.commune, department, 5_000_000)
    client = client_of(department)
    url = reverse("programs:money_entry", args=[wrong.uuid])
    assert "5,000,000 đồng" in client.get(url).content.decode()
    form = {"document_number": "4/TB", "booked_on": "01/03/2024", "reason": ""}
    assert client.post(url, form).status_code == 422
    assert client.post(url, form | {"reason": "gõ nhầm"}).status_code == 302
    assert client.post(url, form | {"reason": "gõ nhầm"}).status_code == 422
    assert sorted(MoneyEntry.objects.values_list("amount_vnd", flat=True)) == [
        -5_000_000,
        5_000_000,
    ]
    assert "It was taken back already." in client.get(url).content.decode()


def test_who_may_not(land: Land, department: User) -> None:
    kept = entry(land.commune, department, 5_000_000)
    url = reverse("programs:money_entry", args=[kept.uuid])
    assert client_of(land.officer).get(url).status_code == 403
    assert client_of(land.officer).get(URL).status_code == 403
    other = users.user("so_khac", Role.DEPARTMENT, areas.province("19", "Tỉnh Khác"))
    assert client_of(other).get(url).status_code == 404
    assert client_of(other).get(f"{URL}?area={land.commune.pk}").status_code == 404
