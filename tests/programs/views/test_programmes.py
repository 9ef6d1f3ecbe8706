"""The programmes' pages: what each says, and vouching for what is in doubt."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from households.models import User
from programs.models import Programme, ProgrammeTerms
from tests.factories import users
from tests.programs.conftest import Land, day


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def chief(land: Land) -> User:
    return users.user("chief", Role.DEPARTMENT, land.province)


def test_the_list_names_every_programme_and_what_is_in_doubt(land: Land) -> None:
    page = client_of(land.officer).get(reverse("programs:programme_list")).content.decode()
    for programme in Programme.objects.all():
        assert programme.name_en in page
    assert "decides about nobody yet" in page


def test_the_list_needs_as_many_queries_for_many_programmes(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(land.officer)
    client.get(reverse("programs:programme_list"))
    with django_assert_num_queries(5):
        client.get(reverse("programs:programme_list"))


def test_a_programme_says_who_what_and_from_which_text(land: Land) -> None:
    answer = client_of(land.officer).get(reverse("programs:programme", args=["loan"]))
    page = answer.content.decode()
    assert "left the list at most 36 months ago" in page
    assert "at most 100,000,000 đồng" in page
    assert "interest 8.25% a year" in page
    assert "Quyết định 28/2015/QĐ-TTg" in page
    assert "At other times" in page  # the ceiling before 2019
    assert "terms/" not in page  # nothing to confirm for an officer


@pytest.mark.parametrize("code", [
    "communication", "electricity", "essential_works", "health_card", "housing", "job",
    "knowledge", "labour_export", "livelihood", "loan", "loan_business", "loan_minority",
    "loan_student", "study_cost", "tet_gift", "training", "tuition",
])  # fmt: skip
def test_every_programme_can_be_read(land: Land, code: str) -> None:
    answer = client_of(land.officer).get(reverse("programs:programme", args=[code]))
    assert answer.status_code == 200


def test_the_department_confirms_on_the_page(land: Land, chief: User) -> None:
    client = client_of(chief)
    terms = ProgrammeTerms.objects.get(programme__code="tet_gift")
    page = client.get(reverse("programs:programme", args=["tet_gift"])).content.decode()
    address = reverse("programs:terms_confirm", args=[terms.pk, "who"])
    assert address in page
    answer = client.post(address, {"source": "Quyết định 12/QĐ-UBND"}, follow=True)
    assert "Confirmed" in answer.content.decode()
    terms.refresh_from_db()
    assert terms.doubts == {}
    assert client.post(address, {"source": "again"}).status_code == 404


def test_without_a_text_the_form_comes_back_open(land: Land, chief: User) -> None:
    terms = ProgrammeTerms.objects.get(programme__code="tet_gift")
    address = reverse("programs:terms_confirm", args=[terms.pk, "who"])
    answer = client_of(chief).post(address, {"source": ""})
    assert answer.status_code == 422
    assert '<details class="reading-form" open' in answer.content.decode()
    terms.refresh_from_db()
    assert terms.doubts == {"who": "weak"}


def test_an_officer_confirms_nothing(land: Land) -> None:
    terms = ProgrammeTerms.objects.get(programme__code="tet_gift")
    address = reverse("programs:terms_confirm", args=[terms.pk, "who"])
    assert client_of(land.officer).post(address, {"source": "QĐ"}).status_code == 403
    assert client_of(land.officer).get(address).status_code == 405
