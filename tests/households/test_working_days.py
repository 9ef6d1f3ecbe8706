"""Terms in working days: weekends and holidays do not count, days made up for do."""

import datetime as dt

from households import working_days

HOLIDAYS = {dt.date(2025, 1, 27): False, dt.date(2025, 1, 28): False, dt.date(2025, 1, 25): True}


def test_the_day_itself_does_not_count() -> None:
    tuesday = dt.date(2024, 10, 15)
    assert working_days.after(tuesday, 3, {}) == dt.date(2024, 10, 18)


def test_a_weekend_is_stepped_over() -> None:
    thursday = dt.date(2024, 10, 17)
    assert working_days.after(thursday, 3, {}) == dt.date(2024, 10, 22)


def test_holidays_are_stepped_over_and_made_up_days_count() -> None:
    thursday = dt.date(2025, 1, 23)
    # Fri 24, Sat 25 (made up), then Sun, Mon and Tue are free, Wed 29
    assert working_days.after(thursday, 3, HOLIDAYS) == dt.date(2025, 1, 29)


def test_no_days_after_is_the_day_itself() -> None:
    assert working_days.after(dt.date(2024, 10, 19), 0, {}) == dt.date(2024, 10, 19)


def test_working_days_between_are_those_of_the_way_there() -> None:
    first = dt.date(2024, 10, 17)
    for number in range(8):
        assert working_days.between(first, working_days.after(first, number, {}), {}) == number
    assert working_days.between(first, first - dt.timedelta(days=3), {}) == 0
