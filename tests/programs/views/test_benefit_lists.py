"""A list of support in the browser: sent, looked at, recorded, taken back."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from households.models import Household
from programs.models import Benefit, BenefitList
from programs.services.benefit_lists import batches
from tests.factories import areas, families, people, users
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

HEADS = "Họ tên,Ngày sinh,Số tiền,Ngày vay,Số khế ước"
ROWS = ("Nông Văn Thử,01/05/1980,50000000,10/05/2024,KU1", "Người Lạ,1970,1,10/05/2024,KU2")


@pytest.fixture(autouse=True)
def in_english(settings: Settings, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    settings.POVREG_IMPORTS = tmp_path / "imports"


@pytest.fixture
def poor(land: Land) -> Household:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2024-01-01"))
    return home


def typed(land: Land, *rows: str, **more: object) -> dict[str, object]:
    sent = SimpleUploadedFile("vay.csv", "\n".join((HEADS, *rows)).encode())
    return {
        "programme": "loan", "area": land.commune.pk, "year": 2024, "sender": "Ngân hàng",
        "listed_on": "30/06/2024", "sent": sent,
    } | more  # fmt: skip


def sent(client: Client, land: Land, *rows: str) -> BenefitList:
    answer = client.post(reverse("programs:benefit_list_new"), typed(land, *rows))
    assert answer.status_code == 302
    made = BenefitList.objects.latest("pk")
    batches.run(list_id=made.pk)
    return made


def page(client: Client, listed: BenefitList, **asked: str) -> str:
    answer = client.get(reverse("programs:benefit_list", args=[listed.uuid]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_sent_looked_at_recorded_and_taken_back(land: Land, poor: Household) -> None:
    client = client_of(land.officer)
    listed = sent(client, land, *ROWS)
    assert "neither a key nor a name" in page(client, listed)
    assert "Nông Văn Thử" in page(client, listed, show="new")
    address = reverse("programs:benefit_list", args=[listed.uuid])
    client.post(address, {"act": "record"})
    assert "Waits to be recorded" in page(client, listed)
    batches.run(list_id=listed.pk)
    assert Benefit.objects.get().household == poor
    assert "Settle this row" in page(client, listed, show="unmatched")
    assert "Ngân hàng" in client.get(reverse("programs:benefit_lists")).content.decode()
    client.post(address, {"act": "undo"})
    batches.run(list_id=listed.pk)
    assert not Benefit.objects.exists()
    assert "It was taken back" in page(client, listed)


def test_what_is_wrong_stands_on_the_form(land: Land) -> None:
    client = client_of(land.officer)
    answer = client.post(
        reverse("programs:benefit_list_new"), typed(land, *ROWS, listed_on="16/10/2024")
    )
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert client.post(reverse("programs:benefit_list_new"), {}).status_code == 422


def test_acts_that_cannot_be(land: Land, poor: Household) -> None:
    client = client_of(land.officer)
    listed = sent(client, land, ROWS[0].replace("50000000", "150000000"))
    assert "At most 100,000,000 đồng" in page(client, listed)
    address = reverse("programs:benefit_list", args=[listed.uuid])
    assert client.post(address, {"act": "dance"}).status_code == 400
    answer = client.post(address, {"act": "record"})
    assert answer.status_code == 422
    colleague = client_of(users.user("colleague", Role.COMMUNE_OFFICER, land.commune))
    assert "Throw it away" not in page(colleague, listed)
    assert colleague.post(address, {"act": "discard"}).status_code == 422
    columns = reverse("programs:benefit_list_columns", args=[listed.uuid])
    assert colleague.get(columns).status_code == 403


def test_columns_are_chosen(land: Land, poor: Household) -> None:
    client = client_of(land.officer)
    listed = sent(client, land, ROWS[0])
    address = reverse("programs:benefit_list_columns", args=[listed.uuid])
    assert "Số khế ước" in client.get(address).content.decode()
    chosen = {"place-0": "NAME", "place-1": "BIRTH", "place-2": "AMOUNT", "place-3": "DAY"}
    assert client.post(address, chosen | {"place-4": "NAME"}).status_code == 422
    assert client.post(address, chosen | {"place-4": ""}).status_code == 302
    batches.run(list_id=listed.pk)
    assert listed.rows.get().number == ""


def test_a_page_of_rows_costs_the_same(
    land: Land, poor: Household, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(land.officer)
    one = sent(client, land, *ROWS)
    many = sent(client, land, *(ROWS[1].replace("KU2", f"KU{n}") for n in range(30)))
    address = reverse("programs:benefit_list", args=[one.uuid])
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)
    with django_assert_num_queries(8):
        client.get(reverse("programs:benefit_list", args=[many.uuid]))


def test_another_commune_sees_nothing(land: Land, poor: Household) -> None:
    listed = sent(client_of(land.officer), land, *ROWS)
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    assert stranger.get(reverse("programs:benefit_list", args=[listed.uuid])).status_code == 404
    assert "Ngân hàng" not in stranger.get(reverse("programs:benefit_lists")).content.decode()
    reader = client_of(users.user("reader", Role.REVIEWER, land.village))
    assert reader.get(reverse("programs:benefit_lists")).status_code == 403


def list_above(land: Land) -> BenefitList:
    """Of the province, recorded by the department: a loan of the commune, and a row about nobody in
    each commune."""
    department = users.user("so", Role.DEPARTMENT, land.province)
    heads = HEADS + ",Xã"
    rows = [f"{ROWS[0]},", f"{ROWS[1]},{land.commune.name}"]
    rows.append(f"Kẻ Khác,1971,1,10/05/2024,KU3,{land.other_commune.name}")
    file = SimpleUploadedFile("vay.csv", "\n".join((heads, *rows)).encode())
    client = client_of(department)
    given = typed(land, area=land.province.pk, sent=file)
    assert client.post(reverse("programs:benefit_list_new"), given).status_code == 302
    made = BenefitList.objects.latest("pk")
    batches.run(list_id=made.pk)
    batches.confirm(listed=made, by=department)
    batches.run(list_id=made.pk)
    return made


@pytest.fixture
def of_province(land: Land, poor: Household) -> BenefitList:
    return list_above(land)


def test_the_commune_sees_its_rows_of_the_provinces_list(
    land: Land, of_province: BenefitList
) -> None:
    client = client_of(land.officer)
    overview = client.get(reverse("programs:benefit_lists")).content.decode()
    assert "1 row to be settled" in overview
    assert "their numbers count these rows alone" in overview
    told = page(client, of_province, show="unmatched")
    assert "Người Lạ" in told
    assert "Kẻ Khác" not in told
    assert "you see the rows of your area alone" in told.lower()
    assert "Take the whole list back" not in told
    address = reverse("programs:benefit_list", args=[of_province.uuid])
    assert client.post(address, {"act": "undo"}).status_code == 403
    columns = reverse("programs:benefit_list_columns", args=[of_province.uuid])
    assert client.get(columns).status_code == 403


def test_the_district_reads_and_acts_on_nothing(land: Land, of_province: BenefitList) -> None:
    client = client_of(users.user("huyen", Role.DISTRICT_READER, land.district))
    assert "Take in a list" not in client.get(reverse("programs:benefit_lists")).content.decode()
    told = page(client, of_province, show="unmatched")
    assert "Kẻ Khác" in told
    assert "Settle this row" not in told
    address = reverse("programs:benefit_list", args=[of_province.uuid])
    assert client.post(address, {"act": "undo"}).status_code == 403
    assert client.get(reverse("programs:benefit_list_new")).status_code == 403
    elsewhere = areas.district(land.province, code="999", name="Huyện Xa")
    stranger = client_of(users.user("xa", Role.DISTRICT_READER, elsewhere))
    assert stranger.get(address).status_code == 404
