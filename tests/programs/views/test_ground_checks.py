"""Benefits whose ground is to be checked: the list, one of them, and what was found."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from programs.models import Benefit, GroundCheck, ProgrammeTerms
from tests.factories import people, users
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given, poor
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def loan(land: Land) -> Benefit:
    home = people.household(land.village, people.person("Vi Văn Vay"))
    return given(land, home, "loan", reason="danh sách ngân hàng")


LIST = "programs:ground_checks"


def test_the_list_gives_the_reason_and_leads_to_each(land: Land, loan: Benefit) -> None:
    page = client_of(land.officer).get(reverse(LIST)).content.decode()
    assert "danh sách ngân hàng" in page
    assert "Vi Văn Vay" in page
    assert reverse("programs:ground_check", args=[loan.uuid]) in page
    elsewhere = users.user("elsewhere", Role.COMMUNE_OFFICER, land.other_commune)
    other = client_of(elsewhere).get(reverse(LIST)).content.decode()
    assert "Vi Văn Vay" not in other
    filtered = client_of(land.officer).get(reverse(LIST), {"programme": "housing"})
    assert "Vi Văn Vay" not in filtered.content.decode()


def test_what_was_found_is_recorded_and_moves_it_to_those_looked_at(
    land: Land, loan: Benefit
) -> None:
    client = client_of(land.officer)
    one = reverse("programs:ground_check", args=[loan.uuid])
    assert "What povreg finds for that day" in client.get(one).content.decode()
    settle = reverse("programs:ground_check_settle", args=[loan.uuid])
    wrong = client.post(settle, {"verdict": "FOUND", "terms": "", "note": "x"})
    assert wrong.status_code == 422
    assert "in force on the day" in wrong.content.decode()
    done = client.post(
        settle, {"verdict": "STAYS", "terms": "", "note": "hỏi ngân hàng"}, follow=True
    )
    assert "It is recorded." in done.content.decode()
    assert "Vi Văn Vay" not in client.get(reverse(LIST)).content.decode()
    looked_at = client.get(reverse(LIST), {"state": "STAYS"}).content.decode()
    assert "hỏi ngân hàng" in looked_at
    assert GroundCheck.objects.get().checked_by == land.officer


def test_what_has_a_ground_is_not_in_the_list(land: Land) -> None:
    home = poor(land)
    with_ground = given(land, home, "loan")
    terms = with_ground.programme.terms.on(day("2024-03-01")).get(ground="poor")
    Benefit.objects.filter(pk=with_ground.pk).update(terms=terms)
    address = reverse("programs:ground_check", args=[with_ground.uuid])
    assert client_of(land.officer).get(address).status_code == 404


def test_without_a_confirmed_ground_there_is_nothing_to_hold_it_against(
    land: Land, loan: Benefit
) -> None:
    course = given(land, loan.household, "knowledge")
    client = client_of(land.officer)
    shown = client.get(reverse(LIST)).content.decode()
    assert str(loan.uuid) in shown
    assert str(course.uuid) not in shown
    ProgrammeTerms.objects.filter(programme=course.programme).update(doubts={})
    assert str(course.uuid) in client.get(reverse(LIST)).content.decode()


def test_who_records_no_support_reads_and_does_not_settle(land: Land, loan: Benefit) -> None:
    chair = users.user("chair", Role.COMMUNE_CHAIR, land.commune)
    address = reverse("programs:ground_check", args=[loan.uuid])
    client = client_of(chair)
    assert 'class="way-form"' not in client.get(address).content.decode()
    settle = reverse("programs:ground_check_settle", args=[loan.uuid])
    assert client.post(settle, {"verdict": "STAYS", "note": "x"}).status_code == 403


def test_the_list_goes_out_as_a_file_with_its_purpose(land: Land, loan: Benefit) -> None:
    client = client_of(land.officer)
    file = reverse("programs:ground_checks_file")
    assert "1 row" in client.get(file).content.decode()
