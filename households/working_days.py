"""Counting working days. Pure: no Django, no clock."""

import datetime as dt
from collections.abc import Mapping

_SATURDAY = 5

#: Days that differ from their weekday: False for a holiday, True for a day worked to make up.
SpecialDays = Mapping[dt.date, bool]


def is_working_day(day: dt.date, special: SpecialDays) -> bool:
    """Monday to Friday, unless the calendar says otherwise."""
    return special.get(day, day.weekday() < _SATURDAY)


def after(first: dt.date, number: int, special: SpecialDays) -> dt.date:
    """The `number`-th working day after `first`, which itself does not count (Civil Code 2015,
    art. 147: a term begins with the next day)."""
    day = first
    while number:
        day += dt.timedelta(days=1)
        number -= is_working_day(day, special)
    return day


def between(first: dt.date, last: dt.date, special: SpecialDays) -> int:
    """Working days after `first` up to `last`, which counts; 0 when last is not later."""
    days = (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day, special) for day in days)
