"""The page of a year's results."""

import io

import pytest
import python_calamine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from programs.choices.activities import ActivityKind
from programs.models import Activity, Programme
from tests.factories import people, users
from tests.factories.money import received
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

URL = reverse("programs:year_results")


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def test_lines_units_and_the_day_are_told(
    land: Land, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    home = people.household(land.village, people.person())
    received(home, land.village, land.officer, "loan", ground="poor", amount_vnd=50_000_000)
    client = client_of(users.user("so", Role.DEPARTMENT, land.province))
    client.get(URL)
    with django_assert_max_num_queries(23):
        answer = client.get(URL, {"area": land.district.pk})
    found = " ".join(answer.content.decode().split())
    assert "Loans to poor households" in found
    assert "up to 15/10/2024" in found
    assert "The year is still running" in found
    assert land.commune.name in found
    answer = client.get(URL, {"format": "xlsx", "year": "2023"})
    assert answer["Content-Disposition"].endswith('povreg-ket-qua-2023.xlsx"')


def test_pupils_are_told_by_level(land: Land) -> None:
    home = people.household(land.village, people.person())
    child = home.memberships.get().person
    client = client_of(users.user("so", Role.DEPARTMENT, land.province))
    assert "Pupils by school level" not in client.get(URL).content.decode()
    for level in ("primary", ""):
        received(
            home, land.village, land.officer, "tuition", person=child, school_level=level,
            amount_vnd=1_000_000,
        )  # fmt: skip
    found = client.get(URL).content.decode()
    assert "Pupils by school level" in found
    assert "Level not stated" in found
    answer = client.get(URL, {"format": "xlsx"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    told = [row[1:] for row in rows if str(row[1]).endswith("support: Primary")]
    assert told[0] == [
        "Pupils with tuition or study-cost support: Primary", "", 1.0, 1.0, "", "", 1.0, 0.0,
        1_000_000.0, 0.0,
    ]  # fmt: skip


def test_projects_and_people_on_the_spot_stand_apart(land: Land) -> None:
    Activity.objects.create(
        programme=Programme.objects.get(code="communication"), kind=ActivityKind.EVENT,
        topic="Chuẩn nghèo", begins_on=day("2024-04-01"), ends_on=day("2024-04-01"),
        commune=land.commune, people_reached=1065, recorded_by=land.officer,
    )  # fmt: skip
    client = client_of(users.user("so", Role.DEPARTMENT, land.province))
    found = client.get(URL).content.decode()
    assert "People reached (counted on the spot)" in found
    assert "1,065" in found
    assert "Recipients of communication" not in found
    answer = client.get(URL, {"format": "xlsx"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    told = [row[:4] for row in rows if row[1] == "People reached (counted on the spot)"]
    assert told == [
        [name, "People reached (counted on the spot)", number, ""]
        for name, number in ((land.province.name, 1065), (land.district.name, 1065))
    ]


def test_a_commune_has_its_own_and_no_units(land: Land) -> None:
    client = client_of(land.officer)
    answer = client.get(URL)
    assert answer.status_code == 200
    assert "By unit" not in answer.content.decode()
    assert client.get(URL, {"area": land.district.pk}).status_code == 404
