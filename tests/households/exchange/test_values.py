"""Cells are read as an officer means them, or refused with a code and a sentence."""

import datetime as dt
from decimal import Decimal

import pytest

from households.choices import BirthPrecision, Employment, PovertyClass, Settlement
from households.exchange.columns import HOUSEHOLD_COLUMN, MEMBER_COLUMN
from households.exchange.values import BadValue, BirthDate, parse

COLUMN = HOUSEHOLD_COLUMN | MEMBER_COLUMN


@pytest.mark.parametrize(
    ("column", "raw", "value"),
    [
        ("has_tv", "Y", True),
        ("has_tv", " n ", False),
        ("has_tv", "", None),
        ("area", "rural", Settlement.RURAL),
        ("class_paper", "near_poor", PovertyClass.NEAR_POOR),
        ("employment", "wage", Employment.WAGE),
        ("sex", "f", "F"),
        ("as_of", "2024-10-01", dt.date(2024, 10, 1)),
        ("as_of", "1/10/2024", dt.date(2024, 10, 1)),
        ("birth_date", "29/02/2020", BirthDate(dt.date(2020, 2, 29), BirthPrecision.DAY)),
        ("birth_date", "1957", BirthDate(dt.date(1957, 1, 1), BirthPrecision.YEAR)),
        ("income_per_capita_month_vnd", "1500000", 1_500_000),
        ("income_per_capita_month_vnd", "0", 0),
        ("floor_area_m2", "52.125", Decimal("52.125")),
        ("floor_area_m2", "0", Decimal(0)),
        ("floor_area_m2", "52,5", Decimal("52.5")),
        ("floor_area_m2", "7.999", Decimal("7.999")),
        ("floor_area_m2", "80.500", Decimal("80.5")),
        ("floor_area_m2", "0.500", Decimal("0.5")),
        ("cccd", "006080123456", "006080123456"),
        ("commune_code", "02008", "02008"),
        ("causes", "1; 3;;1", ("1", "3")),
        ("full_name", "  Hoa\u0300ng   Văn\u00a0Thử ", "Hoàng Văn Thử"),
    ],
)
def test_a_cell_is_read(column: str, raw: str, value: object) -> None:
    assert parse(COLUMN[column], raw) == value


@pytest.mark.parametrize(
    ("column", "raw", "code"),
    [
        ("has_tv", "yes", "not_yes_no"),
        ("has_tv", "1", "not_yes_no"),
        ("area", "suburb", "unknown_code"),
        ("relation", "cousin", "unknown_code"),
        ("as_of", "2024", "not_a_date"),
        ("as_of", "2023-02-29", "no_such_date"),
        ("as_of", "31/04/2024", "no_such_date"),
        ("as_of", "10-2024", "not_a_date"),
        ("birth_date", "1080", "not_a_date"),
        ("birth_date", "1700-01-01", "impossible_age"),
        ("income_per_capita_month_vnd", "1.5e6", "not_a_whole_number"),
        ("income_per_capita_month_vnd", "1.500.000", "thousands_separator"),
        ("income_per_capita_month_vnd", "1,500,000", "thousands_separator"),
        ("income_per_capita_month_vnd", "1 500 000", "thousands_separator"),
        ("income_per_capita_month_vnd", "1500000.0", "not_a_whole_number"),
        ("income_per_capita_month_vnd", "-5", "negative"),
        ("income_per_capita_month_vnd", "9" * 5000, "too_large"),
        ("income_per_capita_month_vnd", "١٢٣", "not_a_whole_number"),
        ("household_size", "0", "out_of_range"),
        ("floor_area_m2", "1,234", "decimal_comma"),
        ("floor_area_m2", "1.500", "decimal_point"),
        ("floor_area_m2", "1.234.500", "decimal_point"),
        ("floor_area_m2", "52.1234", "too_many_decimals"),
        ("floor_area_m2", "-1", "negative"),
        ("floor_area_m2", "1e3", "not_a_number"),
        ("floor_area_m2", "NaN", "not_a_number"),
        ("floor_area_m2", "1000000", "too_large"),
        ("cccd", "12345678901", "not_twelve_digits"),
        ("cccd", "6080123456", "not_twelve_digits"),
        ("commune_code", "2008", "not_a_unit_code"),
        ("full_name", "x" * 121, "too_long"),
        ("full_name", "a\x00b", "control_character"),
        ("full_name", "#REF!", "formula_error"),
        ("floor_area_m2", "#DIV/0!", "formula_error"),
        ("cccd", "#n/a", "formula_error"),
        ("full_name", "=CONCATENATE(A1;B1)", "formula"),
        ("household_size", "=1+1", "formula"),
        ("birth_date", "30/04/0085", "impossible_age"),
        ("birth_date", "30/4/85", "not_a_date"),
        ("birth_date", "31/04/1985", "no_such_date"),
    ],
)
def test_a_cell_that_cannot_be_is_refused(column: str, raw: str, code: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse(COLUMN[column], raw)

    assert refusal.value.code == code
    assert str(refusal.value.reason)


def test_codes_of_an_editable_list_are_looked_up_in_it() -> None:
    assert parse(COLUMN["causes"], "1;2", known={"1", "2"}) == ("1", "2")
    with pytest.raises(BadValue):
        parse(COLUMN["causes"], "1;9", known={"1", "2"})
    with pytest.raises(BadValue):
        parse(COLUMN["shock"], "flood", known={"accident"})


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u200e", "\u202c", "\u2060", "\u00ad"])
def test_marks_that_take_no_room_make_no_other_name(mark: str) -> None:
    assert parse(COLUMN["full_name"], f"{mark}Nông{mark}\u00a0Văn Thử{mark}") == "Nông Văn Thử"
