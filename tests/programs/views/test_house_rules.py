"""The page of the rules of houses: read by all, stated by the department."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from programs.models import HousingCeiling, HousingCriterion, HousingStage
from tests.factories import houses, users
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

PAGE = "programs:housing_rules"


@pytest.fixture(autouse=True)
def in_english(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    houses.rules()


def test_an_officer_reads_numbers_and_doubts(land: Land) -> None:
    client = client_of(land.officer)
    assert reverse(PAGE) in client.get(reverse("programs:housing_board")).content.decode()
    page = client.get(reverse(PAGE)).content.decode()
    assert "60,000,000" in page
    assert "Not confirmed: nobody is decided on it" in page
    assert "/houses/rules/steps/" not in page


def test_the_department_states_each_of_them(
    land: Land, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(users.user("chief", Role.DEPARTMENT, land.province))
    ceiling = HousingCeiling.objects.get(terms__ground="temporary_house", build="NEW")
    stage = HousingStage.objects.get(code="POSTED")
    criterion = HousingCriterion.objects.get(code="MERIT")
    typed = {"source": "Quyết định 5/QĐ-UBND"}
    for name, row, more in (
        ("housing_ceiling", ceiling, {"ceiling_vnd": "65,000,000"}),
        ("housing_norm", stage, {"norm_days": "5"}),
        ("housing_criterion", criterion, {}),
    ):
        address = reverse(f"programs:{name}", args=[row.pk])
        with django_assert_max_num_queries(10):
            assert address in client.get(reverse(PAGE)).content.decode()
        assert client.post(address, typed | more).status_code == 302
        row.refresh_from_db()
        assert row.doubt == ""
    assert (ceiling.ceiling_vnd, stage.norm_days) == (65_000_000, 5)


def test_what_is_wrong_comes_back_open(land: Land) -> None:
    client = client_of(users.user("chief", Role.DEPARTMENT, land.province))
    stage = HousingStage.objects.get(code="POSTED")
    address = reverse("programs:housing_norm", args=[stage.pk])
    answer = client.post(address, {"norm_days": "5", "source": ""})
    assert answer.status_code == 422
    assert '<details class="fold" open' in answer.content.decode()
    first = HousingStage.objects.get(code="MEETING")
    address = reverse("programs:housing_norm", args=[first.pk])
    assert client.post(address, {"norm_days": "5", "source": "QĐ"}).status_code == 404
