"""Numbers, days and marks as officers read them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from households.choices import PovertyClass
from households.templatetags.povreg import class_shape, css_class, day, moment, number


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (1_234_567, "1.234.567", "1,234,567"),
        (Decimal("21.950"), "21,95", "21.95"),
        (Decimal("100"), "100", "100"),
        (Decimal("1234.5"), "1.234,5", "1,234.5"),
        (0, "0", "0"),
        (None, "", ""),
    ],
)
def test_numbers_follow_the_language(value: int | Decimal | None, vi: str, en: str) -> None:
    with translation.override("vi"):
        assert number(value) == vi
    with translation.override("en"):
        assert number(value) == en


def test_days_and_moments_are_local() -> None:
    late = dt.datetime(2024, 10, 14, 18, 30, tzinfo=dt.UTC)
    assert day(dt.date(2024, 10, 5)) == "05/10/2024"
    assert day(late) == "15/10/2024"
    assert moment(late) == "15/10/2024 01:30"
    assert day(None) == moment(None) == ""


def test_every_class_has_its_own_colour_and_its_own_shape() -> None:
    assert len({css_class(one) for one in PovertyClass}) == len(PovertyClass)
    assert len({class_shape(one) for one in PovertyClass}) == len(PovertyClass)


def test_a_badge_says_the_word_and_that_no_decision_stands_behind_it() -> None:
    badge = Template('{% include "components/class_badge.html" %}')
    with translation.override("en"):
        provisional = badge.render(Context({"poverty_class": "POOR", "provisional": True}))
        decided = badge.render(Context({"poverty_class": "POOR"}))
        unknown = badge.render(Context({"poverty_class": None}))
    assert "Poor household" in provisional
    assert "no decision yet" in provisional
    assert "no decision yet" not in decided
    assert "Not yet known" in unknown
