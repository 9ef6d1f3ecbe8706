"""Papers of all villages of a commune in one file, each as its own village's page prints it."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from households.choices import Role
from households.models import Area, AuditEvent, User
from households.services import village_steps
from tests.factories import areas, reviews, users
from tests.factories.procedure import act, meeting
from tests.households.conftest import World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("paper_folder")
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}


@pytest.fixture
def second(world: World) -> Area:
    """Two villages with a poor household each, a third without work."""
    second = areas.village(world.commune, "Thôn Hai")
    areas.village(world.commune, "Thôn Vắng")
    for village, name in ((world.village, "Lường Thị Một"), (second, "Triệu Văn Hai")):
        reviews.surveyed(world.round, village, world.officer, members=[reviews.adult(name)], **POOR)
    return second


def _address(world: World, kind: str) -> str:
    return reverse(
        "households:commune_village_papers", args=[world.round.pk, world.commune.pk, kind]
    )


def test_the_lists_of_all_villages_come_in_one_file(
    world: World, second: Area, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)

    asked = client.get(_address(world, "to-review"))
    answer = client.post(_address(world, "to-review"), {"purpose": "FIELD_WORK"})

    assert "2 villages" in text_of(asked)
    assert b"As Word" not in asked.content
    told = PdfReader(BytesIO(answer.content))
    assert [one["/Title"] for one in told.outline] == [
        f"{'Danh sách hộ cần rà soát'} – {name}, {world.commune.name}"
        for name in ("Thôn Hai", "Thôn Một")
    ]
    words = text_of(answer)
    assert "Lường Thị Một" in words
    assert "Triệu Văn Hai" in words
    kept = AuditEvent.objects.latest("pk").details
    assert (kept["count"], kept["filters"]["commune"]) == (2, world.commune.pk)


def test_minutes_are_of_the_meeting_that_was_held(
    world: World, second: Area, logged_in: LogIn
) -> None:
    way = village_steps.begun(round=world.round, village=second)
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    village_steps.record_meeting(way=way, meeting=meeting(), act=act(10, 2), by=world.officer)

    answer = logged_in(world.officer).post(_address(world, "minutes"), {"purpose": "MEETING"})

    words = text_of(answer)
    assert words.count("BIÊN BẢN HỌP THÔN") == 2
    assert "02/10/2024" in words or "ngày 02 tháng 10" in words


def test_papers_without_names_are_not_asked_about_and_the_page_offers_all(
    world: World, second: Area, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)

    answer = client.get(_address(world, "invitation"))
    page = client.get(reverse("households:commune_way", args=[world.round.pk, world.commune.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert len(PdfReader(BytesIO(answer.content)).outline) == 2
    assert client.get(_address(world, "no-such")).status_code == 404
    elsewhere = areas.commune(world.province, "02099", "Xã Khác")
    other = logged_in(users.user("khac", Role.COMMUNE_OFFICER, elsewhere))
    assert other.get(_address(world, "posting")).status_code == 404
    assert _address(world, "posting") in page.content.decode()
