"""What the programmes came to: lines, units and money, each with its plan."""

import datetime as dt

import pytest

from households import clock
from reports import definitions
from reports.services import contents
from tests.reports.services.made import reporting

pytestmark = pytest.mark.django_db


def test_a_year_without_support_says_so_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting()
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 1, 15))
    found = contents.content(definitions.named("CT"), made.asked())
    results, units, money = [(sheet, list(lines)) for sheet, lines in found.sheets]
    assert results[1] == []
    assert "31/12/2023" in results[0].notes[0]
    assert [one.code for one in units[1]] == ["063", "064", "06"]
    assert [one.number for one in units[1]] == ["1", "2", ""]
    assert units[1][-1].cells == (0,)
    assert money[1] == []
    # A number that is not published takes its share of the plan along.
    assert [one[0].rates for one in (results, units, money)] == [
        (("percent", "number", "planned"),), (), (),
    ]  # fmt: skip
    assert not found.head.missing


def test_it_needs_no_decided_list() -> None:
    made = reporting(decide_last=False)
    assert contents.content(definitions.named("CT"), made.asked()).head.broken == ()
