"""Numbers of 12 digits and of 9, told apart as officers type them and as sheets hold them."""

import pytest

from households.exchange.card_numbers import CardNumbers, apart, plain_number, typed_number
from households.exchange.values import BadValue


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", CardNumbers()),
        ("006080001950", CardNumbers("006080001950")),
        ("006 080 001 950", CardNumbers("006080001950")),
        ("085 123 456", CardNumbers(None, "085123456")),
        ("085.123.456", CardNumbers(None, "085123456")),
    ],
)
def test_one_cell_takes_either(typed: str, read: CardNumbers) -> None:
    assert typed_number(typed) == read


@pytest.mark.parametrize(
    "typed", ["85123456", "12345", "0060800019501", "abc", "１２３４５６７８９"]
)
def test_no_zeros_are_guessed_of_what_a_person_types(typed: str) -> None:
    with pytest.raises(BadValue):
        typed_number(typed)


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("85123456", "085123456"),  # Hà Nội to Sơn La began with 0, which a sheet drops
        ("1080001950", "001080001950"),
        ("6080001950", "006080001950"),
        ("7123456", "7123456"),
        ("chưa có", "chưa có"),
    ],
)
def test_zeros_that_a_sheet_lost(cell: str, plain: str) -> None:
    assert plain_number(cell) == plain


@pytest.mark.parametrize(
    ("cells", "parted"),
    [
        (("085123456", ""), ("", "085123456")),
        (("", "006080001950"), ("006080001950", "")),
        (("085123456/006080001950", ""), ("006080001950", "085123456")),
        (("006080001950", "85123456"), ("006080001950", "085123456")),
        (("12345", ""), ("12345", "")),
        (("085123456", "085123457"), ("085123456", "085123457")),
        (("085123456", "085123456"), ("", "085123456")),
        (("", ""), ("", "")),
    ],
)
def test_each_number_under_its_own_heading(cells: tuple[str, str], parted: tuple[str, str]) -> None:
    assert apart(*cells) == parted
