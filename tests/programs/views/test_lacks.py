"""The page from lack to help, in an area of one's own."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import DecisionOrigin, Role
from households.models import RecognitionDecision
from tests.factories import families, plans, reviews, users
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-06-01")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def decision(land: Land) -> RecognitionDecision:
    round = reviews.periodic(land.province, 2023, reviews.standard())
    return families.decided(
        land.commune, round, reviews.standard(), land.officer, since=day("2024-01-01"),
        origin=DecisionOrigin.PROCEDURE,
    )  # fmt: skip


def test_a_commune_sees_its_lacks_and_a_province_the_sums(
    land: Land, decision: RecognitionDecision
) -> None:
    plans.decided_form(decision, land.village, land.officer, support_wanted=["housing"])
    chief = users.user("chief", Role.DEPARTMENT, land.province)
    for user in (land.officer, chief):
        page = " ".join(client_of(user).get(reverse("programs:lacks")).content.decode().split())
        assert "1 poor, 0 near-poor" in page
        assert "Essential works" in page
        assert "money left: not entered" in page
        assert "Of those with a form, without labour capacity: 0." in page
        assert "Of them without labour capacity" in page
    own = client_of(chief).get(reverse("programs:lacks"), {"area": land.other_commune.pk})
    assert "No listed household here" in own.content.decode()


def test_it_leaves_the_screen_without_names(land: Land, decision: RecognitionDecision) -> None:
    plans.decided_form(decision, land.village, land.officer, name="Nông Văn Kín")
    url = reverse("programs:skill_file", args=["lacks"])
    page = client_of(land.officer).get(url, {"format": "print"}).content.decode()
    assert "Households without anything" in page
    as_of = f"{decision.round.as_of:%d/%m/%Y}"
    assert "1 poor, 0 near-poor; with a decided form 1 and 0" in page
    assert f"forms as of {as_of} to {as_of}" in page
    sheet = b"".join(client_of(land.officer).get(url, {"format": "csv"}).streaming_content)  # type: ignore[attr-defined]
    assert f"forms as of {as_of} to {as_of}" in sheet.decode("utf-8-sig")
    shown = client_of(land.officer).get(reverse("programs:lacks")).content.decode()
    assert f"Decided; forms as of {as_of} to {as_of}" in shown
    assert "Nông Văn Kín" not in page


def test_another_area_does_not_exist(land: Land) -> None:
    address = reverse("programs:lacks")
    client = client_of(land.officer)
    assert client.get(address, {"area": land.other_commune.pk}).status_code == 404
    assert client.get(address, {"area": "x"}).status_code == 404
    assert client.post(address).status_code == 405
    administrator = client_of(users.user("admin", Role.ADMINISTRATOR, land.province))
    assert administrator.get(address).status_code == 403
