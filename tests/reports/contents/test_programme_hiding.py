"""Promises: of what programmes gave, no small count can be worked out from all that the reports of
all areas give to everybody, money, plans and shares included; not even by who knows what each
programme gives each time. One number too few hidden is found."""

from dataclasses import replace
from functools import cache

import pytest

from reports.contents import programme_hiding
from reports.contents.content import Content, Line, Sheet
from reports.contents.frame import SMALL
from reports.contents.hiding import Found, to_hide
from reports.contents.programme_figures import Telling
from reports.contents.webs import Name, Web, bundle_of
from tests.factories import small_programmes as small
from tests.reports import programme_attack

LEAST = 5
SEEDS = (1, 2, 3, 4)


@cache
def _contents(seed: int) -> dict[str, Content]:
    return small.contents(seed)


@cache
def _weighed(seed: int) -> tuple[Web, Found]:
    telling = Telling()
    for area, content in _contents(seed).items():
        results, _units, money = content.sheets
        telling.add(area, results, money)
    telling.fill()
    parts = {area: small.parts(area) for area in small.AREAS}
    web = Web()
    web.add(telling.figures((area, own) for area, own in parts.items() if own))
    return web, to_hide(web, LEAST)


def _given(seed: int, hidden: set[Name]) -> dict[str, Content]:
    return {
        area: programme_hiding.public(content, hidden=hidden, least=LEAST)
        for area, content in _contents(seed).items()
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_no_small_count_can_be_worked_out(seed: int) -> None:
    _web, found = _weighed(seed)
    assert found.exposed == 0
    told = programme_attack.known(_contents(seed), _given(seed, found.names))
    pinned, tried = programme_attack.found_out(told, LEAST)
    assert tried > 20
    assert not pinned


def test_not_all_is_hidden() -> None:
    _web, found = _weighed(1)
    told = programme_attack.known(_contents(1), _given(1, found.names))
    shown = [one for one in told.values if one[0] == small.PROVINCE and told.values[one]]
    assert len(shown) > 10


def _complements(seed: int) -> list[Name]:
    """A bundle of an area that is hidden only for others: it holds nothing small."""
    web, found = _weighed(seed)
    bundles: dict[Name, list[int]] = {}
    for number, name in enumerate(web.names):
        if name in found.names and number not in web.known:
            bundles.setdefault((name[0], bundle_of(name)), []).append(web.values[number])
    return [
        one
        for one, values in bundles.items()
        if one[1].count("/") == 1 and not any(0 < value < LEAST for value in values)
    ]


def test_some_can_where_a_bundle_is_shown_that_hides_others() -> None:
    pinned: list[object] = []
    tried = 0
    for seed in SEEDS:
        _web, found = _weighed(seed)
        for area, bundle in _complements(seed):
            less = {name for name in found.names if (name[0], bundle_of(name)) != (area, bundle)}
            told = programme_attack.known(_contents(seed), _given(seed, less))
            pinned += programme_attack.found_out(told, LEAST)[0]
            tried += 1
    assert tried
    assert pinned


def test_it_can_where_money_is_shown_beside_counts_that_are_not() -> None:
    """Who knows what is given each time needs no more."""
    _web, found = _weighed(1)
    given = _given(1, found.names)
    for area, content in _contents(1).items():
        results, units, _money = given[area].sheets
        given[area] = replace(given[area], sheets=[results, units, list(content.sheets)[2]])
    told = programme_attack.known(_contents(1), given)
    assert len(programme_attack.found_out(told, LEAST)[0]) > 10


def _sheets(area: str, hidden: set[Name]) -> list[tuple[Sheet, list[Line]]]:
    content = programme_hiding.public(_contents(1)[area], hidden=hidden, least=0)
    return [(sheet, list(lines)) for sheet, lines in content.sheets]


def _row(told: tuple[Sheet, list[Line]], code: str) -> dict[str, object]:
    (line,) = (one for one in told[1] if code in (one.code, one.name))
    return {
        column.key: "…" if line.reasons.get(column.key) == SMALL else cell
        for column, cell in zip(told[0].columns, line.cells, strict=True)
    }


def test_a_bundle_goes_with_plan_money_shares_and_the_sum_of_the_unit() -> None:
    hidden = {("1", "CT/HOUSES|HOUSES.number"), ("10", "CT/CARDS|CARDS.number")}
    results, units, money = _sheets("1", hidden)
    assert set(_row(results, "HOUSES/HOUSES").values()) == {"…"}
    assert set(_row(money, "HOUSES/p6").values()) == {"…"}
    assert "…" not in _row(results, "LOANS/LOANS").values()
    own, other = _row(units, "Nơi 1"), _row(units, "Nơi 10")
    assert [key for key, cell in own.items() if cell == "…"] == ["HOUSES", "amount_vnd"]
    assert [key for key, cell in other.items() if cell == "…"] == ["CARDS", "amount_vnd"]
    assert "…" not in _row(units, "Nơi 20").values()
    assert "kinh phí" in results[0].notes[-1]


def test_whom_it_reached_may_be_left_out_alone() -> None:
    results, units, _money = _sheets("1", {("1", "CT/CARDS/CARDS|outside")})
    out = [key for key, cell in _row(results, "CARDS/CARDS").items() if cell == "…"]
    assert out == ["persons", "outside"]
    assert "…" not in _row(units, "Nơi 1").values()


def test_money_that_is_left_out_stands_last_so_that_its_place_tells_nothing() -> None:
    _results, _units, money = _sheets("1", {("1", "CT/LOANS|LOANS.number")})
    assert [one.code for one in money[1]][-2:] == ["LOANS/p2", "LOANS/p1"]
    assert [one.number for one in money[1]] == list("1234567")


def test_nobody_is_told_how_often_no_sum_was_written() -> None:
    results, _units, _money = _sheets("1", set())
    assert "without_amount" not in [column.key for column in results[0].columns]


def test_what_was_not_weighed_is_not_given_out() -> None:
    with pytest.raises(ValueError, match="not weighed"):
        programme_hiding.public(_contents(1)["11"], hidden=set(), least=LEAST)


def test_of_an_edition_that_does_not_say_what_goes_together_nothing_is_told() -> None:
    content = _contents(1)["1"]
    old = [(sheet, [replace(one, code="") for one in lines]) for sheet, lines in content.sheets]
    made = programme_hiding.public(replace(content, sheets=old), hidden=set(), least=LEAST)
    for _sheet, lines in made.sheets:
        for line in lines:
            assert set(line.cells) == {None}
