"""Promises: of what programmes gave, no small count can be worked out from all that the reports of
all areas give to everybody, money, plans and shares included; not even by who knows what each
programme gives each time. One number too few hidden is found."""

from dataclasses import replace
from functools import cache

import pytest

from reports.contents import programme_figures, programme_hiding
from reports.contents.content import Content
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
