"""The page on which the department states new terms of a ground."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.models import User
from programs.models import ProgrammeTerms
from tests.factories import users
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

TYPED = {
    "valid_from": "01/01/2025", "valid_to": "", "ceiling_vnd": "120,000,000",
    "rate_percent_year": "8.25", "loan_months_most": "120", "owner": "",
    "legal_basis": "Quyết định 9/2025/QĐ-TTg", "source": "Điều 4", "note": "",
    "once": "7d9b5c8e-6a0e-4d3c-9f0f-2f9c1b1f6a11",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def chief(land: Land) -> User:
    return users.user("chief", Role.DEPARTMENT, land.province)


def loan() -> ProgrammeTerms:
    return ProgrammeTerms.objects.get(
        programme__code="loan", ground="poor", owner=None, valid_from__gt=day("2019-01-01")
    )


def test_new_terms_are_stated_from_the_programmes_page(land: Land, chief: User) -> None:
    before, client = loan(), client_of(chief)
    address = reverse("programs:terms_state", args=[before.pk])
    home = reverse("programs:programme", args=["loan"])
    assert address in client.get(home).content.decode()
    page = client.get(address).content.decode()
    assert "100,000,000" in page
    assert land.province.name in page
    answer = client.post(address, TYPED)
    assert (answer.status_code, answer["Location"]) == (302, home)
    row = ProgrammeTerms.objects.get(legal_basis="Quyết định 9/2025/QĐ-TTg")
    before.refresh_from_db()
    assert (row.ceiling_vnd, row.owner, before.valid_to) == (120_000_000, None, day("2024-12-31"))
    assert "120,000,000" in client.get(home).content.decode()


def test_a_provinces_own_terms_carry_its_name(land: Land, chief: User) -> None:
    before, client = loan(), client_of(chief)
    address = reverse("programs:terms_state", args=[before.pk])
    client.post(address, TYPED | {"owner": str(land.province.pk)})
    row = ProgrammeTerms.objects.get(owner=land.province)
    before.refresh_from_db()
    assert before.valid_to is None
    page = client.get(reverse("programs:terms_state", args=[row.pk])).content.decode()
    assert "the whole country" not in page


def test_a_time_that_has_terms_is_told_at_the_form(land: Land, chief: User) -> None:
    before = loan()
    answer = client_of(chief).post(
        reverse("programs:terms_state", args=[before.pk]),
        TYPED | {"valid_from": before.valid_from.strftime("%d/%m/%Y")},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This ground has terms for that time already." in page
    assert "Quyết định 9/2025/QĐ-TTg" in page  # nothing typed is lost


def test_only_the_department_is_offered_the_form(land: Land) -> None:
    address = reverse("programs:terms_state", args=[loan().pk])
    client = client_of(land.officer)
    assert client.get(address).status_code == 403
    assert client.post(address, TYPED).status_code == 403
