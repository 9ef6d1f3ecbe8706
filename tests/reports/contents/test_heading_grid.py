"""Promises: headings merge by their path, the last word of a path reaches down to the figures."""

from reports.contents.content import Column
from reports.contents.heading_grid import HeadCell, heading_rows, number_line
from tests.factories import report_contents as told


def test_columns_with_the_same_beginning_share_it() -> None:
    shown = (
        Column("a", ("Nghèo", "Số hộ"), "1"),
        Column("b", ("Nghèo", "Trong đó", "Tày"), "2"),
        Column("c", ("Nghèo", "Trong đó", "Nùng"), "3"),
        Column("d", ("Cuối kỳ",), "4"),
    )
    rows = heading_rows(told.sheet(shown))
    assert rows == [
        [
            HeadCell("STT", 0, down=3), HeadCell("Đơn vị", 1, down=3),
            HeadCell("Nghèo", 2, across=3), HeadCell("Cuối kỳ", 5, down=3),
        ],
        [HeadCell("Số hộ", 2, down=2), HeadCell("Trong đó", 3, across=2)],
        [HeadCell("Tày", 3), HeadCell("Nùng", 4)],
    ]  # fmt: skip


def test_equal_words_under_other_headings_stay_apart() -> None:
    shown = (Column("a", ("Giảm", "Khác")), Column("b", ("Tăng", "Khác")))
    assert [cell.across for cell in heading_rows(told.sheet(shown))[1]] == [1, 1]


def test_columns_of_one_heading_each_are_not_merged() -> None:
    shown = (Column("a", ("Khác",)), Column("b", ("Khác",)))
    assert len(heading_rows(told.sheet(shown, names=()))[0]) == 2


def test_the_line_of_numbers_begins_with_letters() -> None:
    shown = told.columns("a", "b")
    assert number_line(told.sheet(shown)) == ["A", "B", "1", "2"]
