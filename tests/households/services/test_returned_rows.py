"""The rows of a sheet that came back: whom they are about, what they say otherwise."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from households.choices.layouts import LayoutWhom, RowKind
from households.choices.returns import DifferenceState, ReturnState, WhyNotFound
from households.exchange import layout_rows
from households.exchange.layout_fields import LayoutColumn
from households.models import (
    LayoutAnswer,
    LayoutReturn,
    OutputLayout,
    Person,
    ReturnedDifference,
    ReturnedRow,
    Survey,
    User,
)
from households.queries import layout_returns as returns
from households.services import layout_returns, layouts
from tests.factories.layouts import sheet
from tests.factories.returned import HEAD, HEADS, NUMBER, WIFE, Send, row
from tests.households.conftest import World


def kept(returned: LayoutReturn, by: User) -> LayoutReturn:
    layout_returns.keep(returned=returned, by=by)
    return returned


def differences(returned: LayoutReturn) -> dict[str, tuple[str, str, str]]:
    found = ReturnedDifference.objects.filter(row__returned=returned)
    return {one.field: (one.theirs, one.ours, one.state) for one in found}


def test_what_went_out_comes_back_without_a_difference(
    world: World, layout: OutputLayout, family: Survey, send: Send
) -> None:
    taken = layouts.taking(layout=layout, area=world.commune, by=world.officer)
    out = [["" if cell is None else cell for cell in one] for one in layout_rows.rows(taken)]
    returned = send(sheet(HEADS, *out))
    assert returned.state == ReturnState.CHECKED
    assert returned.counts == {"rows": 2, "unchanged": 2}
    assert (returned.missing, returned.not_read) == ([], [])


def test_titles_other_order_extra_columns_and_totals(
    world: World, family: Survey, send: Send
) -> None:
    returned = send(
        sheet(
            ["BẢO HIỂM XÃ HỘI"],
            ["Danh sách trả lại", "", "", ""],
            [],
            ["Ghi chú riêng", "Số thẻ", "SỐ ĐỊNH DANH", "Họ và tên (in hoa)", "STT"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            ["gấp", "HN 1", "6080123456", "NONG VAN THU", 1],
            ["", "HN 2", WIFE, "LÝ THỊ THỬ", 2],
            ["Tổng cộng", "2", "", "", ""],
        )
    )
    assert returned.counts == {"rows": 2, "unchanged": 2, "answers": 2}
    assert returned.not_read == ["Ghi chú riêng"]
    assert "Ngày sinh" in returned.missing
    assert sorted(LayoutAnswer.objects.values_list("text_value", flat=True)) == ["HN 1", "HN 2"]


def test_what_the_receiver_has_otherwise(world: World, family: Survey, send: Send) -> None:
    other = ("Nông Văn Thủ", "02/05/1980", "0", NUMBER, "Thôn Hai", "CN")
    returned = send(sheet(HEADS, row(*other)))
    assert returned.counts == {"rows": 1, "changed": 1}
    assert differences(returned) == {
        "member.full_name": ("Nông Văn Thủ", "Nông Văn Thử", "OPEN"),
        "member.birth_date": ("02/05/1980", "01/05/1980", "OPEN"),
        "member.sex": ("F", "M", "OPEN"),
        "village": ("Thôn Hai", "Thôn Một", "OPEN"),
        # What a signed decision says is not theirs to change.
        "class": ("near_poor", "poor", "SHOWN"),
    }
    assert Person.objects.get(personal_id=NUMBER).full_name == "Nông Văn Thử"


def test_rows_that_match_nobody_are_kept(world: World, family: Survey, send: Send) -> None:
    returned = send(
        sheet(
            [*HEADS, "Khác"],
            [*row("Ai Đó", "1/1/1990", "1", "006090000009", "", "", "HN 9"), "006090000009"],
            row(*HEAD), row(*HEAD),
        )
    )  # fmt: skip
    assert returned.counts == {"rows": 3, "unchanged": 1, "not_found": 2}
    nobody, __, again = ReturnedRow.objects.all()
    assert (nobody.why_not, again.why_not) == (WhyNotFound.UNKNOWN, WhyNotFound.TWICE)
    assert nobody.personal_id == "006090000009"
    assert nobody.cells["Họ và tên"] == "Ai Đó"
    assert nobody.cells["Số thẻ"] == "HN 9"
    assert {nobody.cells["Số định danh"], nobody.cells["Khác"]} == {"•••••••••009"}
    assert not LayoutAnswer.objects.exists()


def test_cells_that_cannot_be_read(world: World, family: Survey, send: Send) -> None:
    bad = ("Nông Văn Thử", "31/02/1980", "2", NUMBER, "", "", "x" * 501, "sớm", "nhiều", "Chờ")
    returned = send(sheet(HEADS, row(*bad)))
    assert returned.counts == {"rows": 1, "in_error": 1}
    (found,) = ReturnedRow.objects.all()
    assert set(found.faults) == {
        "Ngày sinh", "Giới tính", "Số thẻ", "Giá trị từ", "Số tiền", "Kết quả"
    }  # fmt: skip
    assert "Đã cấp" in found.faults["Kết quả"]


@pytest.mark.parametrize("kind", ["csv", "utf-16", "xls", "tcvn3"])
def test_files_as_receivers_send_them(world: World, family: Survey, send: Send, kind: str) -> None:
    lines = ["Số định danh;Họ và tên;Số thẻ", f"{NUMBER};Nông Văn Thử;HN 1"]
    text = "\r\n".join(lines)
    if kind == "tcvn3":
        text = "Sè ®Þnh danh;Hä vµ tªn;Sè thÎ\r\n" + f"{NUMBER};N«ng V¨n Thö;HN 1"
        content = text.encode("latin-1")
    else:
        content = text.encode("utf-16" if kind == "utf-16" else "utf-8-sig")
    name = "tra.xls" if kind == "xls" else "tra.csv"
    returned = send(SimpleUploadedFile(name, content))
    assert (returned.failure, returned.counts) == ("", {"rows": 1, "unchanged": 1, "answers": 1})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4", "PDF"),
        (b"PK\x03\x04nothing", "not a readable Excel file"),
        (b"a;b\n1;2\n", "has the headings of this layout"),
        ("Họ và tên;Số thẻ\nA;1\n".encode(), "no column by which its rows are found"),
    ],
)
def test_files_that_cannot_be_read(world: World, send: Send, content: bytes, reason: str) -> None:
    returned = send(SimpleUploadedFile("tra.xlsx", content))
    assert returned.state == ReturnState.FAILED
    assert reason in returned.failure


def test_households_a_row_each(world: World, department: User, family: Survey, send: Send) -> None:
    columns = [
        LayoutColumn("code", "Mã hộ"),
        LayoutColumn("head_name", "Chủ hộ"),
        LayoutColumn("has_tv", "TV", {"Y": "x", "N": ""}),
        LayoutColumn("floor_area_m2", "m2"),
        LayoutColumn("answer.number", "Tiền điện"),
    ]
    bank = layouts.make(
        province=world.province, name="Điện", row_kind=RowKind.HOUSEHOLD, whom=LayoutWhom.ALL,
        by=department,
    )  # fmt: skip
    layouts.change(
        layout=bank,
        name="Điện",
        whom=LayoutWhom.ALL,
        is_shared=True,
        columns=columns,
        by=department,
    )
    bank.refresh_from_db()
    code = family.household.code
    returned = send(
        sheet(
            ["Tiền điện", "Mã hộ", "Chủ hộ", "TV", "m2"], ["60.000", code, "Lý Thị Thử", "x", 75]
        ),
        layout=bank,
    )
    assert differences(returned) == {
        "head_name": ("Lý Thị Thử", "Nông Văn Thử", DifferenceState.OPEN),
        "floor_area_m2": ("75", "80", DifferenceState.SHOWN),
    }
    kept(returned, world.officer)
    (answer,) = returns.answers_of(family.household)
    assert (answer.value, answer.person) == (60_000, "")
