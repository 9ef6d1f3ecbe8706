"""What a commune gave to a household that has moved away since: read and taken on there still,
without a look into the household."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.models import Household
from programs.models import Benefit, EmploymentCheck, GroundCheck
from tests.factories import areas, people, users
from tests.factories.money import received
from tests.programs.conftest import Land, day
from tests.programs.movers import moved, other_officer
from tests.programs.queries.test_standing import given
from tests.programs.services.test_employment import hired
from tests.programs.views.test_programmes import client_of

MARK = "moved to Xã Khác on 01/09/2024"


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def home(land: Land) -> Household:
    return people.household(land.village, people.person("Vi Văn Vay"))


def household_page(home: Household) -> str:
    return f'href="{reverse("households:household", args=[home.pk])}"'


def test_the_benefit_is_read_and_taken_on_by_both_communes(land: Land, home: Household) -> None:
    loan = received(home, land.village, land.officer, "loan")
    page = reverse("programs:benefit", args=[loan.uuid])
    client = client_of(land.officer)
    assert household_page(home) in client.get(page).content.decode()
    moved(land, home, day("2024-09-01"))
    told = client.get(page).content.decode()
    assert MARK in told
    assert home.code in told
    assert household_page(home) not in told
    assert reverse("programs:support", args=[home.pk]) not in told
    assert client.get(reverse("households:household", args=[home.pk])).status_code == 404
    assert client.get(reverse("programs:support", args=[home.pk])).status_code == 404
    new = client_of(other_officer(land))
    assert household_page(home) in new.get(page).content.decode()
    step = reverse("programs:benefit_step", args=[loan.uuid])
    typed = {"state": "CLOSED", "acted_on": "10/10/2024"}
    assert client.post(step, typed).status_code == 302
    loan.refresh_from_db()
    assert loan.state == "CLOSED"


def test_nobody_else_comes_to_see_it(land: Land, home: Household) -> None:
    loan = received(home, land.village, land.officer, "loan")
    moved(land, home, day("2024-09-01"))
    page = reverse("programs:benefit", args=[loan.uuid])
    step = reverse("programs:benefit_step", args=[loan.uuid])
    third = areas.commune(land.district, code="02055", name="Xã Thứ Ba")
    stranger = client_of(users.user("third", Role.COMMUNE_OFFICER, third))
    assert (stranger.get(page).status_code, stranger.post(step).status_code) == (404, 404)
    chair = client_of(users.user("chair", Role.COMMUNE_CHAIR, land.commune))
    assert (chair.get(page).status_code, chair.post(step).status_code) == (200, 403)
    elsewhere = areas.village(land.commune, "Thôn Khác")
    head = client_of(users.user("head", Role.VILLAGE_HEAD, elsewhere))
    assert head.get(page).status_code == 404


def test_a_job_stays_on_the_list_and_is_asked_about(land: Land) -> None:
    job = hired(land)
    assert job.household is not None
    moved(land, job.household, day("2024-09-01"))
    client, commune = client_of(land.officer), {"commune": land.commune.pk}
    page = client.get(reverse("programs:job", args=[job.uuid])).content.decode()
    assert MARK in page
    assert household_page(job.household) not in page
    for address in ("programs:job_list", "programs:job_checks"):
        listed = client.get(reverse(address), commune).content.decode()
        assert reverse("programs:job", args=[job.uuid]) in listed
        assert MARK in listed
    typed = {"checked_on": "01/10/2024", "asked_how": "PHONE", f"answer-{job.pk}-3": "YES"}
    assert client.post(reverse("programs:job_checks"), typed).status_code == 302
    assert EmploymentCheck.objects.get().answer == "YES"
    # The commune where it was recorded asks; it is not asked twice.
    new = client_of(other_officer(land))
    there = new.get(reverse("programs:job_checks"), {"commune": land.other_commune.pk})
    assert reverse("programs:job", args=[job.uuid]) not in there.content.decode()


def test_a_ground_is_settled_without_the_facts_of_the_household(
    land: Land, home: Household
) -> None:
    loan = given(land, home, "loan", reason="danh sách ngân hàng")
    moved(land, home, day("2024-09-01"))
    client = client_of(land.officer)
    listed = client.get(reverse("programs:ground_checks")).content.decode()
    assert MARK in listed
    page = client.get(reverse("programs:ground_check", args=[loan.uuid])).content.decode()
    assert "is read there" in page
    assert reverse("programs:support", args=[home.pk]) not in page
    settle = reverse("programs:ground_check_settle", args=[loan.uuid])
    typed = {"verdict": "STAYS", "terms": "", "note": "hỏi ngân hàng"}
    assert client.post(settle, typed).status_code == 302
    assert GroundCheck.objects.get().checked_by == land.officer
    new = client_of(other_officer(land))
    page = new.get(reverse("programs:ground_check", args=[loan.uuid])).content.decode()
    assert "is read there" not in page
    assert Benefit.objects.get().commune == land.commune
