"""What people type, read as the exchange format reads it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from households.choices import BirthPrecision
from households.exchange.columns import HOUSEHOLD_COLUMN, MEMBER_COLUMN
from households.exchange.values import BirthDate
from households.forms.fields import as_text, copy_of, of_column, read


@pytest.mark.parametrize(
    ("column", "typed", "value"),
    [
        ("income_per_capita_month_vnd", "1.500.000", 1_500_000),
        ("income_per_capita_month_vnd", "1,500,000", 1_500_000),
        ("income_per_capita_month_vnd", " 1 500 000 ", 1_500_000),
        ("income_per_capita_month_vnd", "1500000", 1_500_000),
        ("floor_area_m2", "52,5", Decimal("52.5")),
        ("floor_area_m2", "52.5", Decimal("52.5")),
        ("wall_durable", "N", False),
        ("wall_durable", "", None),
        ("shock_on", "15/10/2024", dt.date(2024, 10, 15)),
    ],
)
def test_typed_answers_are_read(column: str, typed: str, value: Any) -> None:
    field = of_column(HOUSEHOLD_COLUMN[column])
    field.raw = typed
    assert read(HOUSEHOLD_COLUMN[column], field) == value
    assert field.errors == []


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("income_per_capita_month_vnd", "1.5.00"),
        ("income_per_capita_month_vnd", "-5"),
        ("floor_area_m2", "52,5,5"),
        ("floor_area_m2", "1.500"),
        ("floor_area_m2", "1,500"),
        ("floor_area_m2", "52,1234"),
        ("shock_on", "hôm qua"),
    ],
)
def test_what_cannot_be_read_says_so_at_the_field(column: str, typed: str) -> None:
    field = of_column(HOUSEHOLD_COLUMN[column])
    field.raw = typed
    value = read(HOUSEHOLD_COLUMN[column], field)
    assert value is None
    assert field.errors


def test_a_birth_year_alone_is_shown_as_a_year() -> None:
    assert as_text(BirthDate(dt.date(1954, 1, 1), BirthPrecision.YEAR)) == "1954"
    assert as_text(BirthDate(dt.date(1954, 1, 1), BirthPrecision.DAY)) == "01/01/1954"


def test_decimals_are_shown_as_the_language_writes_them() -> None:
    with translation.override("vi"):
        assert as_text(Decimal("52.500")) == "52,5"
    with translation.override("en"):
        assert as_text(Decimal("52.500")) == "52.5"


@pytest.mark.parametrize("stored", ["7.999", "52.125", "0.5", "1500", "1.5", "9.25"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_stored_area_that_nobody_touched_is_read_again(stored: str, language: str) -> None:
    field = of_column(HOUSEHOLD_COLUMN["floor_area_m2"])
    with translation.override(language):
        field.raw = as_text(Decimal(stored))
        assert read(HOUSEHOLD_COLUMN["floor_area_m2"], field) == Decimal(stored)


def test_every_column_of_the_form_has_a_label() -> None:
    for column in (*HOUSEHOLD_COLUMN.values(), *MEMBER_COLUMN.values()):
        assert of_column(column).label[0] == of_column(column).label[0].upper()


def test_a_copy_asks_the_same_and_shares_no_answer() -> None:
    template = of_column(HOUSEHOLD_COLUMN["wall_durable"])
    template.hint = "Gạch, đá, bê tông"
    first, second = copy_of(template), copy_of(template, prefix="members-3-")
    assert first == template
    assert (second.name, second.path) == ("members-3-wall_durable", "wall_durable")
    assert (second.label, second.kind, second.hint) == (first.label, first.kind, first.hint)
    first.raw = "Y"
    first.errors.append("Sai")
    first.warnings.append("Lạ")
    first.ticked.append("a")
    assert (template.raw, template.errors, template.warnings, template.ticked) == ("", [], [], [])
    assert (second.errors, second.ticked) == ([], [])
