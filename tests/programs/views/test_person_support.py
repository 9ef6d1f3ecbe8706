"""The page of all the support one person got."""

from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from households.models import Household, Membership, Person
from programs.models import Benefit, Programme
from tests.factories import people, users
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of
from tests.programs.views.test_support import panel


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def bride(land: Land) -> Person:
    """Of two households of one village, one after the other, with a card from the first."""
    bride = people.person("Lý Thị Dâu")
    parents = people.household(land.village, people.person(), bride)
    Membership.objects.filter(person=bride).update(valid_to=day("2023-12-31"))
    new = people.household(land.village, people.person("Nông Văn Rể"))
    Membership.objects.create(
        household=new, person=bride, relation="spouse", valid_from=day("2024-01-01")
    )
    Benefit.objects.create(
        programme=Programme.objects.get(code="health_card"), household=parents, person=bride,
        commune=land.commune, state="SERVED", acted_on="2022-03-01", served_on="2022-03-01",
        recorded_by=land.officer,
    )  # fmt: skip
    return bride


def address(person: Person) -> str:
    return reverse("programs:person_support", args=[person.pk])


def test_it_shows_what_was_received_in_an_earlier_household(land: Land, bride: Person) -> None:
    page = " ".join(client_of(land.officer).get(address(bride)).content.decode().split())
    assert "Lý Thị Dâu" in page
    assert "01/03/2022" in page
    for held in bride.memberships.all():
        assert held.household.code in page
    assert "data-print" in page


def test_each_member_leads_to_it_and_the_household_tells_the_other_one(
    land: Land, bride: Person
) -> None:
    client = client_of(land.officer)
    parents, new = Household.objects.order_by("pk")
    household = client.get(reverse("households:household", args=[new.pk])).content.decode()
    assert address(bride) in household
    told = panel(client, new)
    assert f"Received while in another household: {parents.code}" in told
    assert "Received while in another household" not in panel(client, parents)


def test_who_reads_none_of_the_households_finds_nobody(land: Land, bride: Person) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    assert client_of(stranger).get(address(bride)).status_code == 404
    moved = people.household(land.other_village, people.person())
    Membership.objects.filter(person=bride, valid_to=None).update(household=moved)
    page = " ".join(client_of(stranger).get(address(bride)).content.decode().split())
    assert "1 more time was recorded in a household of another area" in page
    assert "01/03/2022" not in page
    assert client_of(land.officer).post(address(bride)).status_code == 405


def test_queries_do_not_grow_with_the_history(
    land: Land, bride: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(land.officer)
    client.get(address(bride))
    with django_assert_num_queries(11):
        client.get(address(bride))
    first = Benefit.objects.get()
    for _ in range(3):
        first.pk, first._state.adding = None, True
        first.uuid = uuid4()
        first.save()
    with django_assert_num_queries(11):
        client.get(address(bride))
