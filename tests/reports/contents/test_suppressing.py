"""Promises: what is hidden is left out with its rates and says why; what was not weighed is not
given out; and from everything that is given out of a round (all tables, areas, levels and statuses)
no small count can be worked out, not even by linear programming."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from reports import definitions
from reports.contents.content import Content, Line, Sheet
from reports.contents.frame import SMALL
from reports.contents.hiding import Found, to_hide
from reports.contents.sheet_figures import of_sheet
from reports.contents.suppressing import public
from reports.contents.webs import Name, Web
from tests.factories import report_contents as told
from tests.factories import small_province
from tests.reports import attack

LEAST = 5
_SHEET = told.sheet(told.columns("all", "kinh", "minority"))
_LINES = [
    told.unit("commune", "1", "Xã A", 23, 20, 3, key=1),
    told.unit("commune", "2", "Xã B", 40, 30, 10, key=2),
    told.unit("district", "", "Huyện", 63, 50, 13, key=3),
]
_HIDDEN = {("1", "kinh"), ("1", "minority"), ("2", "kinh"), ("2", "minority")}


def _naming(column: str, counted: str) -> str:
    return f"{column}_{counted}" if counted else column


def _public(content: Content, hidden: set[Name]) -> Content:
    return public(content, hidden=hidden, naming=_naming, least=LEAST)


def _shown(sheet: Sheet, lines: list[Line], hidden: set[Name]) -> list[Line]:
    made = _public(told.content(told.head(level="DISTRICT"), (sheet, lines)), hidden)
    ((_sheet, found),) = made.sheets
    return list(found)


def test_what_is_hidden_is_left_out_and_says_why() -> None:
    one, two, whole = _shown(_SHEET, _LINES, _HIDDEN)
    assert one.cells == (23, None, None)
    assert one.reasons == {"kinh": SMALL, "minority": SMALL}
    assert two.cells == (40, None, None)
    assert whole == _LINES[2]


def test_a_sheet_with_a_hidden_number_has_a_note() -> None:
    made = _public(told.content(told.head(), (_SHEET, _LINES)), _HIDDEN)
    ((sheet, _lines),) = made.sheets
    assert "số nhỏ hơn 5" in sheet.notes[-1]
    plain = _public(told.content(told.head(), (_SHEET, [_LINES[1]])), set())
    ((sheet, _lines),) = plain.sheets
    assert sheet.notes == _SHEET.notes


def test_a_small_number_that_was_not_weighed_is_not_given_out() -> None:
    with pytest.raises(ValueError, match="minority of Xã A was not weighed"):
        _shown(_SHEET, _LINES, {("2", "minority")})


def test_a_rate_goes_with_its_count_and_with_what_it_is_of() -> None:
    shown = told.columns("poor", "rate", "residents", rates=["rate"])
    sheet = told.sheet(shown, rates=(("rate", "poor", "residents"),))
    lines = [
        told.unit("commune", "1", "Xã A", 30, "15.00", 200, key=1),
        told.unit("commune", "2", "Xã B", 40, "20.00", 200, key=2),
        told.unit("commune", "3", "Xã C", 50, None, None, key=3),
    ]
    found = _shown(sheet, lines, {("1", "poor"), ("2", "residents")})
    assert [one.cells for one in found] == [(None, None, 200), (40, None, None), (50, None, None)]
    assert found[2].reasons == {}


def test_a_rate_that_stands_for_a_hidden_count_is_left_out() -> None:
    shown = told.columns("poor", "lack", rates=["lack"])
    sheet = told.sheet(shown, rates=(("lack", "", "poor"),))
    lines = [told.unit("commune", "1", "Xã A", 40, "5.00", key=1)]
    assert _shown(sheet, lines, {("1", "lack")})[0].cells == (40, None)


def test_a_group_is_not_the_area_of_its_number() -> None:
    line = told.unit("group", "1", "Nhóm", 30, 20, 10, key=1)
    assert _shown(_SHEET, [line], {("1", "kinh")}) == [line]
    assert _shown(_SHEET, [line], {("g1", "kinh")})[0].cells == (30, None, 10)


def test_households_that_identities_name_and_figures_of_a_text_are_left_out() -> None:
    head = replace(told.head(), values={"few": 3, "many": 300})
    made = _public(told.content(head, (_SHEET, [_LINES[2]])), set())
    assert made.head.broken == ()
    assert made.head.values == {}


def test_names_have_no_public_version() -> None:
    with pytest.raises(ValueError, match="names"):
        _public(told.content(told.head(has_names=True)), set())


@cache
def _weighed() -> tuple[Web, Found]:
    web = Web()
    for content in small_province.contents().values():
        naming = definitions.named(content.head.report).measure_of
        for sheet, lines in content.sheets:
            web.add(of_sheet(content.head, sheet, list(lines), naming))
    return web, to_hide(web, LEAST)


def _given(content: Content, hidden: set[Name]) -> Content:
    naming = definitions.named(content.head.report).measure_of
    return public(content, hidden=hidden, naming=naming, least=LEAST)


def _found_out(hidden: set[Name]) -> tuple[set[Name], int]:
    """Names of small counts that can be worked out, and how many were tried."""
    made = small_province.contents().values()
    given = attack.known(made, [_given(one, hidden) for one in made])
    bounds = attack.attack(given, LEAST)
    return {one.name[1:] for one in bounds if one.is_found_out}, len(bounds)


def test_no_small_count_can_be_worked_out() -> None:
    _web, found = _weighed()
    assert found.exposed == 0
    found_out, tried = _found_out(found.names)
    assert tried > 1_000
    assert not found_out


def _pairs() -> Iterator[tuple[Name, Name]]:
    """A small count, and what alone hides it in a sum."""
    web, found = _weighed()
    for relation in web.relations:
        inside = [n for n, _sign in relation if web.names[n] in found.names]
        small = [n for n in inside if 0 < web.values[n] < LEAST]
        large = [n for n in inside if web.values[n] >= LEAST]
        if len(inside) == 2 and small and large and len(web.by_name[web.names[large[0]]]) == 1:
            yield web.names[small[0]], web.names[large[0]]


def test_it_can_where_one_number_is_shown_that_hides_another() -> None:
    _web, found = _weighed()
    pairs = dict(_pairs())
    assert len(pairs) > 5
    few = dict(list(pairs.items())[:: len(pairs) // 3][:2])
    found_out, _tried = _found_out(found.names - set(few.values()))
    assert found_out >= set(few)


def test_nor_where_the_official_figures_come_later() -> None:
    """They are given out beside what was given out of the preliminary ones, by another pattern; who
    guesses that a number did not change is right."""
    web, given, hidden, exposed = Web(), [], set[Name](), 0
    for status in small_province.STATUSES:
        made = [one for one in small_province.contents().values() if one.head.status == status]
        figures = []
        for content in made:
            naming = definitions.named(content.head.report).measure_of
            for sheet, lines in content.sheets:
                figures.append(of_sheet(content.head, sheet, list(lines), naming))
                web.add(figures[-1])
        found = to_hide(web, LEAST, hidden)
        assert found.names >= hidden
        hidden, exposed = found.names, found.exposed
        given += [_given(one, hidden) for one in made]
        for one in figures:
            web.give_out(one, hidden)
    every = attack.known(small_province.contents().values(), given)
    for (status, *name), value in every.truth.items():
        early = ("preliminary", *name)
        if status == "official" and every.values.get(early) == value:
            every.values.setdefault(("official", *name), value)
    assert exposed == 0
    assert not [one for one in attack.attack(every, LEAST) if one.is_found_out]
