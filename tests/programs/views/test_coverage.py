"""The pages of coverage: every figure leads to its list, and each says of when and of whom."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from households.models import Area, User
from tests.factories import families, people, users
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given, poor
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def chief(land: Land) -> User:
    return users.user("chief", Role.DEPARTMENT, land.province)


def page(user: User, query: str = "") -> str:
    return client_of(user).get(reverse("programs:coverage") + query).content.decode()


def programme_page(user: User, code: str, query: str = "") -> str:
    address = reverse("programs:coverage_programme", args=[code])
    return client_of(user).get(address + query).content.decode()


def poor_over_there(land: Land) -> Any:
    home = people.household(land.other_village, people.person("Lục Văn Kia"))
    families.on_list(home, land.other_decision, since=day("2022-01-01"))
    return home


def test_the_page_has_a_row_for_every_programme_with_bar_and_numbers(land: Land) -> None:
    given(land, poor(land), "loan")
    poor(land)
    found = page(land.officer)
    assert "1 of 2 served" in found
    assert reverse("programs:coverage_list", args=["loan", "gap"]) in found
    assert "on 15/10/2024" in found
    assert "How far the grounds are known" in found
    assert "Being worked out again" not in found


def test_a_benefit_without_a_ground_is_a_list_and_no_figure(land: Land) -> None:
    home = people.household(land.village, people.person())
    given(land, home, "tet_gift", reason="danh sách thôn")
    found = page(land.officer)
    assert reverse("programs:ground_checks") in found
    assert "to be checked (" not in found


def test_an_officer_sees_his_commune_and_the_department_both(land: Land, chief: User) -> None:
    poor(land)
    poor_over_there(land)
    assert "0 of 1 served" in page(land.officer)
    assert "0 of 2 served" in page(chief)
    assert "0 of 1 served" in page(chief, f"?area={land.other_commune.pk}")


def test_an_area_of_somebody_else_does_not_exist(land: Land) -> None:
    client = client_of(land.officer)
    for area in (land.other_commune.pk, land.district.pk, "x", 0):
        assert client.get(reverse("programs:coverage"), {"area": area}).status_code == 404


def test_a_programme_is_told_by_area_and_by_ground_and_says_what_is_missing(
    land: Land, chief: User
) -> None:
    given(land, poor(land), "loan")
    poor_over_there(land)
    found = programme_page(chief, "loan", f"?area={land.district.pk}")
    assert land.commune.name in found
    assert land.other_commune.name in found
    assert "0 of 1 served" in found
    assert "1 of 1 served" in found
    # Nobody can say who is of merit, so who has no other ground is in the list of those.
    people.household(land.village, people.person("Hoàng Thị Chưa Rõ"))
    cards = programme_page(land.officer, "health_card")
    assert "no form says whether there is merit" in cards
    assert "facts are missing for" in cards


def test_a_ground_in_doubt_is_told_as_such(land: Land) -> None:
    assert "In doubt, decides about nobody" in page(land.officer)


def test_a_ground_whose_fact_the_register_does_not_hold_says_so(land: Land) -> None:
    told = "The register does not hold the fact"
    assert told in page(land.officer)
    assert "Pupil who has lost both parents" in page(land.officer)
    assert "(both parents have died)" in page(land.officer)
    assert programme_page(land.officer, "study_cost").count(told) == 1
    assert told not in programme_page(land.officer, "loan")


def test_the_order_of_the_address_is_kept_and_a_wrong_one_is_the_gap(land: Land) -> None:
    poor(land)
    for order in ("gap", "entitled", "lapsing", "name", "no"):
        assert client_of(land.officer).get(reverse("programs:coverage"), {"sort": order})


def test_whose_area_is_a_village_is_told_that_communes_are_counted(land: Land) -> None:
    head = users.user("head", Role.VILLAGE_HEAD, land.village)
    assert "Coverage is counted by commune" in page(head)


def test_former_communes_belong_to_the_one_they_went_into(land: Land, chief: User) -> None:
    old = Area.objects.create(
        level="COMMUNE", code="02099", name="Xã Cũ", parent=land.district,
        valid_from=day("2000-01-01"), valid_to=day("2023-12-31"),
    )  # fmt: skip
    village = Area.objects.create(
        level="VILLAGE", name="Thôn Cũ", parent=old, valid_from=day("2000-01-01")
    )
    home = people.household(village, people.person())
    families.on_list(home, land.decision, since=day("2022-01-01"))
    assert "former units" in programme_page(chief, "loan", f"?area={land.district.pk}")


def test_the_page_needs_as_many_queries_however_many_live_there(
    land: Land, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        poor(land)
    client = client_of(land.officer)
    client.get(reverse("programs:coverage"))
    with django_assert_max_num_queries(34):
        client.get(reverse("programs:coverage"))
