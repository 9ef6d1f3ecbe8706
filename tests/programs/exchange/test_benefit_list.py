"""Lists as offices send them: titles above, headings of two rows, units, bands, signatures."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from households.errors import Invalid
from programs.exchange import benefit_list
from programs.exchange.benefit_cells import CellReader, ListRow
from programs.exchange.benefit_list import BenefitSheet


def workbook(path: Path, *rows: list[object]) -> BenefitSheet:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Tháng 5")
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    book.close()
    return benefit_list.opened(path, "gui-len.xlsx")


def read(sheet: BenefitSheet) -> list[ListRow]:
    reader = CellReader(sheet)
    return [reader.read(*row) for row in sheet.rows()]


def test_a_banks_list_with_everything_around_it(tmp_path: Path) -> None:
    sheet = workbook(
        tmp_path / "a.xlsx",
        ["NGÂN HÀNG CHÍNH SÁCH XÃ HỘI"],
        ["DANH SÁCH HỘ VAY VỐN", "", "", "", "", "Đơn vị tính: triệu đồng"],
        [],
        ["STT", "Họ và tên tổ viên", "Ngày sinh", "Món vay", "", "Ghi chú"],
        ["", "", "", "Số tiền", "Ngày giải ngân", ""],
        [1, 2, 3, 4, 5, 6],
        ["Thôn Nà Hin"],
        [1, "NÔNG VĂN THỬ", "01/05/1980", 50, "10/5/2024", "x"],
        [2, "Lý Thị Hai", 1975, 30.5, "10/05/2024", ""],
        ["Cộng", "", "", 80.5, "", ""],
        ["Bản Cám"],
        [3, "Bàn Văn Ba", "31/02/1980", "rất nhiều", "", ""],
        ["", "Người lập biểu", "", "", "", "Giám đốc"],
    )
    assert sheet.head.columns == ["", "NAME", "BIRTH", "AMOUNT", "DAY", ""]
    first, second, third = read(sheet)
    assert (first.line, first.village, first.amount_vnd, first.day) == (
        8, "Thôn Nà Hin", 50_000_000, dt.date(2024, 5, 10),
    )  # fmt: skip
    assert (first.birth, first.birth_year) == (dt.date(1980, 5, 1), 1980)
    assert (second.birth, second.birth_year, second.amount_vnd) == (None, 1975, 30_500_000)
    assert third.village == "Bản Cám"
    assert third.faults == ["BAD_BIRTH", "BAD_AMOUNT"]
    assert [line for line, __ in sheet.passed_over] == [7, 10, 11, 13]


def test_an_insurers_answer(tmp_path: Path) -> None:
    sheet = workbook(
        tmp_path / "a.xlsx",
        ["Mã hộ", "Họ tên", "Số định danh cá nhân", "Mã thẻ BHYT", "Hạn thẻ từ", "Hạn thẻ đến"],
        ["H00000012", "Nông Văn Thử", "6080001234", "HN1", "01/01/2024", "31/12/2024"],
        ["", "Lý Thị Hai", "12345", "HN2", "31/12/2024", "01/01/2024"],
    )
    first, second = read(sheet)
    assert (first.household_code, first.digits, first.number) == (
        "H00000012",
        "006080001234",
        "HN1",
    )
    assert (first.valid_from, first.valid_to) == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert second.faults == ["BAD_PERSONAL_ID", "ENDS_BEFORE"]


def test_a_sheet_about_something_else(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"bảng|headings"):
        workbook(tmp_path / "a.xlsx", ["Loại cây", "Diện tích"], ["Lúa", 2])


@pytest.mark.parametrize(
    ("written", "level", "faults"),
    [
        ("Mầm non", "preschool", []),
        ("tiểu học", "primary", []),
        ("THCS", "lower_secondary", []),
        ("Trung học phổ thông", "upper_secondary", []),
        ("Cao đẳng", "college_university", []),
        ("", None, []),
        ("lớp chọn", None, ["BAD_LEVEL"]),
    ],
)
def test_levels_in_the_words_of_schools(
    tmp_path: Path, written: str, level: str | None, faults: list[str]
) -> None:
    sheet = workbook(
        tmp_path / "a.xlsx",
        ["Họ và tên", "Ngày sinh", "Cấp học", "Số tiền"],
        ["Nông Thị Hoa", "01/05/2012", written, 150_000],
    )
    (row,) = read(sheet)
    assert (row.school_level, row.faults) == (level, faults)
