"""Sums are read as they are written."""

import pytest
from django import forms
from django.utils import translation

from programs.forms.whole_numbers import WholeNumberField


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("150.000", 150_000), ("1.500.000", 1_500_000), ("1,500,000", 1_500_000),
        ("1 500 000", 1_500_000), ("1500000", 1_500_000), ("0", 0), ("", None),
    ],
)  # fmt: skip
def test_groups_are_groups(language: str, text: str, number: int | None) -> None:
    with translation.override(language):
        assert WholeNumberField(required=False).clean(text) == number


@pytest.mark.parametrize("text", ["1.5", "150.00", "15.00.000", "1.500,50", "nghìn"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        WholeNumberField().clean(text)


def test_it_is_shown_in_groups_and_is_unchanged_when_sent_back() -> None:
    field = WholeNumberField()
    with translation.override("vi"):
        shown = field.prepare_value(15_000_000)
        assert shown == "15.000.000"
        assert not field.has_changed(15_000_000, shown)
