"""Promises: small numbers are hidden, and none can be worked out again, nor told from what was
given out before."""

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.optimize import Bounds, LinearConstraint, milp

from reports.contents.hiding import to_hide
from reports.contents.sheet_figures import of_sheet
from reports.contents.webs import Figures, Name, Number, Web
from tests.factories import report_contents as told

LEAST = 5
#: Larger than any count of the examples.
_MOST = 1_000
_SUMS = (("all", "kinh", "minority", "tay"),)
_MEASURES = ("all", "kinh", "minority", "tay")


def _figures(districts: Sequence[Sequence[Sequence[int]]]) -> Figures:
    """Of communes as kinh, minority, tay."""
    sheet = told.sheet(told.columns(*_MEASURES), sums=_SUMS)
    lines = told.province([[[sum(cells), *cells] for cells in one] for one in districts])
    return of_sheet(told.head(), sheet, lines, lambda column, _counted: column)


def _web(*figures: Figures) -> Web:
    web = Web()
    for one in figures:
        web.add(one)
    return web


def _pinned(web: Web, hidden: Iterable[Name]) -> list[Name]:
    """Small numbers that are read, or of which only one fits all that is shown."""
    names = set(hidden)
    unread = [
        n for n, name in enumerate(web.names) if name in names and n not in web.known
    ]  # fmt: skip
    at = {number: place for place, number in enumerate(unread)}
    rows, rest = [], []
    for relation in web.relations:
        row = np.zeros(len(unread))
        for number, sign in relation:
            if number in at:
                row[at[number]] = sign
        rows.append(row)
        rest.append(-sum(sign * web.values[n] for n, sign in relation if n not in at))
    small = [number for number, value in enumerate(web.values) if 0 < value < LEAST]
    return [web.names[one] for one in small if one not in at or _is_pinned(at[one], rows, rest)]


def _is_pinned(place: Number, rows: list["np.ndarray"], rest: list[int]) -> bool:
    ends = []
    for way in (1, -1):
        costs = np.zeros(len(rows[0]))
        costs[place] = way
        fits = LinearConstraint(np.array(rows), rest, rest)
        found = milp(
            costs, constraints=fits, integrality=np.ones(len(costs)), bounds=Bounds(0, _MOST)
        )
        assert found.status == 0, found.message
        ends.append(round(found.x[place]))
    return ends[0] == ends[1]


def _is_safe(*figures: Figures) -> bool:
    web = _web(*figures)
    found = to_hide(web, LEAST)
    return found.exposed == 0 and not _pinned(web, found.names)


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    web = _web(_figures([[[20, 0, 0], [30, 10, 9]], [[11, 12, 13], [14, 15, 16]]]))
    assert to_hide(web, LEAST).names == set()


@pytest.mark.parametrize(
    "districts",
    [
        [[[20, 3, 0], [30, 10, 9]]],
        [[[7, 3, 0], [0, 10, 0]], [[9, 9, 9], [9, 9, 9]]],
        [[[1, 1, 1], [0, 0, 0]], [[1, 0, 0], [0, 0, 0]]],
        [[[4, 0, 0]], [[0, 6, 0]]],
        [[[50, 1, 60], [70, 80, 90], [10, 10, 10]], [[9, 1, 9], [8, 8, 8]]],
    ],
)
def test_no_small_number_can_be_worked_out(districts: list[list[list[int]]]) -> None:
    assert _is_safe(_figures(districts))


