"""Pages of jobs and work abroad."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from programs.choices import BenefitState
from programs.models import Benefit
from tests.factories import people, users
from tests.programs.conftest import Land, day
from tests.programs.services.test_employment import ABROAD, hired
from tests.programs.services.test_participants import poor
from tests.programs.views.test_programmes import client_of

TYPED = {
    "kind": "AWAY", "employer": "Công ty May Một", "wage_vnd": "7500000",
    "acted_on": "01/02/2024", "valid_from": "01/02/2024", "valid_to": "31/01/2025",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def test_a_member_of_a_household_found_by_its_code_has_a_job(land: Land) -> None:
    client, worker = client_of(land.officer), people.person("Nông Thị Làm")
    home = poor(land, people.person("Chủ Hộ"), worker)
    new = reverse("programs:job_new")
    assert "Of a member of the register" in client.get(new).content.decode()
    assert client.get(f"{new}?household=H99999999").status_code == 404
    address = f"{new}?household={home.code}"
    assert "Nông Thị Làm" in client.get(address).content.decode()
    nobody = client.post(address, TYPED | {"person": ""})
    assert nobody.status_code == 422
    page = client.post(address, TYPED | {"person": str(worker.pk)}, follow=True).content.decode()
    assert "7,500,000 đồng" in page
    listed = client.get(reverse("programs:job_list")).content.decode()
    assert "Công ty May Một" in listed
    assert "In work" in listed


def test_a_person_outside_the_register_goes_abroad_and_comes_back(land: Land) -> None:
    client = client_of(land.officer)
    new = f"{reverse('programs:job_new')}?outside=1&commune={land.commune.pk}"
    typed = TYPED | {
        "kind": "ABROAD", "country": "Nhật Bản", "is_listed": "on", "name": "Hoàng Văn Ngoài",
        "ground": "Có nhu cầu đi làm việc ở nước ngoài",
    }  # fmt: skip
    client.post(new, typed)
    row = Benefit.objects.get()
    assert (row.state, row.outside_name) == (BenefitState.LISTED, "Hoàng Văn Ngoài")
    step = reverse("programs:job_step", args=[row.uuid])
    client.post(step, {"state": "SERVED", "acted_on": "05/03/2024"})
    page = client.post(step, {"state": "CLOSED", "acted_on": "01/09/2024"}, follow=True)
    assert "Returned" in page.content.decode()
    row.refresh_from_db()
    assert (row.served_on, row.acted_on) == (day("2024-03-05"), day("2024-09-01"))


def test_a_step_that_cannot_be_is_told_and_a_mistake_taken_back(land: Land) -> None:
    client, row = client_of(land.officer), hired(land)
    step = reverse("programs:job_step", args=[row.uuid])
    early = client.post(step, {"state": "CLOSED", "acted_on": "01/01/2024"})
    assert (early.status_code, "lies before" in early.content.decode()) == (422, True)
    client.post(step, {"state": "CANCELLED", "acted_on": "15/10/2024", "reason": "Nhầm"})
    row.refresh_from_db()
    assert row.state == BenefitState.CANCELLED


def test_the_contract_is_said_otherwise(land: Land) -> None:
    client, row = client_of(land.officer), hired(land, contract=ABROAD)
    page = reverse("programs:job", args=[row.uuid])
    missing = client.post(page, TYPED | {"kind": "ABROAD", "country": ""})
    assert (missing.status_code, "Write the country" in missing.content.decode()) == (422, True)
    client.post(page, TYPED | {"kind": "ABROAD", "country": "Hàn Quốc"})
    row.employment.refresh_from_db()
    assert row.employment.country == "Hàn Quốc"


def test_who_reads_changes_nothing_others_see_nothing(land: Land) -> None:
    row = hired(land)
    page = reverse("programs:job", args=[row.uuid])
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    assert "What became of it" not in reader.get(page).content.decode()
    assert reader.post(page, TYPED).status_code == 403
    assert reader.post(reverse("programs:job_step", args=[row.uuid])).status_code == 403
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    assert stranger.get(page).status_code == 404
    assert "Nông Thị Làm" not in stranger.get(reverse("programs:job_list")).content.decode()


def test_the_list_needs_as_many_queries_for_many(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = client_of(land.officer), reverse("programs:job_list")
    hired(land)
    client.get(address)
    with django_assert_num_queries(15):
        client.get(address)
    for _ in range(4):
        hired(land)
    with django_assert_num_queries(15):
        client.get(address)
