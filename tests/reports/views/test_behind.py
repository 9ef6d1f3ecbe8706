"""The households behind a figure on the screen: every figure against its list, as every role."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from households.models import User
from households.services import complete_lists
from households.services.household_acts import moves, transfers
from reports.choices import FigureLevel
from reports.queries import questions, tables
from reports.queries.questions import Question
from tests.factories import areas, figures, users

URL = reverse("reports:behind")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def world() -> figures.World:
    found = figures.world()
    for commune in (found.a, found.b, found.c):
        complete_lists.say(commune=commune, year=2021, by=found.by)
    return found


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def department(world: figures.World) -> Client:
    return client_of(users.user("so", Role.DEPARTMENT, world.province))


def asked(question: Question, table: str, column: str, unit: int, **more: Any) -> str:
    return urlencode({
        "area": question.area.pk, "round": question.round.key, "status": question.status.value,
        "standard": question.standard.code, "level": question.level.value,
        "on": question.on.isoformat(), "table": table, "column": column, "unit": unit, **more,
    })  # fmt: skip


def of(world: figures.World, level: FigureLevel = FigureLevel.COMMUNE, **more: Any) -> Question:
    area = more.pop("area", world.province)
    return questions.asked(round=world.rounds[2023], area=area, level=level, **more)


def get(client: Client, query: str) -> HttpResponse:
    answer: Any = client.get(f"{URL}?{query}")
    return answer  # type: ignore[no-any-return]


def page(client: Client, query: str) -> str:
    answer = get(client, query)
    assert answer.status_code == 200, query
    return answer.content.decode()


def listed(text: str) -> list[str]:
    """Codes of the households of the list."""
    return re.findall(r'<a class="figures" href="/households/\d+/">([^<]+)</a>', text)


def test_every_figure_that_counts_households_has_as_many_in_its_list(
    world: figures.World,
) -> None:
    client = department(world)
    seen = 0
    for level in (FigureLevel.PROVINCE, FigureLevel.COMMUNE):
        question = of(world, level)
        for code, table in tables.TABLES.items():
            for row in table.rows(question) if table.source else ():
                for column, figure in row.figures.items():
                    counts_others = "persons" in column or column == "deprivations" or code == "T11"
                    if (
                        not isinstance(figure, int) or not figure or row.counted == "persons"
                        or column.startswith("resident") or counts_others
                    ):  # fmt: skip
                        continue
                    text = page(client, asked(question, code, column, row.unit.key))
                    told = (code, column, row.unit.name)
                    assert len(listed(text)) == figure, told
                    assert f"<b>{figure} household" in text, told
                    assert "adds up to" not in text, told
                    seen += 1
    assert seen > 80


def test_persons_children_and_lacks_are_listed_by_what_each_household_adds(
    world: figures.World,
) -> None:
    client, question = department(world), of(world)
    a = world.a.pk
    persons = page(client, asked(question, "T2", "other_out", a, counted="persons"))
    assert "<b>Persons: 3</b>" in persons
    assert "in 3 households" in persons
    assert "<b>2 households</b>" in page(client, asked(question, "T2", "other_out", a))
    lacks = page(client, asked(question, "T4", "deprivations", a))
    assert "<b>Indicators lacked: 19</b>" in lacks
    children = page(client, asked(question, "T11", "children", a))
    assert "<b>Children: 1</b>" in children
    assert "in 1 household<" in children
    average = page(client, asked(question, "T1", "average_persons", a))
    assert "<b>Persons: 1</b>" in average


def test_the_page_says_what_it_is_of(world: figures.World) -> None:
    client, question = department(world), of(world)
    text = page(client, asked(question, "T2", "to_near_poor", world.a.pk))
    for said in (
        "Left poverty, near-poor now", world.a.name, "2023", "Official", "01/10/2023",
        "Before, 2022", "Poor household", "Near-poor household",
    ):  # fmt: skip
        assert said in text, said
    moved = page(client, asked(question, "M", "POOR-NOT_LISTED", world.c.pk))
    assert "Poor → Not listed" in moved
    assert "No household is counted here" in moved


def test_who_moved_away_is_counted_but_not_shown(world: figures.World) -> None:
    other = areas.commune(world.near, "02014", "Xã Mới")
    village = areas.village(other, "Thôn Mới")
    done = moves.move(
        household=world.homes["stayer"], village=village,
        happened_on=world.rounds[2023].as_of.replace(year=2024), by=world.by,
    )  # fmt: skip
    assert done.offered
    transfers.accept(transfer=done.offered, village=village, by=world.by)
    question = of(world, area=world.a)
    query = asked(question, "T1", "poor_households", world.a.pk)
    officer = client_of(users.user("can_bo", Role.COMMUNE_OFFICER, world.a))
    text = page(officer, query)
    assert "<b>5 households</b>" in text
    assert len(listed(text)) == 4
    assert "1 of these households lives in no area of yours today" in text
    assert world.homes["stayer"].code not in text
    # The department sees it where it was counted, and where it lives.
    whole = page(department(world), query)
    assert len(listed(whole)) == 5
    assert "today: Thôn Mới, Xã Mới" in whole


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.DEPARTMENT, "province", 200),
        (Role.DISTRICT_READER, "near", 200),
        (Role.COMMUNE_OFFICER, "a", 200),
        (Role.COMMUNE_CHAIR, "a", 200),
        (Role.COMMUNE_OFFICER, "b", 404),
        (Role.DISTRICT_READER, "far", 404),
        (Role.INSPECTOR, "province", 403),
        (Role.ADMINISTRATOR, "province", 403),
        (Role.VILLAGE_HEAD, "a1", 403),
        (Role.REVIEWER, "a1", 403),
        (Role.FATHERLAND_FRONT, "a", 403),
    ],
)
def test_who_may_see_the_list(world: figures.World, role: Role, place: str, status: int) -> None:
    client = client_of(users.user("ai_do", role, getattr(world, place)))
    query = asked(of(world, area=world.a), "T1", "poor_households", world.a.pk)
    for address in (URL, reverse("reports:behind_file")):
        assert client.get(f"{address}?{query}").status_code == status


def test_a_figure_that_is_not_known_has_its_reason_and_no_list(world: figures.World) -> None:
    complete_lists.say(commune=world.a, year=None, by=world.by)
    client = department(world)
    text = page(client, asked(of(world), "T2", "relapsed", world.a.pk))
    assert "There is no figure, so there is no list: Not enough is known" in text
    assert not listed(text)
    file = f"{reverse('reports:behind_file')}?{asked(of(world), 'T2', 'relapsed', world.a.pk)}"
    assert client.get(file).status_code == 404


def test_what_is_not_there_is_not_found(world: figures.World) -> None:
    client, question = department(world), of(world)
    for table, column, unit in (
        ("T99", "poor_households", world.a.pk), ("T1", "rich", world.a.pk), ("", "", 0),
        ("T1", "poor_households", 0), ("T1", "resident_households", world.a.pk),
        ("M", "POOR-RICH", world.a.pk),
    ):  # fmt: skip
        assert get(client, asked(question, table, column, unit)).status_code == 404
    assert get(client, asked(question, "T1", "poor_households", 1).replace("unit=1", "unit=x"))\
        .status_code == 404  # fmt: skip
    district = client_of(users.user("huyen", Role.DISTRICT_READER, world.near))
    above = asked(of(world, area=world.near), "T1", "poor_households", world.near.pk)
    level = above.replace("level=commune", "level=province")
    assert get(district, level).status_code == 422


def test_pages_in_order_and_few_queries(
    world: figures.World, monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client = department(world)
    query = asked(of(world, FigureLevel.PROVINCE), "T1", "poor_households", world.province.pk)
    codes = listed(page(client, query))
    assert len(codes) == 7
    monkeypatch.setattr("reports.views.behind._A_PAGE", 3)
    told = [code for at in (1, 2, 3) for code in listed(page(client, f"{query}&page={at}"))]
    assert told == codes
    with django_assert_max_num_queries(45):
        page(client, query)
