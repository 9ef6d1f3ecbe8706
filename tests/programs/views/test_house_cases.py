"""One house in the browser: a step with its photo, a payment, and who may look."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role, TraitKind
from programs.models import HousingCase, HousingCeiling, SiteFile, SitePayment
from tests.factories import families, houses, people, pictures, users
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of
from tests.programs.views.test_support import panel

ONCE = "7d9b5c8e-6a0e-4d3c-9f0f-2f9c1b1f6a11"


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    settings.MEDIA_ROOT = tmp_path
    families.trait(land.district, TraitKind.POOR_DISTRICT, "YES")
    houses.rules()


@pytest.fixture
def case(land: Land) -> HousingCase:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2022-01-01"))
    return houses.listed(land.village, land.officer, home)[0]


def url(name: str, case: HousingCase) -> str:
    return reverse(f"programs:{name}", args=[case.benefit.uuid])


def page(client: Client, case: HousingCase) -> str:
    answer = client.get(url("housing_case", case))
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(client: Client, name: str, case: HousingCase, typed: dict[str, Any]) -> int:
    return client.post(url(name, case), typed).status_code


def test_steps_are_recorded_one_after_the_other_with_photos(land: Land, case: HousingCase) -> None:
    client = client_of(land.officer)
    assert "Next step: Reviewed by the commune" in page(client, case)
    step = {"stage": "REVIEWED", "reached_on": "05/03/2024", "once": ONCE}
    for _twice in range(2):
        assert post(client, "housing_step", case, step) == 302
    case.refresh_from_db()
    assert (case.stage.code, case.stage_on) == ("REVIEWED", day("2024-03-05"))
    houses.taken_to(case, "POSTED", land.officer)
    typed = {"stage": "DECIDED", "reached_on": "02/04/2024", "number": "15/QĐ", "planned_vnd": ""}
    assert post(client, "housing_step", case, typed) == 422
    assert post(client, "housing_step", case, typed | {"planned_vnd": "50000000"}) == 302
    typed = {"stage": "FOUNDATION", "reached_on": "03/05/2024", "photos": pictures.jpeg_file()}
    assert post(client, "housing_step", case, typed) == 302
    assert SiteFile.objects.get().stage.code == "FOUNDATION"  # type: ignore[union-attr]
    assert "Foundation done, photo 1" in page(client, case)


def test_a_step_typed_on_an_old_page_changes_nothing(land: Land, case: HousingCase) -> None:
    client = client_of(land.officer)
    post(client, "housing_step", case, {"stage": "REVIEWED", "reached_on": "05/03/2024"})
    old = client.post(
        url("housing_step", case), {"stage": "REVIEWED", "reached_on": "05/03/2024"}, follow=True
    )
    assert "not the next one" in old.content.decode()
    assert case.steps.count() == 2


def test_a_payment_is_one_line_and_the_ceiling_speaks(land: Land, case: HousingCase) -> None:
    client = client_of(land.officer)
    assert "Record the payment" not in page(client, case)
    houses.taken_to(case, "DECIDED", land.officer)
    paid = {"pay-paid_on": "01/05/2024", "pay-line": "CENTRAL", "pay-amount_vnd": "40000000"}
    assert post(client, "housing_pay", case, paid) == 302
    over = client.post(url("housing_pay", case), paid | {"pay-amount_vnd": "1"})
    assert over.status_code == 422
    assert "at most 40,000,000 đồng" in over.content.decode()
    HousingCeiling.objects.update(doubt="weak")
    warned = client.post(url("housing_pay", case), paid | {"pay-amount_vnd": "1"}, follow=True)
    assert "The ceiling is not confirmed." in warned.content.decode()
    assert "40,000,001 of 50,000,000 đồng" in page(client, case)
    payment = SitePayment.objects.earliest("pk")
    back = reverse("programs:site_payment_back", args=[payment.pk])
    assert client.get(back).status_code == 200
    assert client.post(back, {"reason": ""}).status_code == 422
    assert client.post(back, {"reason": "Nhập nhầm hộ"}).status_code == 302
    assert "Nhập nhầm hộ" in page(client, case)


def test_taken_back_and_dropped_with_the_reason(land: Land, case: HousingCase) -> None:
    client = client_of(land.officer)
    houses.taken_to(case, "REVIEWED", land.officer)
    assert post(client, "housing_step_back", case, {"back-reason": ""}) == 422
    post(client, "housing_step_back", case, {"back-reason": "nhầm"})
    assert case.steps.filter(stage__code="REVIEWED").exists()  # no step was named
    typed = {"back-reason": "nhầm", "stage": "REVIEWED"}
    assert post(client, "housing_step_back", case, typed) == 302
    assert not case.steps.filter(stage__code="REVIEWED").exists()
    typed = {"drop-acted_on": "01/04/2024", "drop-reason": "Hộ xin rút"}
    assert post(client, "housing_drop", case, typed) == 302
    shown = page(client, case)
    assert "Hộ xin rút" in shown
    assert "Record it" not in shown


def test_photos_are_only_for_readers_of_the_area(land: Land, case: HousingCase) -> None:
    officer = client_of(land.officer)
    assert post(officer, "housing_photo", case, {"photo-files": pictures.jpeg_file()}) == 302
    photo = SiteFile.objects.get()
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    administrator = client_of(users.user("admin", Role.ADMINISTRATOR, land.province))
    for name in ("site_file", "site_file_small"):
        address = reverse(f"programs:{name}", args=[photo.uuid])
        answer = reader.get(address)
        assert answer["Content-Type"] == "image/jpeg"
        assert b"Nha-san-xuat" not in b"".join(answer.streaming_content)
        assert stranger.get(address).status_code == 404
        assert administrator.get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_readers_see_and_change_nothing_and_strangers_find_nothing(
    land: Land, case: HousingCase
) -> None:
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    assert "Record it" not in page(reader, case)
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    assert stranger.get(url("housing_case", case)).status_code == 404
    for name in (
        "housing_step", "housing_pay", "housing_drop", "housing_photo", "housing_step_back",
    ):  # fmt: skip
        assert post(reader, name, case, {}) == 403
        assert post(stranger, name, case, {}) == 404


def test_the_household_s_panel_shows_the_house_and_its_step(land: Land, case: HousingCase) -> None:
    client = client_of(land.officer)
    assert case.benefit.household
    shown = panel(client, case.benefit.household)
    assert url("housing_case", case) in shown
    assert "New: Village meeting lists the need" in shown
    benefit = client.get(reverse("programs:benefit", args=[case.benefit.uuid])).content.decode()
    assert "Next step" not in benefit
    assert url("housing_case", case) in benefit
