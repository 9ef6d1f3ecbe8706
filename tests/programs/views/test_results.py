"""The page of a year's results."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from tests.factories import people, users
from tests.factories.money import received
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

URL = reverse("programs:year_results")


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def test_lines_units_and_the_day_are_told(
    land: Land, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    home = people.household(land.village, people.person())
    received(home, land.village, land.officer, "loan", ground="poor", amount_vnd=50_000_000)
    client = client_of(users.user("so", Role.DEPARTMENT, land.province))
    client.get(URL)
    with django_assert_max_num_queries(20):
        answer = client.get(URL, {"area": land.district.pk})
    found = " ".join(answer.content.decode().split())
    assert "Loans to poor households" in found
    assert "up to 15/10/2024" in found
    assert "The year is still running" in found
    assert land.commune.name in found
    answer = client.get(URL, {"format": "xlsx", "year": "2023"})
    assert answer["Content-Disposition"].endswith('povreg-ket-qua-2023.xlsx"')


def test_a_commune_has_its_own_and_no_units(land: Land) -> None:
    client = client_of(land.officer)
    answer = client.get(URL)
    assert answer.status_code == 200
    assert "By unit" not in answer.content.decode()
    assert client.get(URL, {"area": land.district.pk}).status_code == 404
