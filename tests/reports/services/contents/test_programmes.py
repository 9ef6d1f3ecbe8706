"""What the programmes came to: lines, units and money, each with its plan."""

import datetime as dt

import pytest

from households import clock
from households.services.system_user import system_user
from programs.services import programmes
from reports import definitions
from reports.services import contents
from reports.services.contents.programmes import of_areas
from tests.factories import money
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


def test_lines_say_what_is_told_together_and_money_how_often_it_was_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = reporting()
    world = made.world
    programmes.load(by=system_user())
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 1, 15))
    money.received(world.homes["escaper"], world.a1, world.by, "loan", ground="poor",
                   on="2023-05-01", amount_vnd=50_000_000)  # fmt: skip
    money.entry(world.a, world.by, 90_000_000, code="loan", year=2023, on="2023-02-01")
    definition = definitions.named("CT")
    found = contents.content(definition, made.asked(world.a))
    results, _units, paid = [(sheet, list(lines)) for sheet, lines in found.sheets]
    assert [one.code for one in results[1]] == ["LOANS/LOANS_POOR", "LOANS/LOANS"]
    (line,) = paid[1]
    assert line.code == f"LOANS/p{money.programme('loan').pk}"
    assert (paid[0].columns[-1].key, line.cells[-1]) == ("times", 1)
    areas = [world.a, world.b]
    told = {area: made for area, *made in of_areas(definition, world.rounds[2023], areas)}
    assert told[world.a] == [results, paid]
    assert told[world.b][0][1] == []


def test_it_needs_no_decided_list() -> None:
    made = reporting(decide_last=False)
    assert contents.content(definitions.named("CT"), made.asked()).head.broken == ()