_communes = some.lists(
    some.lists(some.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=3
)


@settings(max_examples=25, deadline=None)
@given(some.lists(_communes, min_size=1, max_size=2))
def test_no_small_number_of_any_table_can_be_worked_out(districts: list[list[list[int]]]) -> None:
    assert _is_safe(_figures(districts))


def test_the_check_finds_a_number_that_is_hidden_alone() -> None:
    web = _web(_figures([[[20, 3, 0], [30, 10, 9]]]))
    assert _pinned(web, [("101", "minority")]) == [("101", "minority")]
    found = to_hide(web, LEAST)
    assert ("101", "minority") in found.names
    assert not _pinned(web, found.names)


def test_the_same_number_of_two_tables_is_hidden_in_both() -> None:
    """What one table shows, with the other table's parts, would tell it."""
    one = Figures({("1", "poor"): 30, ("1", "kinh"): 27, ("1", "minority"): 3},
                  sums=(("poor", "kinh", "minority"),))  # fmt: skip
    other = Figures({("1", "poor"): 30, ("1", "kinh"): 27, ("1", "men"): 13, ("1", "women"): 14},
                    sums=(("kinh", "men", "women"),))  # fmt: skip
    web = _web(one, other)
    found = to_hide(web, LEAST)
    assert not _pinned(web, found.names)
    assert ("1", "men") in found.names or ("1", "poor") in found.names


def test_few_households_are_hidden_with_their_persons() -> None:
    web = _web(Figures({("1", "poor_households"): 3, ("1", "poor_persons"): 12}))
    assert to_hide(web, LEAST).names == {("1", "poor_households"), ("1", "poor_persons")}


def test_what_is_hidden_together_is_not_known_to_be_little() -> None:
    parts = {(str(at), "poor"): value for at, value in enumerate((1, 1, 20, 30), start=1)}
    web = _web(Figures({("9", "poor"): 52, **parts}, parts=[("9", ("1", "2", "3", "4"))]))
    assert to_hide(web, LEAST).names == {("1", "poor"), ("2", "poor"), ("3", "poor")}


def test_a_column_that_is_there_tells_that_it_is_not_nothing() -> None:
    parts = {(str(at), "05"): 1 for at in range(1, 7)}
    some_names = frozenset(parts)
    figures = Figures({("9", "05"): 6, **parts}, [("9", ("1", "2", "3", "4", "5", "6"))])
    assert ("9", "05") not in to_hide(_web(figures), LEAST).names
    figures = Figures(figures.values, figures.parts, some=some_names)
    assert ("9", "05") in to_hide(_web(figures), LEAST).names


def test_a_correction_does_not_tell_by_what_was_shown_before() -> None:
    before = Figures({("1", "poor"): 30, ("1", "kinh"): 24, ("1", "minority"): 6},
                     sums=(("poor", "kinh", "minority"),))  # fmt: skip
    web = _web(before)
    first = to_hide(web, LEAST)
    assert first.names == set()
    web.give_out(before, first.names)
    after = Figures({**before.values, ("1", "minority"): 3, ("1", "poor"): 27}, sums=before.sums)
    web.add(after)
    second = to_hide(web, LEAST, first.names)
    assert second.exposed == 0
    assert second.names == {("1", "minority"), ("1", "poor")}  # kinh is known: it hides nothing


def test_what_everybody_knows_already_is_counted_as_exposed() -> None:
    before = Figures({("1", "poor"): 30, ("1", "kinh"): 26})
    web = _web(before)
    web.give_out(before, set())
    web.add(Figures({**before.values, ("1", "minority"): 4}, sums=(("poor", "kinh", "minority"),)))
    assert to_hide(web, LEAST).exposed == 1


def test_what_was_hidden_stays_hidden() -> None:
    web = _web(Figures({("1", "poor"): 30, ("2", "poor"): 40}))
    assert to_hide(web, LEAST, {("1", "poor")}).names == {("1", "poor")}


def test_a_bundle_is_hidden_whole_and_hides_whole_ones() -> None:
    """The second number is small in no area, and goes where the first one does."""
    parts = {("1", "X|n"): 3, ("2", "X|n"): 20, ("3", "X|n"): 30}
    values = (
        {("9", "X|n"): 53, **parts} | {(area, "X|m"): 50 for area in "123"} | {("9", "X|m"): 150}
    )
    found = to_hide(_web(Figures(values, parts=[("9", ("1", "2", "3"))])), LEAST)
    assert {area for area, _measure in found.names} == {"1", "2"}
    assert len(found.names) == 4
