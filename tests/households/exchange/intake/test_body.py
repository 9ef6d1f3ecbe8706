"""Workbooks of communes with the right answer decided before they were read, cell by cell."""

from pathlib import Path

import pytest

from tests.households.exchange.intake.sheets import workbook
from tests.households.exchange.intake.test_converting import converted

MEMBERS = ["Mã hộ", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ"]


def read(
    folder: Path, role: str, rows: list[list[object]], merged: tuple[str, ...] = ()
) -> tuple[dict[int, dict[str, str]], list[tuple[int, str]]]:
    return converted(workbook(folder / "a.xlsx", rows, merged), role, folder)


def columns(found: dict[int, dict[str, str]], *names: str) -> dict[int, list[str]]:
    return {line: [row[name] for name in names] for line, row in found.items()}


def test_a_list_of_poor_households_below_its_letterhead(tmp_path: Path) -> None:
    """Bands with Roman numbers, sums by village, units in cells, signatures with names below."""
    found, passed_over = read(
        tmp_path,
        "households",
        [
            ["ỦY BAN NHÂN DÂN", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024"],
            ["STT", "Mã hộ", "Họ và tên\nchủ hộ", "Tổng số khẩu (người)", "DT nhà ở (m2)",
             "Thu nhập BQ đầu người/tháng (nghìn đồng)", "Hộ nghèo", "Hộ cận nghèo"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
            ["I", "", "Xóm Lũng Pảng"],
            [1, "H01", "Hoàng Văn Páo", "5 khẩu", "52,5 m2", "850", "x", ""],
            [2, "H02", "SÙNG THỊ MỶ", 4, 36, 1250, "", "x"],
            ["", "", "Cộng xóm: 2 hộ", 9],
            ["II", "", "Xóm Cốc Phường"],
            [3, "H03", "Lục Thị  Dần", "6", "~40", "1.100,5", 0, ""],
            ["", "", "TỔNG CỘNG TOÀN XÃ", 15],
            ["", "", "NGƯỜI LẬP BIỂU", "", "TM. ỦY BAN NHÂN DÂN"],
            ["", "", "", "", "CHỦ TỊCH"],
            ["", "", "Nông Thị Hoa", "", "Bế Văn Đức"],
        ],
    )  # fmt: skip
    names = ("household_id", "head_name", "village", "household_size", "floor_area_m2",
             "income_per_capita_month_vnd", "class_paper")  # fmt: skip
    assert columns(found, *names) == {
        6: ["H01", "Hoàng Văn Páo", "Xóm Lũng Pảng", "5", "52,5", "850000", "poor"],
        7: ["H02", "Sùng Thị Mỷ", "Xóm Lũng Pảng", "4", "36", "1250000", "near_poor"],
        10: ["H03", "Lục Thị Dần", "Xóm Cốc Phường", "6", "~40", "1.100,5", ""],
    }
    assert [line for line, __ in passed_over] == [5, 8, 9, 11, 12, 13, 14]


def test_headings_of_three_rows(tmp_path: Path) -> None:
    found, __ = read(
        tmp_path,
        "households",
        [
            ["TT", "Mã hộ", "Chủ hộ", "Thôn", "Nhà ở", "", "", "", "", "Ti vi"],
            ["", "", "", "", "Tường", "", "Mái", "", "Diện tích", ""],
            ["", "", "", "", "Vật liệu", "Bền chắc", "Vật liệu", "Bền chắc", "(m2)", ""],
            [1, "A1", "Lò A", "Bản A", "gạch", "x", "tôn", "không", 45.5, "✓"],
        ],
        ("E1:I1", "E2:F2", "G2:H2", "B1:B3"),
    )
    assert found == {
        4: {
            "TT": "1", "household_id": "A1", "head_name": "Lò A", "village": "Bản A",
            "wall_material": "gạch", "wall_durable": "Y", "roof_material": "tôn",
            "roof_durable": "N", "floor_area_m2": "45.5", "has_tv": "Y",
        }
    }  # fmt: skip


def test_headings_with_numbers_and_short_words(tmp_path: Path) -> None:
    found, __ = read(
        tmp_path,
        "members",
        [
            ["1. MÃ HỘ (*)", "2. HỌ VÀ TÊN", "3. SINH NGÀY:", "4. QH CHỦ HỘ",
             "5. SỐ CCCD/MÃ ĐỊNH DANH", "6. CÓ THẺ BHYT CÒN HẠN SỬ DỤNG",
             "7. SUY DINH DƯỠNG THỂ THẤP CÒI", "8. Trình độ học vấn cao nhất",
             "9. Đang học lớp/cấp", "10. Đang hưởng BTXH", "Dân tộc thiểu số", "Số thẻ BHYT"],
            ["1", "Ma Thế Vinh", "1-1-1970", "CH", "Chưa cấp", "C", "", "9/12", "không", "K", "x",
             "GD4011234567"],
            ["1", "Ma Thị Tươi", "30.4.1972.", "V", "", "x", "", "7/12", "", "", "", ""],
            ["1", "Ma Quốc Đạt", "30\\04\\2012", "con út", "", "", "có", "lớp 5", "Lớp 6A", "", "",
             ""],
        ],
    )  # fmt: skip
    names = ("birth_date", "relation", "cccd", "health_insurance_valid", "malnourished_height",
             "highest_qualification", "attending_level", "monthly_social_assistance",
             "Dân tộc thiểu số", "Số thẻ BHYT")  # fmt: skip
    assert columns(found, *names) == {
        2: ["01/01/1970", "head", "", "Y", "", "lower_secondary", "none", "N", "x",
            "GD4011234567"],
        3: ["30/04/1972", "spouse", "", "Y", "", "primary", "", "", "", ""],
        4: ["30/04/2012", "child", "", "", "Y", "lớp 5", "lower_secondary", "", "", ""],
    }  # fmt: skip


@pytest.mark.parametrize("above", ["", "Ngày sinh"])
def test_day_month_and_year_in_three_columns(tmp_path: Path, above: str) -> None:
    """Only its accent tells the column "Năm" from one of men."""
    found, __ = read(
        tmp_path,
        "members",
        [
            ["Mã hộ", "Họ và tên", above, "", "", "Nữ", "Quan hệ"],
            ["", "", "Ngày", "Tháng", "Năm", "", ""],
            ["A", "Lò Văn Một", 5, 6, 1970, "", "Chủ hộ"],
            ["A", "Lò Thị Ba", "", "", 1975, "x", "Vợ"],
            ["B", "Vì Thị Hai", 31, 4, 1960, "x", "Chủ hộ"],
            ["B", "Vì Văn Năm", 5, "", 1990, 0, "Con"],
        ],
        ("C1:E1",) if above else (),
    )
    assert columns(found, "birth_date", "sex") == {
        3: ["5/6/1970", "M"],
        4: ["1975", "F"],
        5: ["31/4/1960", "F"],
        6: ["5//1990", "M"],
    }


def test_crosses_under_both_sexes(tmp_path: Path) -> None:
    found, __ = read(
        tmp_path,
        "members",
        [
            ["Mã hộ", "Họ và tên", "Ngày sinh", "Nam", "Nữ", "Quan hệ"],
            ["1", "A B", "1/2/1980", 1, 0, "Chủ hộ"],
            ["1", "C D", "3/4/1982", 0, 1, "Vợ"],
            ["1", "E F", "3/4/2012", "x", "x", "con"],
            ["1", "G H", "3/4/2012", "", "", "con"],
        ],
    )
    assert columns(found, "sex") == {2: ["M"], 3: ["F"], 4: ["M / F"], 5: [""]}


def test_the_more_exact_of_two_birth_columns(tmp_path: Path) -> None:
    found, __ = read(
        tmp_path,
        "members",
        [
            ["Mã hộ", "Họ và tên", "Năm sinh", "Ngày sinh", "Giới tính", "Quan hệ"],
            ["1", "A B", 1980, "12/3/1980", "Nam", "Chủ hộ"],
        ],
    )
    assert columns(found, "birth_date") == {2: ["12/03/1980"]}


def test_headings_on_each_printed_page_and_its_number(tmp_path: Path) -> None:
    found, passed_over = read(
        tmp_path,
        "households",
        [
            ["Mã hộ", "Họ tên chủ hộ", "Thôn", "Số khẩu"],
            ["1", "Bàn Văn A", "Thôn X", 1],
            ["Trang 1"],
            ["Mã hộ", "Họ tên chủ hộ", "Thôn", "Số khẩu"],
            ["2", "Cộng A Lử", "Thôn X", 2],
            ["3", "Thôn Văn Bản", "Thôn X", 2],
        ],
    )
    assert columns(found, "head_name") == {2: ["Bàn Văn A"], 5: ["Cộng A Lử"], 6: ["Thôn Văn Bản"]}
    assert [line for line, __ in passed_over] == [3, 4]


@pytest.mark.parametrize(
    ("cell", "vnd"),
    [
        ("1.500.000đ", "1500000"),
        ("1,500,000 đồng", "1500000"),
        ("1.5 triệu", "1500000"),
        ("1,25 tr", "1250000"),
        ("900 nghìn", "900000"),
        ("1.350 nghìn", "1.350 nghìn"),
        ("khoảng 1 triệu", "khoảng 1 triệu"),
    ],
)
def test_amounts_with_their_unit(tmp_path: Path, cell: str, vnd: str) -> None:
    heads = ["Mã hộ", "Họ tên chủ hộ", "Thôn", "Thu nhập bình quân/người/tháng"]
    found, __ = read(tmp_path, "households", [heads, ["1", "Lò A", "Bản A", cell]])
    assert columns(found, "income_per_capita_month_vnd") == {2: [vnd]}


@pytest.mark.parametrize("told", ["1985.0", "Năm 1985", 1985, "04/1985", "00/00/1985"])
def test_a_year_however_it_is_told(tmp_path: Path, told: object) -> None:
    rows: list[list[object]] = [[*MEMBERS], ["1", "Lò A", told, "Nam", "Chủ hộ"]]
    found, __ = read(tmp_path, "members", rows)
    assert columns(found, "birth_date") == {2: ["1985"]}
