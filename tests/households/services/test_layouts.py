"""A province's sheets for others: defined without code, with its words, of one's own area."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.choices import PovertyClass, Purpose, Role
from households.choices.layouts import LayoutWhom, RowKind
from households.errors import Conflict, Invalid, Refused
from households.exchange import layout_rows
from households.exchange.layout_fields import FIELDS, LayoutColumn, columns_of, offered
from households.exchange.sheets import Cell
from households.models import Area, AuditEvent, OutputLayout, Person, StatusPeriod, User
from households.services import layouts
from tests.factories import reviews, users
from tests.households.conftest import World

NUMBER = "006080123456"


@pytest.fixture
def department(world: World) -> User:
    return users.user("dep", Role.DEPARTMENT, world.province)


@pytest.fixture
def family(world: World) -> None:
    """A poor family of two, a near-poor one, and one on no list."""
    head = reviews.adult("Nông Văn Thử", personal_id=NUMBER)
    wife = reviews.adult("Lý Thị Thử", "spouse", sex="F", birth_date=dt.date(1982, 3, 4))
    poor = reviews.surveyed(world.round, world.village, world.officer, members=[wife, head])
    near = reviews.surveyed(
        world.round, world.village, world.officer, members=[reviews.adult("Ma Văn Cận")]
    )
    reviews.surveyed(
        world.round, world.village, world.officer, members=[reviews.adult("Bế Văn Khá")]
    )
    reviews.listed(world.round, world.commune, world.officer, poor.household, near.household)
    StatusPeriod.objects.filter(household=near.household).update(
        poverty_class=PovertyClass.NEAR_POOR
    )


def column(field: str, heading: str = "", **codes: str) -> LayoutColumn:
    return LayoutColumn(field, heading or field, codes)


def made(
    world: World, by: User, columns: list[LayoutColumn], *, kind: RowKind = RowKind.HOUSEHOLD,
    whom: LayoutWhom = LayoutWhom.LISTED,
) -> OutputLayout:  # fmt: skip
    layout = layouts.make(
        province=world.province, name="Ngân hàng", row_kind=kind, whom=whom, by=by
    )
    layouts.change(
        layout=layout, name="Ngân hàng", whom=whom, is_shared=True, columns=columns, by=by
    )
    layout.refresh_from_db()
    return layout


def rows(layout: OutputLayout, area: Area, by: User) -> list[list[object]]:
    return list(layout_rows.rows(layouts.taking(layout=layout, area=area, by=by)))


def test_a_row_a_household_in_the_words_of_the_bank(
    world: World, department: User, family: None
) -> None:
    columns = [
        column("row_no", "STT"),
        column("head_name", "Họ tên"),
        column("head_sex", "Nam/Nữ", M="1", F="2"),
        column("class", "Loại", poor="N", near_poor="CN"),
        column("class_since", "Từ ngày"),
        column("decision_number", "QĐ"),
        column("commune_code", "Mã xã"),
        column("has_tv", "TV", Y="1", N="0"),
        column("floor_area_m2", "m2"),
        column("blank", "Số tiền vay"),
    ]
    layout = made(world, department, columns)
    since = dt.date(2024, 1, 1)
    assert rows(layout, world.commune, world.officer) == [
        [1, "Ma Văn Cận", "1", "CN", since, "1/QĐ", "02008", "1", 80, None],
        [2, "Nông Văn Thử", "1", "N", since, "1/QĐ", "02008", "1", 80, None],
    ]
    heads = layout_rows.heads(columns_of(layout.columns))
    assert [head.cell for head in heads][:5] == [
        Cell.WHOLE, Cell.TEXT, Cell.TEXT, Cell.TEXT, Cell.DAY,
    ]  # fmt: skip


def test_a_row_a_member_the_head_first(world: World, department: User, family: None) -> None:
    columns = [
        column("member.full_name"), column("member.birth_date"), column("member.relation"),
        column("member.cccd"), column("member.able_to_work", Y="x"), column("class"),
    ]  # fmt: skip
    layout = made(world, department, columns, kind=RowKind.MEMBER, whom=LayoutWhom.POOR)
    assert rows(layout, world.village, world.officer) == [
        ["Nông Văn Thử", "01/05/1980", "head", NUMBER, "x", "poor"],
        ["Lý Thị Thử", "04/03/1982", "spouse", None, "x", "poor"],
    ]


@pytest.mark.parametrize(
    ("whom", "number"),
    [(LayoutWhom.ALL, 3), (LayoutWhom.LISTED, 2), (LayoutWhom.POOR, 1), (LayoutWhom.NEAR_POOR, 1)],
)
def test_whom_it_is_about(
    world: World, department: User, family: None, whom: LayoutWhom, number: int
) -> None:
    layout = made(world, department, [column("head_name")], whom=whom)
    assert len(rows(layout, world.province, department)) == number
    taken = layouts.taking(layout=layout, area=world.province, by=department)
    assert layout_rows.counted(taken) == (number, number)


def test_every_field_that_is_offered_can_be_shown(
    world: World, department: User, family: None
) -> None:
    for kind in RowKind:
        columns = [column(one.code) for one in offered(kind)]
        taken = layout_rows.Taking(
            columns, kind, LayoutWhom.ALL, world.commune, dt.date(2024, 10, 15), "06"
        )
        found = list(layout_rows.rows(taken))
        assert len(found) == (4 if kind == RowKind.MEMBER else 3)
        assert all(len(row) == len(columns) for row in found)


def test_numbers_in_full_only_for_who_takes_out_files(
    world: World, department: User, family: None
) -> None:
    Person.objects.filter(full_name="Nông Văn Thử").update(old_number="085123456")
    both = [column("head_cccd"), column("head_cmnd")]
    layout = made(world, department, both, whom=LayoutWhom.POOR)
    reviewer = users.user("rev", Role.REVIEWER, world.village)
    assert rows(layout, world.village, reviewer) == [["•••••••••456", "••••••456"]]
    assert rows(layout, world.village, world.officer) == [[NUMBER, "085123456"]]


def test_of_ones_own_area_only(world: World, department: User, family: None) -> None:
    layout = made(world, department, [column("head_name")])
    for area in (world.other_commune, world.province):
        with pytest.raises(Refused):
            layouts.taking(layout=layout, area=area, by=world.officer)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    assert rows(layout, world.other_commune, stranger) == []


def test_taking_it_out_is_recorded(world: World, department: User, family: None) -> None:
    layout = made(world, department, [column("head_cccd")], kind=RowKind.MEMBER)
    taken = layouts.taking(layout=layout, area=world.commune, by=world.officer)
    with pytest.raises(Invalid):
        layouts.take_out(
            layout=layout, taken=taken, purpose=Purpose.OTHER, note=" ", by=world.officer
        )
    part = layouts.take_out(
        layout=layout, taken=taken, purpose=Purpose.OTHER, note="Vay vốn", by=world.officer
    )
    assert len(list(part.rows)) == part.count == 3
    act = AuditEvent.objects.get(verb="layout.export")
    assert (act.by, act.reason, act.details["count"]) == (world.officer, "Vay vốn", 2)
    assert act.details["filters"] == {
        "layout": layout.pk, "area": world.commune.pk, "whom": "LISTED", "rows": 3, "numbers": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    "columns",
    [
        [],
        [column("head_name", " ")],
        [column("head_name", "x" * 81)],
        [column("head_name", "Tên"), column("village", "tên")],
        [column("member.full_name")],
        [column("password")],
        [column("has_tv", X="1")],
    ],
)
def test_what_is_no_layout(world: World, department: User, columns: list[LayoutColumn]) -> None:
    with pytest.raises(Invalid):
        made(world, department, columns)


def test_who_defines_and_who_changes(world: World, department: User) -> None:
    given: dict[str, Any] = {
        "province": world.province, "row_kind": RowKind.HOUSEHOLD, "whom": LayoutWhom.ALL,
    }  # fmt: skip
    with pytest.raises(Refused):
        layouts.make(name="Tôi", by=world.officer, **given)
    own = layouts.make(name="Bảo hiểm", by=department, **given)
    with pytest.raises(Conflict):
        layouts.make(name="bao  HIEM", by=department, **given)
    administrator = users.user("adm", Role.ADMINISTRATOR, world.province)
    with pytest.raises(Refused):
        layouts.remove(layout=own, by=administrator)
    layouts.change(
        layout=own, name="Bảo hiểm", whom=LayoutWhom.ALL, is_shared=True,
        columns=[column("village")], by=department,
    )  # fmt: skip
    own.refresh_from_db()
    layouts.remove(layout=own, by=administrator)
    assert not OutputLayout.objects.exists()


def test_the_same_queries_for_one_and_for_many(
    world: World, department: User, family: None
) -> None:
    layout = made(world, department, [column(code) for code in FIELDS if "." not in code])

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            rows(layout, world.commune, world.officer)
        return len(asked)

    queries()
    few = queries()
    for number in range(4):
        members = [reviews.adult(f"Nông {number}")]
        reviews.surveyed(world.round, world.village, world.officer, members=members)
    assert queries() == few
