"""The panel of a household's support: entitled to what, because of what, and what is missing."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import PovertyClass, Role, TraitKind
from households.models import Household
from programs.choices import BenefitState
from programs.choices.employment import EmploymentKind
from programs.services import employment, participants
from programs.services.benefit_checks import Given
from programs.services.employment import Contract, Member
from tests.factories import families, houses, people, users
from tests.programs.conftest import Land, day
from tests.programs.services.test_activities import course
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def poor(land: Land) -> Household:
    home = people.household(
        land.village,
        people.person(),
        people.person("Nông Thị Bé", birth_date=day("2020-02-01")),
    )
    families.on_list(home, land.decision, since=day("2024-01-01"))
    return home


def panel(client: Client, home: Household, **query: str) -> str:
    answer = client.get(
        reverse("programs:support", args=[home.pk]), query, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_says_what_the_household_and_each_member_may_get_and_why(
    land: Land, poor: Household
) -> None:
    found = panel(client_of(land.officer), poor)
    assert "Poor household since 01/01/2024" in found
    assert "born on 01/02/2020, under 6 years old" in found
    assert "Also holds: Member of a poor household" in found
    assert "2 members" in found
    assert "so that they decide about nobody yet" in found
    assert "<html" not in found


def test_it_can_be_asked_for_another_day(land: Land, poor: Household) -> None:
    found = panel(client_of(land.officer), poor, on="2023-12-31")
    assert "Poor household since" not in found
    assert "on 31/12/2023" in found
    assert "on 15/10/2024" in panel(client_of(land.officer), poor, on="never")


def test_what_nobody_can_say_is_said_with_its_reason(land: Land, poor: Household) -> None:
    families.lists_complete(land.commune, None, land.officer)
    poor.status_periods.all().delete()
    found = panel(client_of(land.officer), poor)
    assert "the commune has not said that its lists are complete that far back" in found


def test_as_a_page_of_its_own_it_stands_without_scripts(land: Land, poor: Household) -> None:
    answer = client_of(land.officer).get(reverse("programs:support", args=[poor.pk]))
    assert "<h1>Support of the household</h1>" in answer.content.decode()


def test_other_communes_do_not_see_it(land: Land, poor: Household) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    address = reverse("programs:support", args=[poor.pk])
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(land.officer).post(address).status_code == 405


def test_it_needs_as_many_queries_for_a_large_family(
    land: Land, poor: Household, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(land.officer)
    panel(client, poor)
    with django_assert_num_queries(25):
        panel(client, poor)
    near = people.household(land.village, *(people.person(f"Lý Văn {n}") for n in range(6)))
    families.on_list(
        near, land.decision, since=day("2024-01-01"), poverty_class=PovertyClass.NEAR_POOR
    )
    with django_assert_num_queries(25):
        panel(client, near)


def test_what_begins_elsewhere_is_linked_and_not_recorded_here(land: Land, poor: Household) -> None:
    client = client_of(land.officer)
    found = panel(client, poor)
    assert reverse("programs:benefit_new", args=[poor.pk, "loan"]) in found
    for code in ("housing", "essential_works", "livelihood", "communication"):
        address = reverse("programs:benefit_new", args=[poor.pk, code])
        assert address not in found
        assert client.get(address).status_code == 403
    for name in ("housing_meeting_new", "works_new"):
        assert reverse(f"programs:{name}", args=[land.village.pk]) in found
    assert reverse("programs:project_board") in found
    assert reverse("programs:activity_list") in found


def test_a_ceiling_of_a_house_is_told_by_its_line(land: Land, poor: Household) -> None:
    houses.rules()
    families.trait(land.district, TraitKind.POOR_DISTRICT, "YES")
    assert "New, Central budget: at most 40,000,000 đồng" in panel(client_of(land.officer), poor)


def test_job_and_course_are_linked_and_the_ground_is_told_as_on_the_list(
    land: Land, poor: Household
) -> None:
    member = poor.memberships.earliest("pk").person
    job = employment.record(
        who=Member(poor, member), contract=Contract(EmploymentKind.AWAY, "Công ty May Một"),
        state=BenefitState.SERVED, acted_on=day("2024-02-01"), given=Given(), by=land.officer,
    )  # fmt: skip
    held = course(land)
    participants.add(activity=held, whom=[(poor.pk, None)], because="", by=land.officer)
    client = client_of(land.officer)
    found = panel(client, poor)
    assert f'href="{reverse("programs:job", args=[job.uuid])}">' in found
    assert "Công ty May Một" in found
    assert reverse("programs:activity", args=[held.uuid]) in found
    # No ground of these programmes is confirmed: there is nothing to check.
    assert found.count("no confirmed ground to hold it against") == 2
    assert "ground to be checked" not in found
    page = client.get(reverse("programs:benefit", args=[job.uuid])).content.decode()
    assert reverse("programs:job", args=[job.uuid]) in page
    assert "no confirmed ground to hold it against" in page
