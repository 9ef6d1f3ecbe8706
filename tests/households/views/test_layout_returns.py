"""A sheet that came back, in the browser: uploaded, looked at, kept, settled, taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from households import tasks
from households.choices import Role
from households.choices.returns import DifferenceState, ReturnState
from households.models import LayoutReturn, OutputLayout, ReturnedDifference, Survey, User
from households.services import layout_returns
from tests.factories import reviews, users
from tests.factories.layouts import sheet
from tests.households.conftest import TODAY, World

LogIn = Callable[[User], Client]
LIST = reverse("households:return_list")
HEADS = ["Số", "Họ tên", "Số thẻ"]
NUMBER = "006080123456"


@pytest.fixture
def layout(world: World, settings: Settings, tmp_path: Path) -> OutputLayout:
    settings.POVREG_IMPORTS = tmp_path
    assert tasks.read_return.name == "households.read_return"
    department = users.user("dep", Role.DEPARTMENT, world.province)
    return OutputLayout.objects.create(
        province=world.province, name="Thẻ", row_kind="MEMBER", whom="ALL", is_shared=True,
        made_by=department,
        columns=[
            {"field": "member.cccd", "heading": "Số"},
            {"field": "member.full_name", "heading": "Họ tên"},
            {"field": "answer.text", "heading": "Số thẻ"},
        ],
    )  # fmt: skip


@pytest.fixture
def family(world: World) -> Survey:
    head = reviews.adult("Nông Văn Thử", personal_id=NUMBER)
    return reviews.surveyed(world.round, world.village, world.officer, members=[head])


@pytest.fixture
def client(world: World, layout: OutputLayout, family: Survey, logged_in: LogIn) -> Client:
    return logged_in(world.officer)


def uploaded(client: Client, world: World, layout: OutputLayout, *rows: list[str]) -> LayoutReturn:
    sent = {
        "area": world.commune.pk, "receiver": "BHXH", "returned_on": f"{TODAY:%d/%m/%Y}",
        "sent": sheet(HEADS, *rows),
    }  # fmt: skip
    answer = client.post(reverse("households:return_new", args=[layout.pk]), sent)
    made = LayoutReturn.objects.latest("pk")
    assert answer.url == url(made)  # type: ignore[attr-defined]
    layout_returns.run(return_id=made.pk)
    made.refresh_from_db()
    return made


def url(returned: LayoutReturn) -> str:
    return reverse("households:layout_return", args=[returned.uuid])


def test_from_the_upload_to_the_family_s_page(
    world: World, client: Client, layout: OutputLayout, family: Survey
) -> None:
    assert client.get(reverse("households:return_new", args=[layout.pk])).status_code == 200
    home = reverse("households:household", args=[family.household_id])
    returned = uploaded(
        client, world, layout, [NUMBER, "Nông Văn Thứ", "HN 77"], ["006080000009", "Ai Đó", "HN 78"]
    )
    page = client.get(url(returned)).content.decode()
    assert "Nông Văn Thứ" in page
    assert "HN 77" in page
    assert "HN 78" not in page
    missed = client.get(url(returned) + "?show=not_found").content.decode()
    assert "HN 78" in missed
    assert "006080000009" not in missed
    assert "HN 77" not in client.get(home).content.decode()
    assert client.post(url(returned), {"act": "keep"}).status_code == 302
    assert "HN 77" in client.get(home).content.decode()
    assert returned.file_name in client.get(LIST).content.decode()
    assert client.post(url(returned), {"act": "take_back"}).status_code == 302
    assert "HN 77" not in client.get(home).content.decode()


def test_a_difference_is_settled_where_it_stands(
    world: World, client: Client, layout: OutputLayout, family: Survey
) -> None:
    returned = uploaded(client, world, layout, [NUMBER, "Nông Văn Thứ", ""])
    one = ReturnedDifference.objects.get()
    address = reverse("households:returned_difference", args=[one.pk])
    sent = {"act": "accept", "show": "changed"}
    assert client.post(address, sent).status_code == 302
    one.refresh_from_db()
    assert one.state == DifferenceState.OPEN  # not kept yet
    client.post(url(returned), {"act": "keep"})
    assert client.post(address, sent)["Location"].endswith(f"?show=changed#row-{one.row_id}")
    one.refresh_from_db()
    assert one.state == DifferenceState.ACCEPTED
    assert client.post(address, {"act": "sing"}).status_code == 400
    assert "officer" in client.get(url(returned)).content.decode()


def test_while_it_is_read_the_page_looks_again(
    world: World, client: Client, layout: OutputLayout
) -> None:
    returned = uploaded(client, world, layout, [NUMBER, "", ""])
    LayoutReturn.objects.update(state=ReturnState.READING)
    assert 'hx-trigger="every 2s"' in client.get(url(returned)).content.decode()
    part = client.get(url(returned), headers={"hx-request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="return-state"')
    assert client.post(url(returned), {"act": "keep"}).status_code == 302
    returned.refresh_from_db()
    assert returned.state == ReturnState.READING


def test_what_is_not_told_is_asked_again(
    world: World, client: Client, layout: OutputLayout
) -> None:
    new = reverse("households:return_new", args=[layout.pk])
    sent = {"area": world.other_commune.pk, "receiver": "", "returned_on": "1/1/2999"}
    page = client.post(new, sent)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"area", "receiver", "sent"}
    assert client.post(LIST, {}).status_code == 405


def test_somebody_else_s_area_does_not_exist(
    world: World, client: Client, layout: OutputLayout, logged_in: LogIn
) -> None:
    returned = uploaded(client, world, layout, [NUMBER, "Nông Văn Thứ", ""])
    stranger = logged_in(users.user("khach", Role.COMMUNE_OFFICER, world.other_commune))
    assert stranger.get(url(returned)).status_code == 404
    assert returned.file_name not in stranger.get(LIST).content.decode()
    difference = reverse(
        "households:returned_difference", args=[ReturnedDifference.objects.get().pk]
    )
    assert stranger.post(difference, {"act": "settle"}).status_code == 404
    reviewer = logged_in(users.user("rev", Role.REVIEWER, world.village))
    assert reviewer.get(url(returned)).status_code == 403


def test_as_many_queries_for_one_row_as_for_many(
    world: World, client: Client, layout: OutputLayout
) -> None:
    def queries(returned: LayoutReturn) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(returned)).status_code == 200
        return len(asked)

    few = queries(uploaded(client, world, layout, [NUMBER, "Nông Văn Thứ", "1"]))
    for number in range(4):
        members = [reviews.adult(f"Lý {number}", personal_id=f"00608000010{number}")]
        reviews.surveyed(world.round, world.village, world.officer, members=members)
    rows = [[f"00608000010{number}", f"Ma {number}", "2"] for number in range(4)]
    assert queries(uploaded(client, world, layout, *rows)) == few
