"""What a pasted cell says, or that it cannot be read."""

import re

import pytest

from programs.forms.pasted_answers import _READ


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("amount_vnd", "1.500.000", 1_500_000), ("amount_vnd", "1.500.000,00 đ", 1_500_000),
        ("amount_vnd", "1,500,000.00", 1_500_000), ("amount_vnd", "1500000 đồng", 1_500_000),
        ("months", " 9 ", 9), ("loan_months", "120", 120),
    ],
)  # fmt: skip
def test_sums_and_months_are_read(name: str, text: str, value: int) -> None:
    assert _READ[name](text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("amount_vnd", "1.500,5"), ("amount_vnd", "9" * 20), ("amount_vnd", "15.00.000"),
        ("months", "40000"), ("months", "0"), ("months", "chín"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_not_guessed(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        _READ[name](text)
