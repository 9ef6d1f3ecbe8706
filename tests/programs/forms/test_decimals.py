"""A number is the number that was meant, or it is refused."""

from decimal import Decimal

import pytest
from django.forms import ValidationError
from django.utils import translation

from programs.forms.decimals import DecimalNumberField


def field() -> DecimalNumberField:
    return DecimalNumberField(min_value=0, max_digits=12, decimal_places=2)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.500", "1500"),
        ("1.500,5", "1500.5"),
        ("12.345.678", "12345678"),
        ("1 500", "1500"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("0.5", "0.5"),
        ("40", "40"),
    ],
)
def test_what_is_typed_is_what_is_meant(language: str, typed: str, meant: str) -> None:
    with translation.override(language):
        assert field().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["1,500", "0.500", "1.2.3", "1,2,3", "1.50,5", "nhiều", "-1"])
def test_what_may_mean_two_things_is_refused(typed: str) -> None:
    with translation.override("vi"), pytest.raises(ValidationError):
        field().clean(typed)


def test_it_is_shown_as_it_is_written_here() -> None:
    with translation.override("vi"):
        assert field().prepare_value(Decimal("1.5")) == "1,5"
        assert field().prepare_value("nhiều") == "nhiều"
