"""Numbers as they are typed here, and figures by unit from lines and files."""

import io

import pytest
import xlsxwriter

from households.errors import Invalid
from programs.exchange import area_sheet
from programs.exchange.area_sheet import TypedFigure


@pytest.mark.parametrize(
    ("typed", "unit", "vnd"),
    [
        ("38,2", 1_000_000, 38_200_000),
        ("38.2", 1_000_000, 38_200_000),
        ("1.234", 1_000_000, 1_234_000_000),
        ("1.234,5", 1_000_000, 1_234_500_000),
        ("246 408", 1_000_000, 246_408_000_000),
        ("-12", 1_000_000, -12_000_000),
        ("68.728.000.000", 1, 68_728_000_000),
        ("0,0000001", 1_000_000, None),
        ("1,5", 1, None),
        ("mười", 1, None),
        ("1e5", 1, None),
        ("", 1, None),
        ("٣", 1, None),
    ],
)
def test_money_is_read_as_it_is_written_here(typed: str, unit: int, vnd: int | None) -> None:
    assert area_sheet.vnd(typed, unit) == vnd


@pytest.mark.parametrize(
    ("typed", "number"), [("13.194", 13_194), ("7", 7), ("-7", None), ("7,5", None), ("x", None)]
)
def test_a_target_is_a_whole_number(typed: str, number: int | None) -> None:
    assert area_sheet.whole(typed) == number


def test_pasted_lines_have_the_unit_first_and_the_number_last() -> None:
    assert area_sheet.pasted("02008\tXã Thử\t12\n\nXã Khác; 5") == [
        TypedFigure(1, "02008", "12"),
        TypedFigure(3, "Xã Khác", "5"),
    ]


def book(*rows: list[object]) -> bytes:
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = made.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    made.close()
    return target.getvalue()


def test_a_file_is_read_by_its_headings() -> None:
    content = book(
        ["Bảng chỉ tiêu"], ["Mã", "Đơn vị", "Số mới"], ["02008", "Xã Thử", 12],
        ["", "Xã Khác", 4.5],
        ["02014", "Xã Ba", ""],
    )  # fmt: skip
    rows = area_sheet.read(content, "bang.xlsx")
    assert [(row.line, row.unit, row.figure) for row in rows] == [
        (3, "02008", "12"),
        (4, "Xã Khác", "4.5"),
    ]


def test_a_file_without_headings_or_rows_is_refused() -> None:
    with pytest.raises(Invalid, match=r"headings|tiêu đề"):
        area_sheet.read(book(["x", "y"]), "bang.xlsx")
    with pytest.raises(Invalid):
        area_sheet.read(book(["Code", "New number"]), "bang.xlsx")
    with pytest.raises(Invalid):
        area_sheet.read(b"no book", "bang.xlsx")


def test_a_point_in_a_file_that_may_mean_two_things_is_doubtful() -> None:
    assert TypedFigure(2, "02008", "1.234", from_file=True).is_doubtful
    assert not TypedFigure(2, "02008", "1.25", from_file=True).is_doubtful
    assert not TypedFigure(2, "02008", "1.234").is_doubtful
