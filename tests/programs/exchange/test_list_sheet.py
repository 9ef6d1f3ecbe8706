"""A list as a sheet, and the lines of that sheet read again."""

import pytest
from pytest_django import Settings

from programs.exchange import list_sheet
from programs.exchange.list_sheet import AnswerLine, NoHeadings
from programs.queries.support_lists import listed
from tests.factories import people
from tests.programs.conftest import Land, day
from tests.programs.support_lists import handed_over, listed_home, pupil_home

NUMBER = "006080123456"


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")


def test_the_sheet_for_the_bank_holds_numbers_only_when_told(land: Land) -> None:
    home = listed_home(land, people.person("Nông Văn Vay", personal_id=NUMBER))
    found = handed_over(land)
    rows = listed(found)
    without = list_sheet.sheet(found, rows, with_numbers=False, foot="x")
    with_ = list_sheet.sheet(found, rows, with_numbers=True, foot="x")
    (plain,), (full,) = list(without.rows), list(with_.rows)
    assert plain[:5] == [1, home.code, "Nông Văn Vay", "01/05/1980", "Nam"]
    assert (NUMBER in plain, NUMBER in full) == (False, True)
    assert len(plain) == len(without.heads)
    assert len(full) == len(with_.heads)
    assert "Số tiền được duyệt" in [head.words for head in with_.heads]


def test_the_sheet_for_the_school_says_level_months_and_amount(land: Land) -> None:
    pupil_home(land)
    found = handed_over(land, "study_cost")
    part = list_sheet.sheet(found, listed(found), with_numbers=False, foot="")
    ((row),) = list(part.rows)
    heads = [head.words for head in part.heads]
    told = dict(zip(heads, row, strict=True))
    assert (told["Số tháng"], told["Số tiền (đồng)"]) == (9, 1_350_000)


@pytest.mark.parametrize(
    "lines",
    [
        [
            ["Người xuất: x"],
            ["TT", "Mã hộ", "Họ và tên", "Số thẻ", "Có giá trị từ ngày"],
            ["1", "H1", "Nông Văn A", "HN1", "01/01/2025"],
            ["2", "H2", "Nông Văn B", "", ""],
            ["", "", "", "", ""],
        ],
        [
            ["ho va ten", "so the", "CO GIA TRI TU NGAY", "tt"],
            [],
            [" Nông Văn A ", "HN1", "01/01/2025", "1"],
        ],
    ],
)
def test_columns_are_found_by_their_headings(lines: list[list[str]]) -> None:
    told = {"number": "HN1", "valid_from": "01/01/2025"}
    assert list_sheet.answer_lines("HEALTH_CARD", lines) == [AnswerLine(3, "1", "Nông Văn A", told)]


def test_lines_without_headings_are_not_guessed() -> None:
    with pytest.raises(NoHeadings):
        list_sheet.answer_lines("LOAN", [["1", "Nông Văn A", "50000000"]])
