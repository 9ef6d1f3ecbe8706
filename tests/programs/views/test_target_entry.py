"""Typing targets: kept as typed until they are saved, read from lines and files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.models import User
from programs.models import Target
from tests.factories import users
from tests.factories.money import target
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

URL = reverse("programs:target_entry", args=["loan"])


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def department(land: Land) -> User:
    return users.user("so", Role.DEPARTMENT, land.province)


def typed(land: Land, **other: str) -> dict[str, str]:
    return {
        "act": "save", "counts": "TIMES", "decision_number": "12/QĐ", "decided_on": "05/01/2024",
        f"unit-{land.district.pk}": "1.200", f"unit-{land.commune.pk}": "300", **other,
    }  # fmt: skip


def test_targets_are_saved_for_an_area_and_those_below(land: Land, department: User) -> None:
    answer = client_of(department).post(f"{URL}?area={land.district.pk}&year=2024", typed(land))
    assert answer.status_code == 302
    kept = dict(Target.objects.values_list("area", "number"))
    assert kept == {land.district.pk: 1200, land.commune.pk: 300}


def test_what_is_wrong_is_told_and_what_was_typed_stays(land: Land, department: User) -> None:
    wrong = typed(land, **{f"unit-{land.commune.pk}": "nhiều"})
    answer = client_of(department).post(f"{URL}?area={land.district.pk}", wrong)
    assert answer.status_code == 422
    found = answer.content.decode()
    assert "Xã Thử: a whole number is needed." in found
    assert 'value="nhiều"' in found
    answer = client_of(department).post(URL, typed(land, decision_number=""))
    assert answer.status_code == 422
    assert not Target.objects.exists()


def test_lines_and_files_are_read_into_the_table_and_not_saved(
    land: Land, department: User
) -> None:
    client = client_of(department)
    address = f"{URL}?area={land.district.pk}"
    pasted = {"act": "paste", "counts": "TIMES", "text": "02008\t310\nXã Lạ\t5"}
    found = client.post(address, pasted).content.decode()
    assert 'value="310"' in found
    assert "No unit of this table" in found
    sent = SimpleUploadedFile("a.csv", b"Code;New number\n02011;77")
    found = client.post(address, {"act": "file", "file": sent}).content.decode()
    assert 'value="77"' in found
    for empty in ({"act": "paste", "text": ""}, {"act": "file"}):
        assert client.post(address, empty).status_code == 422
    assert not Target.objects.exists()


def test_last_year_stands_beside_and_the_table_is_a_file(land: Land, department: User) -> None:
    target(land.commune, department, 250, code="loan", counts="TIMES", year=2023)  # type: ignore[arg-type]
    client = client_of(department)
    found = client.get(f"{URL}?area={land.commune.pk}").content.decode()
    assert ">250<" in " ".join(found.split())
    answer = client.get(f"{URL}?area={land.commune.pk}&format=xlsx")
    assert answer["Content-Disposition"].endswith('povreg-chi-tieu-2024.xlsx"')


def test_a_commune_sets_no_targets(land: Land) -> None:
    assert client_of(land.officer).get(URL).status_code == 403
    assert client_of(land.officer).post(URL, typed(land)).status_code == 403
