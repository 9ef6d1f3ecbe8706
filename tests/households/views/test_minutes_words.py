"""Minutes are drafted from the meeting as it was recorded; before it they leave room to write."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from households.models import Survey, User, VillageMeeting
from households.services import village_steps
from households.views import minutes_words
from tests.factories import reviews
from tests.factories.procedure import act, meeting
from tests.households.conftest import World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("paper_folder")


@pytest.fixture
def forms(world: World) -> list[Survey]:
    return [
        reviews.surveyed(
            world.round, world.village, world.officer, members=[reviews.adult(name)],
            income_per_capita_month_vnd=1_200_000, **reviews.THREE_LACKS,
        )
        for name in ("Lường Thị Ngẫu", "Hoàng Văn Pá")
    ]  # fmt: skip


def held(world: World, **facts: object) -> VillageMeeting:
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    return village_steps.record_meeting(
        way=way, meeting=meeting(**facts), act=act(10, 2), by=world.officer
    )


def page(world: World) -> str:
    return reverse("households:village_paper", args=[world.round.pk, world.village.pk, "minutes"])


def printed(client: Client, world: World, **given: object) -> str:
    answer = client.post(page(world), {"purpose": "MEETING", **given})
    return " ".join(text_of(answer).split())  # type: ignore[arg-type]


def word_of(client: Client, world: World, **given: object) -> str:
    answer = client.post(page(world), {"purpose": "MEETING", "format": "word", **given})
    made = Document(BytesIO(answer.content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return " ".join([*(one.text for one in made.paragraphs), *cells])


def test_a_recorded_meeting_stands_in_its_minutes(
    world: World, forms: list[Survey], logged_in: LogIn
) -> None:
    one = held(
        world, present=40, agreed=39, opinions="Bà Mai đề nghị xem lại hộ số 2",
        alone={forms[1].pk: 27},
    )  # fmt: skip
    client = logged_in(world.officer)
    shown = client.get(page(world)).content.decode()
    assert f'value="{one.pk}" id="id_meeting_0" checked' in shown
    said = (
        "ngày 02 tháng 10 năm 2024", "Nhà văn hóa thôn", "Triệu Văn Trưởng", "Lý Thị Thư",
        "Bà Mai đề nghị xem lại hộ số 2", "39/40", "97,5 %", "hộ Hoàng Văn Pá: 27/40", "67,5 %",
        "Cuộc họp thống nhất kết quả rà soát.",
    )  # fmt: skip
    for told in (printed(client, world, meeting=one.pk), word_of(client, world, meeting=one.pk)):
        for words in said:
            assert words in told
        assert "đại diện hộ gia đình: ………… hộ" in told  # nobody records that
        assert "mở lại" not in told


def test_the_next_meeting_leaves_room(world: World, forms: list[Survey], logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    assert "id_meeting" not in client.get(page(world)).content.decode()
    held(world)
    for told in (printed(client, world), word_of(client, world)):
        assert "Lý Thị Thư" not in told
        assert "ngày …… tháng …… năm 2024" in told


def test_a_meeting_that_failed_says_so_and_what_is_done_again(
    world: World, forms: list[Survey], logged_in: LogIn
) -> None:
    one = held(world, present=40, agreed=19)
    told = printed(logged_in(world.officer), world, meeting=one.pk)
    assert "47,5 %" in told
    assert "thôn rà soát lại và họp lại" in told
    assert "mở lại sau cuộc họp này" in told


def test_after_the_survey_was_done_again_the_next_meeting_is_offered_first(
    world: World, forms: list[Survey], logged_in: LogIn
) -> None:
    held(world, present=40, agreed=19)
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 3), by=world.officer)
    shown = logged_in(world.officer).get(page(world)).content.decode()
    assert 'value="" id="id_meeting_1" checked' in shown


def test_a_household_that_was_not_agreed_to_is_named(
    world: World, forms: list[Survey], logged_in: LogIn
) -> None:
    one = held(world, present=40, agreed=40, alone={forms[1].pk: 10})
    told = minutes_words.meeting_data(one)
    assert "trừ các hộ có dưới 50 % số người dự họp đồng ý: Hoàng Văn Pá" in told["outcome"]
    assert told["reopened"]
    assert minutes_words.agreed_alone(one) == {forms[1].household_id: 10}


@pytest.mark.parametrize(
    ("agreed", "present", "told"),
    [(40, 40, "100"), (1, 2, "50"), (199, 400, "49,75"), (2, 3, "66,66")],
)
def test_a_share_is_cut_off_not_rounded_up(agreed: int, present: int, told: str) -> None:
    assert minutes_words.percent(agreed, present) == told
