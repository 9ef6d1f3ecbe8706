"""What a receiver writes otherwise and what is the same in other clothes."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from households.choices.returns import AnswerKind
from households.exchange import returned_cells as cells
from households.exchange.layout_fields import LayoutColumn
from households.exchange.returned_cells import Answer, BadCell

NUMBER = "006080123456"


def column(field: str, **codes: str) -> LayoutColumn:
    return LayoutColumn(field, "x", codes)


def same(field: str, theirs: Any, ours: Any, **codes: str) -> bool:
    one = column(field, **codes)
    told = cells.theirs(one, cells.plain(theirs))
    assert told is not None
    return cells.is_same(one, told, cells.ours(one, ours))


@pytest.mark.parametrize(
    ("field", "theirs", "ours"),
    [
        ("head_name", "NÔNG VĂN THỬ", "Nông Văn Thử"),
        ("head_name", "Nong Van Thu", "Nông Văn Thử"),
        ("head_name", "No\u0302ng  Va\u0306n Thử ", "Nông Văn Thử"),
        ("head_birth_date", "1/5/1980", "01/05/1980"),
        ("head_birth_date", dt.date(1980, 5, 1), "01/05/1980"),
        ("head_birth_date", "1980", "01/05/1980"),
        ("head_birth_date", "01/05/1980", "1980"),
        ("head_birth_date", "29342", "01/05/1980"),
        ("head_cccd", "6080123456", NUMBER),
        ("head_cccd", "006 080 123 456", NUMBER),
        ("commune_code", "2008", "02008"),
        ("class_since", "2024-01-01", dt.date(2024, 1, 1)),
        ("household_size", 4.0, 4),
        ("floor_area_m2", "52,5", Decimal("52.500")),
        ("income_per_capita_month_vnd", "1.500.000", 1_500_000),
        ("has_tv", "CÓ", "Y"),
        ("has_tv", "y", "Y"),
    ],
)
def test_the_same_in_other_clothes(field: str, theirs: Any, ours: Any) -> None:
    assert same(field, theirs, ours)


@pytest.mark.parametrize(
    ("field", "theirs", "ours"),
    [
        ("head_name", "Nông Văn Thứ", "Nông Văn Thử"),
        ("head_name", "Nong Van Tho", "Nông Văn Thử"),
        ("head_birth_date", "02/05/1980", "01/05/1980"),
        ("head_birth_date", "1981", "01/05/1980"),
        ("head_birth_date", "01/05/1981", "1980"),
        ("head_birth_date", "01/05/1980", None),
        ("head_cccd", "006080123457", NUMBER),
        ("household_size", 5.0, 4),
        ("has_tv", "Không", "Y"),
        ("head_cccd", NUMBER, None),
    ],
)
def test_other_facts(field: str, theirs: Any, ours: Any) -> None:
    assert not same(field, theirs, ours)


def test_the_layout_s_own_words_count_first() -> None:
    codes = {"poor": "1", "near_poor": "1", "average": "2"}
    assert same("class", "1", "near_poor", **codes)
    assert same("class", "1", "poor", **codes)
    assert not same("class", "2", "poor", **codes)
    assert same("class", "Hộ nghèo", "poor", **codes)
    told = cells.theirs(column("head_sex", M="0", F="1"), "1")
    assert told is not None
    assert told.shown == "F"


@pytest.mark.parametrize("text", ["", "•••••••••456"])
def test_an_empty_or_masked_number_says_nothing(text: str) -> None:
    assert cells.theirs(column("head_cccd"), text) is None
    assert cells.number_of(text) == ""


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("head_cccd", "12345"),
        ("head_cccd", "không rõ"),
        ("class_since", "31/02/2024"),
        ("class_since", "2024"),
        ("household_size", "bốn"),
        ("floor_area_m2", "NaN"),
        ("income_per_capita_month_vnd", "1" + "0" * 16),
        ("class", "giàu"),
    ],
)
def test_cells_that_cannot_be_read(field: str, text: str) -> None:
    with pytest.raises(BadCell):
        cells.theirs(column(field), text)


def test_a_number_is_never_shown_whole() -> None:
    told = cells.theirs(column("head_cccd"), NUMBER)
    assert told is not None
    assert (told.shown, cells.ours(column("head_cccd"), NUMBER).shown) == ("•••••••••456",) * 2


@pytest.mark.parametrize(
    ("field", "text", "answer"),
    [
        ("answer.text", "HN 1", Answer(AnswerKind.TEXT, text="HN 1")),
        ("answer.number", "1.500.000", Answer(AnswerKind.NUMBER, number=Decimal(1_500_000))),
        ("answer.number", "12,5", Answer(AnswerKind.NUMBER, number=Decimal("12.5"))),
        ("answer.number", "-3", Answer(AnswerKind.NUMBER, number=Decimal(-3))),
        ("answer.day", "2025-01-01", Answer(AnswerKind.DAY, day=dt.date(2025, 1, 1))),
        ("answer.text", "", None),
    ],
)
def test_answers_by_their_kind(field: str, text: str, answer: Answer | None) -> None:
    assert cells.answer_of(column(field), text) == answer


def test_an_answer_of_codes_is_kept_as_the_code() -> None:
    one = column("answer.code", ok="Đã cấp", no="Từ chối")
    for text in ("đã cấp", "Da cap", "ok"):
        found = cells.answer_of(one, text)
        assert found is not None
        assert found.text == "ok"
    with pytest.raises(BadCell):
        cells.answer_of(one, "Chờ")


def test_what_is_compared() -> None:
    compared = [
        field
        for field in (
            "row_no",
            "blank",
            "code",
            "household_id",
            "answer.text",
            "head_name",
            "class",
        )
        if cells.is_compared(column(field))
    ]
    assert compared == ["head_name", "class"]


def test_the_guard_of_a_formula_is_taken_off() -> None:
    assert cells.plain("'=A1") == "=A1"
    assert cells.plain("'A1") == "'A1"
