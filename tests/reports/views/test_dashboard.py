"""The dashboard read against the hand-made world, as each who may, and by nobody else."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from tests.factories import areas, figures, users
from tests.programs.views.test_programmes import client_of

URL = reverse("reports:dashboard")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def world() -> figures.World:
    return figures.world()


@pytest.fixture
def department(world: figures.World) -> Client:
    return client_of(users.user("so", Role.DEPARTMENT, world.province))


def text_of(client: Client, **asked: object) -> str:
    answer = client.get(URL, asked)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    found = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(found.replace("&nbsp;", " ").split())


def test_the_department_sees_its_province(world: figures.World, department: Client) -> None:
    found = text_of(department)
    # C's resident households are not entered: no rate of the province, and why.
    assert "The total of resident households is not entered" in found
    assert "Official · standard 2022–2026" in found


def test_a_commune_with_its_total_has_a_rate_and_a_change(
    world: figures.World, department: Client
) -> None:
    found = text_of(department, area=world.a.pk)
    # Five poor of 40 in 2023.
    assert "12.50 %" in found
    assert "5 households of 40 resident households" in found


def test_the_list_is_linked_for_who_reads_households_only(world: figures.World) -> None:
    officer = client_of(users.user("can_bo", Role.COMMUNE_OFFICER, world.a))
    inspector = client_of(users.user("thanh_tra", Role.INSPECTOR, world.province))
    behind = reverse("reports:behind")
    assert behind in officer.get(URL).content.decode()
    assert behind not in inspector.get(URL, {"area": world.a.pk}).content.decode()


def test_figures_of_another_area_do_not_exist(world: figures.World) -> None:
    officer = client_of(users.user("can_bo", Role.COMMUNE_OFFICER, world.a))
    assert officer.get(URL, {"area": world.b.pk}).status_code == 404
    assert officer.get(URL, {"area": world.province.pk}).status_code == 404
    assert officer.get(URL, {"area": "x"}).status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.VILLAGE_HEAD, Role.REVIEWER])
def test_who_answers_for_no_area_is_refused(world: figures.World, role: Role) -> None:
    area = world.province if role == Role.ADMINISTRATOR else world.a1
    assert client_of(users.user("ai", role, area)).get(URL).status_code == 403


@pytest.mark.parametrize("asked", [{"round": "1999"}, {"standard": "std_1900"}])
def test_a_round_or_standard_that_is_not_there(department: Client, asked: dict[str, str]) -> None:
    assert department.get(URL, asked).status_code == 404


def test_why_there_is_nothing_is_said(world: figures.World, department: Client) -> None:
    other = areas.province("19", "Tỉnh Khác")
    stranger = client_of(users.user("khac", Role.DEPARTMENT, other))
    answer = stranger.get(URL)
    assert answer.status_code == 422
    assert "There is no review round yet." in answer.content.decode()
    answer = department.get(URL, {"round": "2022", "on": "1990-01-01"})
    assert answer.status_code == 422


def test_a_get_only(department: Client) -> None:
    assert department.post(URL).status_code == 405
    assert department.get(reverse("reports:figure", args=["nothing"])).status_code == 404


def test_each_figure_has_an_address_and_a_sheet(world: figures.World, department: Client) -> None:
    places = reverse("reports:figure", args=["places"])
    answer = department.get(places, {"round": "2023", "level": "commune"})
    assert answer.status_code == 200
    sheet = department.get(places, {"round": "2023", "level": "commune", "format": "csv"})
    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert lines[2].startswith("Commune;Resident households;Poor households;Rate (%)")
    [line] = [one for one in lines if one.startswith(world.a.name)]
    assert line.split(";")[1:4] == ["40", "5", "12.50"]


def test_a_page_asks_little_and_less_the_second_time(
    world: figures.World,
    department: Client,
    django_assert_max_num_queries: Callable[[int], DjangoAssertNumQueries],
) -> None:
    department.get(URL)
    with django_assert_max_num_queries(75):  # type: ignore[attr-defined]
        department.get(URL)
