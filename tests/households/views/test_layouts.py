"""Defining a sheet in the browser: columns added, moved, named, coded, removed; taken out."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import AuditEvent, OutputLayout, User
from tests.factories import reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
LIST = reverse("households:layout_list")
NEW = {"name": "Ngân hàng", "row_kind": "HOUSEHOLD", "whom": "ALL"}


@pytest.fixture
def department(world: World, logged_in: LogIn) -> Client:
    reviews.surveyed(world.round, world.village, world.officer, members=[reviews.adult()])
    return logged_in(users.user("dep", Role.DEPARTMENT, world.province))


@pytest.fixture
def layout(department: Client) -> OutputLayout:
    assert department.post(LIST, NEW).status_code == 302
    return OutputLayout.objects.get()


def url(layout: OutputLayout, name: str = "layout") -> str:
    return reverse(f"households:{name}", args=[layout.pk])


def typed(*columns: tuple[str, str, str, str], **more: Any) -> dict[str, Any]:
    """field, place, heading, codes."""
    names = ("field", "place", "heading", "codes")
    lists = {name: [one[at] for one in columns] for at, name in enumerate(names)}
    return {"name": "Ngân hàng", "whom": "ALL", "act": "save", **lists, **more}


def kept(layout: OutputLayout) -> list[tuple[str, str, dict[str, str]]]:
    layout.refresh_from_db()
    return [(one["field"], one["heading"], one["codes"]) for one in layout.columns]


def test_a_new_one_begins_with_a_few_columns(department: Client, layout: OutputLayout) -> None:
    page = department.get(url(layout))
    assert [one[0] for one in kept(layout)] == ["row_no", "head_name", "village", "class"]
    assert page.context["headings"] == ["STT", "Chủ hộ", "Thôn", "Loại hộ"]
    assert page.context["preview"] == [[1, "Nông Văn Thử", "Thôn Một", None]]


def test_columns_move_are_named_coded_removed_and_added(
    department: Client, layout: OutputLayout
) -> None:
    sent = typed(
        ("row_no", "1", "STT", ""),
        ("head_name", "3", " Họ  tên ", ""),
        ("village", "2", "Thôn", ""),
        ("class", "4", "Loại", ""),
        ("has_tv", "5", "TV", "Y=1; N=0"),
        remove=["4"],
        add="head_name",
        is_shared="on",
    )
    assert department.post(url(layout), sent).status_code == 302
    assert kept(layout) == [
        ("row_no", "STT", {}),
        ("village", "Thôn", {}),
        ("head_name", "Họ tên", {}),
        ("has_tv", "TV", {"Y": "1", "N": "0"}),
        ("head_name", "Chủ hộ", {}),
    ]
    assert layout.is_shared
    assert [one["codes"] for one in department.get(url(layout)).context["columns"]][3] == "Y=1; N=0"


def test_a_column_of_the_receiver_begins_with_codes_to_change(
    department: Client, layout: OutputLayout
) -> None:
    sent = typed(("village", "1", "Thôn", ""), add="answer.code")
    assert department.post(url(layout), sent).status_code == 302
    assert kept(layout)[1] == ("answer.code", "Trả lời", {"Y": "Có", "N": "Không"})


@pytest.mark.parametrize(
    ("place", "order"),
    [("1", "cab"), ("2", "acb"), ("3", "abc"), ("9", "abc"), ("x", "abc"), ("", "abc")],
)
def test_a_number_moves_a_column(
    department: Client, layout: OutputLayout, place: str, order: str
) -> None:
    sent = typed(("village", "1", "a", ""), ("commune", "2", "b", ""), ("district", place, "c", ""))
    department.post(url(layout), sent)
    assert "".join(one[1] for one in kept(layout)) == order


def test_a_number_moves_a_column_down(department: Client, layout: OutputLayout) -> None:
    sent = typed(("village", "2", "a", ""), ("commune", "2", "b", ""), ("district", "3", "c", ""))
    department.post(url(layout), sent)
    assert "".join(one[1] for one in kept(layout)) == "bac"


@pytest.mark.parametrize("codes", ["Y:1", "X=1", "=1"])
def test_codes_that_are_none_are_said_and_kept_on_the_page(
    department: Client, layout: OutputLayout, codes: str
) -> None:
    before = kept(layout)
    page = department.post(url(layout), typed(("has_tv", "1", "TV", codes)))
    assert page.status_code == 422
    assert page.context["form"].non_field_errors()
    assert kept(layout) == before


def test_a_sheet_of_ones_own_area(
    world: World, department: Client, layout: OutputLayout, logged_in: LogIn
) -> None:
    OutputLayout.objects.update(is_shared=True)
    client = logged_in(world.officer)
    sent = {"area": world.commune.pk, "purpose": "OTHER", "note": "Vay vốn", "format": "xlsx"}
    assert client.get(url(layout, "layout_file")).status_code == 200
    answer = client.post(url(layout, "layout_file"), sent)
    sheet = python_calamine.load_workbook(io.BytesIO(b"".join(answer))).get_sheet_by_index(0)
    assert sheet.to_python() == [
        ["STT", "Chủ hộ", "Thôn", "Loại hộ"],
        [1.0, "Nông Văn Thử", "Thôn Một", ""],
    ]
    text = b"".join(client.post(url(layout, "layout_file"), sent | {"format": "csv"})).decode()
    assert text.splitlines() == ["\ufeffSTT;Chủ hộ;Thôn;Loại hộ", "1;Nông Văn Thử;Thôn Một;"]
    assert AuditEvent.objects.filter(verb="layout.export").count() == 2
    for area in (world.other_commune, world.province):
        answer = client.post(url(layout, "layout_file"), sent | {"area": area.pk})
        assert answer.status_code == 422


def test_one_that_is_not_shared_is_its_makers(
    world: World, department: Client, layout: OutputLayout, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    assert client.get(url(layout, "layout_file")).status_code == 404
    assert layout.name not in client.get(LIST).content.decode()
    assert client.post(LIST, NEW | {"name": "Khác"}).status_code == 403
    administrator = logged_in(users.user("adm", Role.ADMINISTRATOR, world.province))
    assert administrator.get(url(layout)).status_code == 404


def test_an_administrator_sees_headings_and_no_family(
    world: World, department: Client, layout: OutputLayout, logged_in: LogIn
) -> None:
    OutputLayout.objects.update(is_shared=True)
    administrator = logged_in(users.user("adm", Role.ADMINISTRATOR, world.province))
    page = administrator.get(url(layout))
    assert page.status_code == 200
    assert "Nông Văn Thử" not in page.content.decode()
    assert administrator.get(url(layout, "layout_file")).status_code == 403


def test_removed(department: Client, layout: OutputLayout) -> None:
    assert department.post(url(layout), {"act": "remove"}).status_code == 302
    assert not OutputLayout.objects.exists()
