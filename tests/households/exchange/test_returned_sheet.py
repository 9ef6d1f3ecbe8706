"""The headings of a layout are found wherever its receiver left them."""

from pathlib import Path

import pytest

from households.errors import Invalid
from households.exchange import returned_sheet
from households.exchange.layout_fields import LayoutColumn
from tests.factories.layouts import sheet

COLUMNS = [
    LayoutColumn("code", "Mã hộ"),
    LayoutColumn("head_name", "Chủ hộ"),
    LayoutColumn("answer.text", "Kết quả (ghi rõ)"),
]


def read(folder: Path, *rows: list[object]) -> returned_sheet.ReturnedSheet:
    path = folder / "tra.xlsx"
    path.write_bytes(sheet(*rows).read())
    return returned_sheet.read(path, "tra.xlsx", COLUMNS)


def test_below_titles_in_another_order_with_more(tmp_path: Path) -> None:
    found = read(
        tmp_path, ["SỞ Y TẾ"], ["Chủ hộ của năm"], ["Kết quả", "Riêng", "MÃ HỘ"], ["1", "2", "3"],
        ["cấp", "a", "H00000001"], ["", "", ""], ["Tổng cộng", "1", ""], ["Người lập biểu"],
    )  # fmt: skip
    assert (found.head_line, found.places, found.not_read) == (3, [2, None, 0], ["Riêng"])
    assert list(found.rows()) == [(5, ["cấp", "a", "H00000001"])]
    assert list(found.rows()) == list(found.rows())


def test_a_total_with_a_key_is_a_row(tmp_path: Path) -> None:
    found = read(tmp_path, ["Mã hộ", "Chủ hộ"], ["H00000001", "Tổng Văn Một"])
    assert [line for line, _cells in found.rows()] == [2]


def test_a_short_row_is_filled(tmp_path: Path) -> None:
    found = read(tmp_path, ["Mã hộ", "Chủ hộ", "Kết quả"], ["H00000001"])
    assert list(found.rows()) == [(2, ["H00000001", "", ""])]


@pytest.mark.parametrize(
    "rows", [[["a", "b"]], [["Chủ hộ", "Kết quả"], ["A", "x"]], [["Mã hộ"], ["H00000001"]]]
)
def test_sheets_that_say_too_little(tmp_path: Path, rows: list[list[object]]) -> None:
    with pytest.raises(Invalid):
        read(tmp_path, *rows)


def test_which_layouts_can_come_back() -> None:
    name, birth = LayoutColumn("head_name", "a"), LayoutColumn("head_birth_date", "b")
    assert returned_sheet.why_cannot_return([name]) is not None
    assert returned_sheet.why_cannot_return([name, birth]) is None
    assert returned_sheet.why_cannot_return([LayoutColumn("code", "a")]) is None
    assert returned_sheet.why_cannot_return([LayoutColumn("household_size", "a")]) is not None
