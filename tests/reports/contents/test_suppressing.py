"""Promises: what is hidden is left out with its rates and says why; what was not weighed is not
given out."""

from dataclasses import replace

import pytest

from reports.contents.content import Content, Line, Sheet
from reports.contents.frame import SMALL
from reports.contents.suppressing import public
from reports.contents.webs import Name
from tests.factories import report_contents as told

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
