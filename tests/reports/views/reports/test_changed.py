"""Who made the difference of a cell: named to those who may read families, counted for others."""

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import Area
from reports.models import Edition
from reports.views.reports.compare import place_query
from tests.factories import users
from tests.reports.services.made import Reporting
from tests.reports.services.test_comparing import at, pair
from tests.reports.views.reports.test_catalogue import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Reporting, Edition, Edition]:
    return pair("T1")


def address(first: Edition, second: Edition, unit: Area, column: str = "poor_households") -> str:
    asked = place_query(at(unit, column))
    return f"{reverse('reports:edition_changed', args=[second.pk, first.pk])}?{asked}"


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    found: str = answer.content.decode()
    return found


def test_the_household_is_named_with_what_it_adds(
    two: tuple[Reporting, Edition, Edition],
) -> None:
    made, first, second = two
    found = text(client_of(made.department), address(first, second, made.world.province))
    assert reverse("households:household", args=[made.world.homes["new_home"].pk]) in found
    assert "1 household made the difference" in found
    assert "not counted" in found
    assert "do not add up" not in found
    rate = text(client_of(made.department), address(first, second, made.world.a, "poor_rate"))
    assert "1 household made the difference" in rate


def test_a_cell_that_does_not_differ_or_exist_is_not_found(
    two: tuple[Reporting, Edition, Edition],
) -> None:
    made, first, second = two
    client = client_of(made.department)
    for url in (
        address(first, second, made.world.c),
        address(first, second, made.world.a, "cows"),
    ):
        assert client.get(url).status_code == 404
    bare = reverse("reports:edition_changed", args=[second.pk, first.pk])
    assert "Choose a number that changed" in text(client, bare)


def test_who_reads_no_families_is_refused(two: tuple[Reporting, Edition, Edition]) -> None:
    made, first, second = two
    inspector = users.user("thanh_tra", Role.INSPECTOR, made.world.province)
    url = address(first, second, made.world.a)
    assert client_of(inspector).get(url).status_code == 403
    assert client_of(made.officer).get(url).status_code == 404  # editions of the province
