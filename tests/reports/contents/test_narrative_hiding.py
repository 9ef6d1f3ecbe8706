"""Promises: the yearly report for everybody leaves out what the tables leave out, and what would
tell it: points, sums, shares, and the place in an order."""

from dataclasses import replace
from typing import Any

import pytest

from reports.contents import narrative, narrative_figures, narrative_hiding
from reports.contents.content import Content, Line, Sheet
from reports.contents.frame import SMALL
from reports.contents.narrative_figures import Measures
from reports.contents.webs import Name
from reports.exchange import narrative_charts
from tests.factories import narratives

LEAST = 5
_MEASURES = Measures(
    {"poor_households_before": "poor_opening", "near_poor_households_before": "near_opening"},
    "lack_{}".format,
    "cause_{}".format,
)
_ORDER = ["Nước sạch", "Nhà vệ sinh", "Chất lượng nhà ở", "Bảo hiểm y tế"]


def _content() -> Content:
    """With what lines are of: districts 10 and 20, the commune 11, the province 1."""
    made = narratives.content()
    sheets = []
    for at, (sheet, lines) in enumerate(made.sheets):
        found = list(lines)
        if at == 0:
            keys = (10, 11, 20, 1)
            found = [replace(one, key=key) for one, key in zip(found, keys, strict=True)]
        else:
            found = [replace(one, code=one.code or one.name) for one in found]
        sheets.append((sheet, found))
    return replace(made, sheets=sheets)


def _public(*hidden: Name, least: int = LEAST) -> Content:
    return narrative_hiding.public(_content(), hidden=set(hidden), measures=_MEASURES, least=least)


def _out(told: tuple[Sheet, list[Line]], at: int) -> list[str]:
    return [key for key, why in told[1][at].reasons.items() if why == SMALL]


def _words(content: Content) -> dict[str, Any]:
    return narrative.words(content.head, narrative.parts_of(content), is_public=True)


def test_where_nothing_is_hidden_nothing_is_left_out_but_moves_and_groups() -> None:
    values = _public().head.values
    assert values["poor_households"] == 1_234
    assert values["poor_points"] == "-2.66"
    assert "escaped" not in values
    assert "poor_no_labour" not in values


def test_a_unit_goes_with_its_rates_and_points() -> None:
    units = narrative.parts_of(_public(("10", "poor_households"))).units
    assert _out(units, 0) == ["poor_households", "poor_rate", "poor_points"]
    assert _out(units, 1) == []
    assert "Không công bố" in units[0].notes[0]
    picture, note = narrative_charts.places(*units)
    assert picture is None
    assert note == "không vẽ đơn vị không có số liệu"


def test_residents_and_those_of_before_go_with_points_too() -> None:
    units = narrative.parts_of(_public(("10", "resident_households"))).units
    assert {"poor_rate", "near_poor_rate", "poor_points", "near_poor_points"} < set(_out(units, 0))
    then = narrative_figures.at_round("resident_households", "2023")
    units = narrative.parts_of(_public(("20", then))).units
    assert _out(units, 2) == ["poor_points", "near_poor_points"]


def test_the_closing_before_is_the_opening_of_the_tables() -> None:
    made = _public(("1", "near_opening"))
    assert "near_poor_points" in _out(narrative.parts_of(made).units, 3)
    words = _words(_public(("1", "near_opening")))
    for name in (
        "near_poor_households_before",
        "near_poor_change",
        "near_poor_points",
        "both_points",
    ):
        assert words[name] == "…"
    assert words["poor_change"] == "giảm 266 hộ"


@pytest.mark.parametrize("gone", ["poor_households", "near_poor_persons", "resident_households"])
def test_what_a_figure_of_the_text_would_tell_goes_too(gone: str) -> None:
    values = _public(("1", gone)).head.values
    assert values[gone] is None
    told = {
        "poor_households": (
            "poor_rate",
            "poor_change",
            "poor_points",
            "both_households",
            "both_rate",
        ),
        "near_poor_persons": ("both_persons",),
        "resident_households": ("poor_rate", "near_poor_rate", "poor_points", "both_rate"),
    }[gone]
    assert [values[one] for one in told] == [None] * len(told)


def test_a_round_of_before_has_names_of_its_own() -> None:
    then = narrative_figures.at_round("poor_households", "2023")
    trend = narrative.parts_of(_public(("1", then))).trend
    assert _out(trend, 0) == ["poor_households", "poor_rate"]
    assert _out(trend, 1) == []
    trend = narrative.parts_of(_public(("1", "poor_households"))).trend
    assert [_out(trend, at) != [] for at in (0, 1)] == [False, True]


def test_what_is_left_out_of_an_order_stands_last_by_name() -> None:
    hidden = [("1", f"lack_{one}") for one in ("Nước sạch", "Bảo hiểm y tế")]
    sheet, lines = narrative.parts_of(_public(*hidden)).lacks
    assert [one.name for one in lines] == [_ORDER[1], _ORDER[2], "Bảo hiểm y tế", "Nước sạch"]
    assert [one.number for one in lines] == list("1234")
    assert "thứ tự" in sheet.notes[-1]
    told = _words(_public(*hidden))["lacks"]
    assert [one["name"] for one in told] == [_ORDER[1], _ORDER[2]]


def test_where_all_of_an_order_is_left_out_it_says_so() -> None:
    words = _words(_public(*(("1", f"lack_{one}") for one in _ORDER)))
    assert words["lacks"] == [{"name": "Nội dung", "text": "không nêu trong bản công bố"}]


def test_shares_of_the_poor_go_where_the_poor_are_left_out() -> None:
    lacks = narrative.parts_of(_public(("1", "poor_households"))).lacks
    assert [_out(lacks, at) for at in range(4)] == [["share"]] * 4


def test_results_and_money_are_those_of_the_programmes_report() -> None:
    made = _content()
    *rest, results, money = made.sheets
    coded = [
        (sheet, [replace(one, code=code) for one in lines])
        for (sheet, lines), code in ((results, "LOANS/LOANS"), (money, "LOANS/p1"))
    ]
    made = replace(made, sheets=[*rest, *coded])
    given = narrative_hiding.public(
        made, hidden={("1", "CT/LOANS|LOANS.number")}, measures=_MEASURES, least=LEAST
    )
    words = _words(replace(given, sheets=list(given.sheets)))
    assert [one["text"] for one in words["results"]] == ["không nêu trong bản công bố"]
    assert [one["text"] for one in words["money"]] == ["không nêu trong bản công bố"]
    assert any("kinh phí" in one["text"] for one in words["remarks"])
    assert "Không công bố" not in words["recorded"]


def test_what_was_not_weighed_is_not_given_out() -> None:
    with pytest.raises(ValueError, match="not weighed"):
        _public(least=11)
