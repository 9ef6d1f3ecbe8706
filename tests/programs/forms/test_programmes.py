"""The day one asks about."""

import datetime as dt

import pytest

from programs.forms.programmes import asked_day

TODAY = dt.date(2024, 10, 15)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/02/2024", dt.date(2024, 2, 1)), ("2024-02-01", dt.date(2024, 2, 1)),
        ("31/02/2024", TODAY), ("", TODAY), ("01/01/0001", TODAY), ("31/12/9999", TODAY),
    ],
)  # fmt: skip
def test_a_day_or_else_today(text: str, day: dt.date) -> None:
    assert asked_day({"on": text}, TODAY) == day
