"""Promises: small numbers are left out with their rates, and none can be worked out again."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reports.contents.content import Line, Sheet
from reports.contents.frame import SMALL
from reports.contents.relations import Place, Relation, counted
from reports.contents.suppressing import public, to_hide
from tests.factories import report_contents as told

LEAST = 5
#: Larger than any count of the examples.
_MOST = 100
_COLUMNS = told.columns("all", "kinh", "minority", "tay")
_SUMS = (("all", "kinh", "minority", "tay"),)
_SHEET = told.sheet(_COLUMNS, sums=_SUMS)


def _lines(districts: list[list[list[int]]]) -> list[Line]:
    return told.province([[[sum(cells), *cells] for cells in one] for one in districts])


def _shown(sheet: Sheet, lines: list[Line]) -> list[Line]:
    made = public(told.content(told.head(), (sheet, lines)), least=LEAST)
    ((_sheet, found),) = made.sheets
    return list(found)


def _fitting(
    unknown: list[Place], known: Mapping[Place, int], relations: list[Relation]
) -> Iterator[dict[Place, int]]:
    """All sets of numbers for what is hidden that fit what is shown: by elimination of the rest of
    a relation once one place of it is left, by trial otherwise."""
    chosen = dict(known)

    def forced() -> tuple[Place, int] | None:
        for relation in relations:
            left = [(p, sign) for p, sign in relation.terms() if p not in chosen]
            rest = sum(chosen.get(p, 0) * sign for p, sign in relation.terms())
            if not left and rest:
                return (relation.total, -1)
            if len(left) == 1:
                return left[0][0], -rest * left[0][1]
        return None

    def go() -> Iterator[dict[Place, int]]:
        if (must := forced()) is not None:
            place, value = must
            if value < 0 or place in chosen:
                return
            tries = [value]
        else:
            free = [one for one in unknown if one not in chosen]
            if not free:
                yield dict(chosen)
                return
            place, tries = free[0], list(range(_MOST))
        for value in tries:
            chosen[place] = value
            yield from go()
            del chosen[place]

    return go()


def _can_be_pinned(sheet: Sheet, lines: list[Line]) -> set[Place]:
    """Small counts that only one number fits."""
    of_sheet = counted(told.head(), sheet, lines)
    hidden = to_hide(told.head(), sheet, lines, LEAST)
    known = {place: v for place, v in of_sheet.values.items() if place not in hidden}
    pinned = {p for p in hidden if 0 < of_sheet.values[p] < LEAST}
    for fits in _fitting(
        sorted(hidden, key=of_sheet.values.__getitem__), known, of_sheet.relations
    ):
        pinned = {place for place in pinned if fits[place] == of_sheet.values[place]}
        if not pinned:
            break
    return pinned


def test_small_numbers_are_left_out_and_say_why() -> None:
    lines = _lines([[[20, 3, 0], [30, 10, 9]]])
    commune = _shown(_SHEET, lines)[1]
    assert commune.cells[2] is None
    assert commune.reasons["minority"] == SMALL


def test_nothing_is_shown_as_nothing() -> None:
    lines = _lines([[[20, 0, 0], [30, 10, 9]], [[11, 12, 13], [14, 15, 16]]])
    assert [line.cells for line in _shown(_SHEET, lines)] == [line.cells for line in lines]


def test_a_sheet_with_a_hidden_number_has_a_note() -> None:
    lines = _lines([[[20, 3, 0], [30, 10, 9]]])
    made = public(told.content(told.head(), (_SHEET, lines)), least=LEAST)
    ((sheet, _lines_of_it),) = made.sheets
    assert "số nhỏ hơn 5" in sheet.notes[-1]


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
    assert not _can_be_pinned(_SHEET, _lines(districts))


_communes = some.lists(
    some.lists(some.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=3
)


@settings(max_examples=40, deadline=None)
@given(some.lists(_communes, min_size=1, max_size=2))
def test_no_small_number_of_any_sheet_can_be_worked_out(districts: list[list[list[int]]]) -> None:
    assert not _can_be_pinned(_SHEET, _lines(districts))


@settings(max_examples=25, deadline=None)
@given(some.lists(_communes, min_size=1, max_size=2))
def test_nor_where_groups_are_parts_of_parts(districts: list[list[list[int]]]) -> None:
    shown = told.columns("all", "kinh", "minority", "tay", "nung")
    sheet = told.sheet(shown, sums=(("all", "kinh", "minority"), ("minority", "tay", "nung")))
    lines = told.province([[[k + t + n, k, t + n, t, n] for k, t, n in one] for one in districts])
    assert not _can_be_pinned(sheet, lines)


def test_the_check_finds_a_number_that_is_hidden_alone() -> None:
    lines = _lines([[[20, 3, 0], [30, 10, 9]]])
    of_sheet = counted(told.head(), _SHEET, lines)
    known = {place: v for place, v in of_sheet.values.items() if place != (1, 2)}
    fits = list(_fitting([(1, 2)], known, of_sheet.relations))
    assert [one[1, 2] for one in fits] == [3]


def test_a_rate_goes_with_its_count() -> None:
    shown = told.columns("poor", "rate", "residents", rates=["rate"])
    sheet = told.sheet(shown, rates=(("rate", "poor", "residents"),))
    lines = [
        told.unit("commune", "1", "Xã A", 3, "1.50", 200, key=1),
        told.unit("commune", "2", "Xã B", 40, "20.00", 200, key=2),
        told.unit("commune", "3", "Xã C", 50, "25.00", 200, key=3),
        told.unit("district", "", "Huyện", 93, "15.50", 600, key=4),
    ]
    made = public(told.content(told.head(level="DISTRICT"), (sheet, lines)), least=LEAST)
    ((_sheet, found),) = made.sheets
    cells = [line.cells for line in found]
    assert cells == [(None, None, 200), (None, None, 200), (50, "25.00", 200), (93, "15.50", 600)]


def test_a_rate_that_tells_a_small_count_is_left_out() -> None:
    shown = told.columns("poor", "lack", rates=["lack"])
    sheet = told.sheet(shown, rates=(("lack", "", "poor"),))
    lines = [
        told.unit("commune", "1", "Xã A", 40, "5.00", key=1),
        told.unit("commune", "2", "Xã B", 40, "50.00", key=2),
        told.unit("commune", "3", "Xã C", 40, "60.00", key=3),
        told.unit("district", "", "Huyện", 120, "38.33", key=4),
    ]
    made = public(told.content(told.head(level="DISTRICT"), (sheet, lines)), least=LEAST)
    ((_sheet, found),) = made.sheets
    assert [line.cells[1] for line in found] == [None, None, "60.00", "38.33"]


def test_households_and_persons_of_a_cell_go_together() -> None:
    shown = told.columns("a", "b")
    sheet = told.sheet(shown, two_lines=True)
    lines = [
        told.unit("commune", "1", "Xã", 3, 30, key=1, counted="households"),
        told.unit("commune", "", "Xã", 12, 90, key=1, counted="persons"),
    ]
    assert [line.cells for line in _shown(sheet, lines)] == [(None, 30), (None, 90)]


def test_households_that_identities_name_are_left_out() -> None:
    lines = _lines([[[20, 9, 0], [30, 10, 9]]])
    head = replace(told.head(), values={"few": 3, "many": 300, "rate": "2.10"})
    made = public(told.content(head, (_SHEET, lines)), least=LEAST)
    assert made.head.broken == ()
    assert made.head.values == {"few": None, "many": 300, "rate": "2.10"}


def test_names_have_no_public_version() -> None:
    with pytest.raises(ValueError, match="names"):
        public(told.content(told.head(has_names=True)), least=LEAST)
