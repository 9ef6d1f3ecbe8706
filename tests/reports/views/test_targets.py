"""Pages of targets: read in one's own area, set by the department and the administrator."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.models import Area, PovertyStandard, User
from reports.models import ReductionTarget
from tests.factories import areas, reviews, users
from tests.factories.targets import target
from tests.programs.views.test_programmes import client_of

pytestmark = pytest.mark.django_db
LIST, SET = reverse("reports:target_list"), reverse("reports:target_entry")


@pytest.fixture(autouse=True)
def on_a_day(settings: Settings) -> None:
    settings.POVREG_TODAY = dt.date(2024, 10, 15)
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def standard() -> PovertyStandard:
    return reviews.standard()


@pytest.fixture
def province(standard: PovertyStandard) -> Area:
    return areas.province()


@pytest.fixture
def district(province: Area) -> Area:
    return areas.district(province)


@pytest.fixture
def department(province: Area) -> User:
    return users.user("so", Role.DEPARTMENT, province)


def text(answer: object) -> str:
    found: str = answer.content.decode()  # type: ignore[attr-defined]
    return found


def test_a_year_shows_the_area_and_what_lies_right_below(
    province: Area, district: Area, department: User, standard: PovertyStandard
) -> None:
    commune = areas.commune(district)
    target(province, standard=standard, year=2024, is_confirmed=False)
    page = text(client_of(department).get(LIST))
    assert "2–2.5" in page
    assert "Unconfirmed" in page
    assert district.name in page
    assert commune.name not in page
    page = text(client_of(department).get(LIST, {"area": district.pk, "year": "2024"}))
    assert commune.name in page
    assert "2–2.5" in page  # the province's stands above
    assert "2–2.5" not in text(client_of(department).get(LIST, {"year": "2023"}))


def test_a_commune_reads_its_own_and_those_above_and_sets_nothing(
    province: Area, district: Area, standard: PovertyStandard
) -> None:
    commune, other = areas.commune(district), areas.commune(district, "02011", "Xã Kề")
    target(province, standard=standard, year=2024)
    officer = client_of(users.user("can_bo", Role.COMMUNE_OFFICER, commune))
    page = text(officer.get(LIST))
    assert "2–2.5" in page
    assert commune.name in page
    assert other.name not in page
    assert "Only the department and the administrator" in page
    assert officer.get(LIST, {"area": other.pk}).status_code == 404
    assert officer.get(LIST, {"area": province.pk}).status_code == 404
    assert officer.get(SET).status_code == 403
    assert officer.post(SET, {}).status_code == 403


@pytest.mark.parametrize("query", ["area=x", "area=" + "9" * 30, "standard=none", "area=²"])
def test_addresses_that_name_nothing(department: User, query: str) -> None:
    assert client_of(department).get(f"{LIST}?{query}").status_code == 404


def test_typed_targets_are_saved_and_empty_fields_change_nothing(
    province: Area, district: Area, department: User, standard: PovertyStandard
) -> None:
    target(province, standard=standard, year=2024)
    given = {
        "legal_basis": "Nghị quyết 5", "source": "", f"unit-{province.pk}": "",
        f"unit-{district.pk}": ">4",
    }  # fmt: skip
    answer = client_of(department).post(f"{SET}?year=2024", given)
    assert answer.status_code == 302
    kept = {row.area: (row.points_from, row.is_over) for row in ReductionTarget.objects.all()}
    assert kept == {province: (2, False), district: (4, True)}


def test_what_cannot_be_read_is_told_and_stays_typed(
    province: Area, district: Area, department: User
) -> None:
    client = client_of(department)
    given = {"legal_basis": "Nghị quyết 5", f"unit-{district.pk}": "nhiều"}
    answer = client.post(f"{SET}?year=2024", given)
    assert answer.status_code == 422
    assert "Huyện Thử: write points as" in text(answer)
    assert 'value="nhiều"' in text(answer)
    answer = client.post(f"{SET}?year=2024", {f"unit-{district.pk}": "3", "legal_basis": ""})
    assert answer.status_code == 422
    assert not ReductionTarget.objects.exists()


def test_a_target_is_taken_back_in_ones_own_area_only(
    province: Area, department: User, standard: PovertyStandard
) -> None:
    kept = target(province, standard=standard)
    url = reverse("reports:target_withdraw", args=[kept.pk])
    stranger = users.user("so_khac", Role.DEPARTMENT, areas.province("19", "Tỉnh Khác"))
    assert client_of(stranger).post(url, {"reason": "nhầm"}).status_code == 404
    client = client_of(department)
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422
    assert ReductionTarget.objects.exists()
    assert client.post(url, {"reason": "nhầm"}).status_code == 302
    assert not ReductionTarget.objects.exists()
    assert client.get(url).status_code == 404


def test_the_standard_of_the_year_is_shown_unless_another_is_asked_for(
    province: Area, department: User, standard: PovertyStandard
) -> None:
    older = reviews.standard("std_2016")
    target(province, standard=older, year=2021)
    client = client_of(department)
    assert "2–2.5" in text(client.get(LIST, {"year": "2021", "standard": "std_2016"}))
    assert "2–2.5" in text(client.get(LIST, {"year": "2021"}))
    assert "2–2.5" not in text(client.get(LIST, {"year": "2021", "standard": "std_2022"}))
