"""Headings below titles, in two rows, numbered, in any order and language."""

from pathlib import Path

from households.exchange.intake.layout import recognise
from tests.households.exchange.intake.sheets import head_of, text_file, workbook


def test_below_titles_in_two_rows_with_numbers(tmp_path: Path) -> None:
    table = workbook(
        tmp_path / "a.xlsx",
        [
            ["UBND XÃ THỬ"],
            ["DANH SÁCH NHÂN KHẨU NĂM 2024"],
            [],
            ["STT", "Mã hộ", "Họ và tên", "Năm sinh", "", "Quan hệ với chủ hộ"],
            ["", "", "", "Nam", "Nữ", ""],
            [1, 2, 3, 4, 5, 6],
            [1, "A1", "Nông Văn Thử", 1980, "", "Chủ hộ"],
        ],
        ["A2:F2", "D4:E4"],
    )
    head = head_of(table, "members")
    assert (head.first_line, head.body_line) == (4, 7)
    assert head.columns == [
        "", "household_id", "full_name", "birth_male", "birth_female", "relation",
    ]  # fmt: skip


def test_the_formats_own_names_with_the_vietnamese_row_below(tmp_path: Path) -> None:
    table = text_file(
        tmp_path / "a.csv",
        "household_size,head_name,household_id,b1_house\nSố khẩu,Chủ hộ,Mã hộ,Nhà\n4,A,A1,x\n",
        "utf-8",
    )
    head = head_of(table, "households")
    assert head.columns == ["household_size", "head_name", "household_id", "b1_house"]
    assert (head.first_line, head.body_line) == (1, 3)


def test_in_an_old_encoding_and_with_a_heading_twice(tmp_path: Path) -> None:
    table = text_file(
        tmp_path / "a.csv",
        "M· hé;Hä vµ tªn chñ hé;Th«n;Sè khÈu;Sè khÈu\nA1;N«ng V¨n Thö;Th«n Mét;4;4\n",
        "latin-1",
    )
    head = head_of(table, "households")
    assert head.headings[1] == "Họ và tên chủ hộ"
    assert head.columns == ["household_id", "head_name", "village", "household_size", ""]


def test_a_first_row_of_data_is_no_second_row_of_headings(tmp_path: Path) -> None:
    table = text_file(
        tmp_path / "a.csv", "Mã hộ,Họ và tên,Giới tính,Quan hệ\nA1,Nông A,Nam,Chủ hộ\n", "utf-8"
    )
    assert head_of(table, "members").body_line == 2


def test_a_sheet_about_something_else_is_not_read(tmp_path: Path) -> None:
    table = text_file(tmp_path / "a.csv", "Ngày,Việc\n1/1,Họp\n", "utf-8")
    assert recognise(table) is None
    assert recognise(text_file(tmp_path / "b.csv", "x\n", "utf-8")) is None


def test_sheets_with_the_same_headings_are_known_again(tmp_path: Path) -> None:
    one = text_file(tmp_path / "a.csv", "Mã hộ,Chủ hộ,Số khẩu\nA1,A,4\n", "utf-8")
    other = text_file(tmp_path / "b.csv", "MÃ HỘ;Chủ hộ (tên);Số  khẩu\nB;B;1\n", "utf-8")
    assert head_of(one, "households").signature == head_of(other, "households").signature
