"""Conditions as data: what is refused, and months as PostgreSQL counts them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from programs.appraisal import DocumentError, read_conditions
from programs.appraisal.conditions import latest_start


@pytest.mark.django_db
@pytest.mark.parametrize("months", [1, 6, 12, 36, 72])
def test_months_are_counted_as_postgresql_adds_them(months: int) -> None:
    """For every day of three years, a leap year among them: the last start is not too late, and
    the day after it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT d::date, (SELECT max(s)::date FROM generate_series(
                d - make_interval(months => %(months)s) - interval '4 days',
                d - make_interval(months => %(months)s) + interval '4 days', '1 day') s
              WHERE s + make_interval(months => %(months)s) <= d)
            FROM generate_series(date '2023-01-01', date '2025-12-31', '1 day') d
            """,
            {"months": months},
        )
        told = dict(cursor.fetchall())
    assert len(told) == 1096
    assert {day: latest_start(day, months) for day in told} == told


@pytest.mark.parametrize(
    "who",
    [
        None,
        {},
        [],
        {"class": []},
        {"class": "POOR"},
        {"zone": ["IV"]},
        {"minority": "yes"},
        {"newly_escaped": 36},
        {"newly_escaped": {"months": 36}},
        {"newly_escaped": {"months": True, "of": ["POOR"]}},
        {"left_zone": {"months": 36, "of": ["I"]}},
        {"age": {}},
        {"age": {"from_months": 72, "under_months": 72}},
        {"age": {"years": 6}},
        {"attending": ["none"]},
        {"lacks": []},
        {"unrecorded": []},
        {"unrecorded": ["height"]},
        {"height": 3},
    ],
)
def test_a_wrong_condition_is_refused_with_its_place(who: Any) -> None:
    with pytest.raises(DocumentError, match=r"^terms\.1\.who"):
        read_conditions(who, "terms.1.who")


def test_conditions_keep_their_order_and_name_their_facts() -> None:
    found = read_conditions({"zone": ["II", "III"], "minority": True}, "who")
    assert [one.kind for one in found] == ["zone", "minority"]
    assert [one.reads for one in found] == [("zone",), ("is_minority",)]


def test_a_month_end_reaches_every_day_of_the_earlier_month() -> None:
    assert latest_start(dt.date(2025, 2, 28), 1) == dt.date(2025, 1, 31)
    assert latest_start(dt.date(2025, 2, 27), 1) == dt.date(2025, 1, 27)
    assert latest_start(dt.date(2025, 3, 30), 1) == dt.date(2025, 2, 28)
