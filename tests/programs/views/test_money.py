"""Plans and money as pages: what stands there, for whom, and as a file."""

import io

import pytest
import python_calamine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from households.models import Area, User
from programs.choices.money import MoneyStage
from programs.services import projects
from tests.factories import areas, people, users
from tests.factories import projects as make
from tests.factories.money import entry, received, target
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

MONEY = reverse("programs:money")
HOUSING = reverse("programs:programme_money", args=["housing"])


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def department(land: Land) -> User:
    return users.user("so", Role.DEPARTMENT, land.province)


@pytest.fixture
def booked(land: Land, department: User) -> None:
    home = people.household(land.village, people.person())
    received(home, land.village, land.officer, "housing", amount_vnd=40_000_000)
    target(land.commune, department, 4)
    entry(land.commune, department, 160_000_000)
    entry(land.commune, department, 40_000_000, stage=MoneyStage.COMMITTED, on="2024-03-01")
    entry(land.commune, department, 30_000_000, stage=MoneyStage.DISBURSED, on="2024-06-01")


def page(user: User, url: str, **query: object) -> str:
    answer = client_of(user).get(url, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_commune_sees_its_own_plan_and_money(land: Land, booked: None) -> None:
    found = page(land.officer, MONEY)
    assert "Housing" in found or "housing" in found
    assert '<b class="figures">1</b> / <span class="figures">4</span>' in found
    assert "18.8 %" in found
    assert "never added" in found
    assert "Book money" not in page(land.officer, HOUSING)


def test_a_day_can_be_asked(land: Land, booked: None) -> None:
    assert "18.8 %" in page(land.officer, HOUSING, on="2024-06-01")
    assert "18.8 %" not in page(land.officer, HOUSING, on="2024-05-31")
    assert "Nothing is planned" in page(land.officer, MONEY, year="2022")


def test_another_area_does_not_exist(land: Land, booked: None) -> None:
    client = client_of(land.officer)
    for area in (land.other_commune.pk, land.district.pk, land.village.pk, "x", "9" * 30):
        assert client.get(MONEY, {"area": area}).status_code == 404
        assert client.get(HOUSING, {"area": area}).status_code == 404
    assert client.get(reverse("programs:programme_money", args=["nothing"])).status_code == 404


def test_who_answers_for_no_area_is_refused(land: Land) -> None:
    for role in (Role.REVIEWER, Role.ADMINISTRATOR):
        client = client_of(users.user(f"u{role}", role, land.commune))
        assert client.get(MONEY).status_code == 403


def test_it_goes_down_from_province_to_commune(
    land: Land,
    department: User,
    booked: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(department)
    client.get(HOUSING)
    with django_assert_max_num_queries(25):
        answer = client.get(HOUSING)
    assert f"?area={land.district.pk}&amp;year=2024" in answer.content.decode()
    found = page(department, HOUSING, area=land.district.pk)
    assert land.other_commune.name in found
    assert f'<a href="?area={land.province.pk}' in found
    assert "Book money" in found
    assert "9/QĐ" in page(department, HOUSING, area=land.commune.pk)


def test_the_file_has_what_the_page_has(land: Land, department: User, booked: None) -> None:
    for url, first in ((MONEY, "Programme"), (HOUSING, "Unit")):
        answer = client_of(department).get(url, {"format": "xlsx"})
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        assert rows[1][0] == first
        assert 160_000_000 in {cell for row in rows[2:] for cell in row}
        assert "as of 15/10/2024" in rows[0][0]


def test_persons_outside_are_told_by_what_the_list_says(land: Land, department: User) -> None:
    home = people.household(land.village, people.person())
    head = home.memberships.get().person
    received(home, land.village, land.officer, "health_card", ground="poor", person=head)
    for name in ("Trần Văn Một", "Trần Văn Hai"):
        received(
            None, land.village, land.officer, "health_card", outside_name=name,
            outside_ground="Người có công",
        )  # fmt: skip
    url = reverse("programs:programme_money", args=["health_card"])
    found = page(land.officer, url)
    assert "By ground, and by what is stated for persons outside" in found
    assert "Outside the register, as stated: Người có công" in found
    assert "By ground, and by" not in page(land.officer, HOUSING)
    answer = client_of(department).get(url, {"format": "xlsx"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    book = python_calamine.load_workbook(io.BytesIO(content))
    rows = book.get_sheet_by_name("By ground").to_python()
    assert [row[1:5] for row in rows[1:]] == [[1, 1, 1, 0], [2, 0, 0, 2]]


def test_more_approved_in_projects_than_committed_is_told_with_both_figures(
    land: Land, department: User
) -> None:
    make.loaded()
    made = make.project(land.commune, land.officer)
    projects.approve(
        project=made, committed_vnd=50_000_000, committed_on=day("2024-05-01"),
        decision_number="1/QĐ", by=land.officer,
    )  # fmt: skip
    entry(
        land.commune, department, 40_000_000, code="livelihood", stage=MoneyStage.COMMITTED
    )  # fmt: skip
    words = (
        f"{land.commune.name}, 2024: approved in projects 50,000,000 đồng; "
        "committed by entries 40,000,000 đồng; 10,000,000 đồng more is approved."
    )
    of_project = reverse("programs:project", args=[made.uuid])
    of_programme = reverse("programs:programme_money", args=["livelihood"])
    for url in (MONEY, of_programme, of_project):
        assert words in page(land.officer, url)
    assert words in page(department, of_programme, area=land.district.pk)
    # Who reads no plans and money is told nothing of them.
    front = users.user("front", Role.FATHERLAND_FRONT, land.commune)
    assert "committed by entries" not in page(front, of_project)
    entry(land.commune, department, 10_000_000, code="livelihood", stage=MoneyStage.COMMITTED)
    assert "committed by entries" not in page(land.officer, of_project)


def test_a_merged_commune_has_the_plan_and_money_of_both(
    land: Land, department: User, settings: Settings
) -> None:
    settings.POVREG_TODAY = day("2025-10-15")
    home = people.household(land.village, people.person())
    received(home, land.village, land.officer, "housing", on="2025-03-01")
    target(land.commune, department, 4, year=2025, on="2025-01-05")
    entry(land.commune, department, 160_000_000, year=2025, on="2025-02-01")
    entry(land.commune, department, 30_000_000, year=2025, on="2025-03-01",
          stage=MoneyStage.DISBURSED)  # fmt: skip
    Area.objects.filter(pk=land.district.pk).update(valid_to=day("2025-06-30"))
    made = areas.merged(land.commune, land.other_commune, parent=land.province)
    officer = users.user("moi", Role.COMMUNE_OFFICER, made)
    found = page(officer, MONEY)
    assert "18.8 %" in found
    assert '<b class="figures">1</b> / <span class="figures">4</span>' in found
    above = page(department, HOUSING)
    assert f"?area={made.pk}&amp;" in above
    assert f"?area={land.commune.pk}&amp;" not in above


def test_pupils_of_a_schooling_programme_are_told_by_level(land: Land, department: User) -> None:
    home = people.household(land.village, people.person())
    child = home.memberships.get().person
    for level in ("upper_secondary", "primary", ""):
        received(
            home, land.village, land.officer, "study_cost", person=child, school_level=level,
            amount_vnd=150_000,
        )  # fmt: skip
    received(home, land.village, land.officer, "tuition", person=child, school_level="primary")
    url = reverse("programs:programme_money", args=["study_cost"])
    found = page(land.officer, url)
    assert found.index("Primary") < found.index("Upper secondary") < found.index("Level not stated")
    assert "Pupils by school level" not in page(land.officer, HOUSING)
    answer = client_of(department).get(url, {"format": "xlsx"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    book = python_calamine.load_workbook(io.BytesIO(content))
    rows = book.get_sheet_by_name("By school level").to_python()
    assert [row[:4] for row in rows[1:]] == [
        ["Primary", 1, 1, 1], ["Upper secondary", 1, 1, 1], ["Level not stated", 1, 1, 1],
    ]  # fmt: skip
