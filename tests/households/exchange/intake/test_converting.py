"""A messy sheet with the right answer for every row, at its own line."""

import csv
from dataclasses import replace
from pathlib import Path

from households.exchange.intake import converting
from households.exchange.intake.tables import Table
from tests.households.exchange.intake.sheets import head_of, text_file, workbook


def rows_of(path: Path) -> dict[int, dict[str, str]]:
    """Line → cells by heading, of the lines that hold any."""
    with path.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    filled = [(line, cells) for line, cells in enumerate(lines, start=1) if cells]
    names = filled[0][1]
    return {line: dict(zip(names, cells, strict=True)) for line, cells in filled[1:]}


def converted(
    table: Table, role: str, folder: Path, **constants: str
) -> tuple[dict[int, dict[str, str]], list[tuple[int, str]]]:
    head = head_of(table, role)
    head = replace(head, constants=constants, decoders=converting.decoders_of(table, head))
    target = folder / "out.csv"
    done = converting.convert(table, head, target)
    found = rows_of(target)
    assert done.rows == len(found)
    return found, done.passed_over


def test_members_with_merged_keys_totals_and_a_birth_year_by_sex(tmp_path: Path) -> None:
    table = workbook(
        tmp_path / "a.xlsx",
        [
            ["DANH SÁCH NHÂN KHẨU"],
            ["TT", "Mã hộ", "Họ và tên", "Năm sinh", "", "Quan hệ", "Số CCCD"],
            ["", "", "", "Nam", "Nữ", "", ""],
            [1, "A1", "NÔNG VĂN THỬ", 1980, "", "Chủ hộ", 6080001234],
            [2, "", "Lý Thị Hai", "", "3/4/1982", "Vợ", "chưa có"],
            ["", "", "Cộng", "", "", "", ""],
            [3, "A2", "Tống Văn Ba", 1975, "", "Chủ hộ", ""],
            [],
            ["", "", "Người lập biểu", "", "", "", ""],
        ],
        ["A1:G1", "D2:E2", "B4:B5"],
    )
    found, passed_over = converted(table, "members", tmp_path)
    told = {
        line: [row[name] for name in ("household_id", "member_id", "member_no", "full_name",
                                      "sex", "birth_date", "relation", "cccd")]
        for line, row in found.items()
    }  # fmt: skip
    assert told == {
        4: ["A1", "A1-1", "1", "Nông Văn Thử", "M", "1980", "head", "006080001234"],
        5: ["A1", "A1-2", "2", "Lý Thị Hai", "F", "03/04/1982", "spouse", ""],
        7: ["A2", "A2-1", "1", "Tống Văn Ba", "M", "1975", "head", ""],
    }
    assert passed_over == [(6, "Cộng"), (9, "Người lập biểu")]


def test_households_by_village_bands_with_what_is_the_same_for_all(tmp_path: Path) -> None:
    table = text_file(
        tmp_path / "a.csv",
        "M· hé;Hä vµ tªn chñ hé;Sè khÈu;Thu nhËp (ngh×n ®ång)\n"
        "Th«n Nµ PhÇy;;;\n"
        "A1;NguyÔn V¨n Hïng;4;1500\n"
        "Tæng céng;;4;\n"
        "II. Th«n Phiªng R¹o;;;\n"
        "A2;Hoµng ThÞ Thñy;1;900\n",
        "latin-1",
    )
    found, passed_over = converted(table, "households", tmp_path, review_year="2024")
    told = {
        line: [row[name] for name in ("household_id", "head_name", "household_size",
                                      "income_per_capita_month_vnd", "village", "review_year")]
        for line, row in found.items()
    }  # fmt: skip
    assert told == {
        3: ["A1", "Nguyễn Văn Hùng", "4", "1500000", "Thôn Nà Phầy", "2024"],
        6: ["A2", "Hoàng Thị Thủy", "1", "900000", "Thôn Phiêng Rạo", "2024"],
    }
    assert [line for line, __ in passed_over] == [2, 4, 5]


def test_a_row_that_may_be_somebody_is_never_passed_over(tmp_path: Path) -> None:
    table = text_file(
        tmp_path / "a.csv",
        "Mã hộ,Chủ hộ,Số khẩu,Thôn\n,Nông Văn Không Mã,4,Thôn Một\n,,4,Thôn Một\n,,,\n",
        "utf-8",
    )
    found, passed_over = converted(table, "households", tmp_path)
    assert list(found) == [2]
    assert passed_over == [(3, "4 | Thôn Một")]  # told to its sender, not lost in silence


def test_both_a_male_and_a_female_birth_year_is_left_for_the_check(tmp_path: Path) -> None:
    table = text_file(
        tmp_path / "a.csv",
        "Mã hộ,Họ và tên,Quan hệ,Năm sinh nam,Năm sinh nữ\nA1,Nông A,Chủ hộ,1980,1981\n",
        "utf-8",
    )
    found, __ = converted(table, "members", tmp_path)
    assert (found[2]["birth_date"], found[2]["sex"]) == ("1980 / 1981", "M / F")


def test_numbers_of_old_cards_get_their_own_column(tmp_path: Path) -> None:
    """One column "CMND/CCCD" of both kinds, with lost zeros, blanks, strokes and letters."""
    numbers = [85123456, "085 123 457", 6080001234, "006080001235/085123458", "chưa có", 123]
    table = workbook(
        tmp_path / "a.xlsx",
        [
            ["Mã hộ", "Họ và tên", "Quan hệ", "Số CMND/CCCD"],
            *(["A1", "Nông Văn Thử", "Con", number] for number in numbers),
        ],
    )
    found, __ = converted(table, "members", tmp_path)
    assert [(row["cccd"], row["cmnd"]) for row in found.values()] == [
        ("", "085123456"),
        ("", "085123457"),
        ("006080001234", ""),
        ("006080001235", "085123458"),
        ("", ""),
        ("123", ""),
    ]


def test_a_sheet_without_old_numbers_brings_no_column_of_them(tmp_path: Path) -> None:
    table = workbook(
        tmp_path / "a.xlsx",
        [["Mã hộ", "Họ và tên", "Quan hệ", "Số CCCD"], ["A1", "Lý A", "Con", "006080001234"]],
    )
    found, __ = converted(table, "members", tmp_path)
    assert "cmnd" not in found[2]


def test_crosses_that_tell_a_class_leave_no_heading_of_their_own(tmp_path: Path) -> None:
    """Else they would be told as columns that nobody reads."""
    table = workbook(
        tmp_path / "a.xlsx",
        [
            ["STT", "Họ và tên", "Ngày sinh", "Thôn", "Hộ nghèo", "Hộ cận nghèo"],
            [1, "Nông Văn Thử", "1980", "Thôn Một", "x", ""],
            [2, "Lò Thị Mẫu", "1975", "Thôn Một", "", "x"],
        ],
    )
    found, _passed_over = converted(table, "list", tmp_path)
    assert [one["poverty_class"] for one in found.values()] == ["POOR", "NEAR_POOR"]
    assert not found[2].keys() & {"class_poor", "class_near_poor"}
