"""Promises: figures are written as officers write them; marks and missing communes are told."""

import pytest

from reports.contents import frame
from reports.contents.content import CellValue, Column, Kind
from tests.factories import report_contents as told


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        (1234567, Kind.COUNT, "1.234.567"),
        (-3, Kind.COUNT, "−3"),
        (0, Kind.COUNT, "0"),
        ("21.95", Kind.RATE, "21,95"),
        ("1.5 ha", Kind.TEXT, "1.5 ha"),
        (None, Kind.RATE, ""),
    ],
)
def test_a_figure_as_it_is_written(cell: CellValue, kind: Kind, expected: str) -> None:
    assert frame.printed(cell, Column("a", ("A",), kind=kind), {}) == expected


def test_a_number_that_is_not_published_has_a_sign_and_one_that_is_not_known_has_none() -> None:
    column = Column("a", ("A",))
    assert frame.printed(None, column, {"a": frame.SMALL}) == "…"
    assert frame.printed(None, column, {"a": "Chưa nhập"}) == ""


def test_the_own_line_is_the_sum_and_bold() -> None:
    head = told.head(level="DISTRICT")
    own = told.unit("district", "", "Ba Bể", 1)
    commune = told.unit("commune", "1", "Xã", 1)
    sheet = told.sheet(told.columns("a"))
    assert frame.leading_cells(own, sheet, head) == ["", "Tổng cộng Ba Bể"]
    assert frame.is_bold(own, head)
    assert not frame.is_bold(commune, head)


def test_what_stands_around_a_sheet() -> None:
    head = told.head(is_sample=True, is_restricted=True, missing=("Một", "Hai"))
    sheet = told.sheet(told.columns("a"), notes=("Ghi chú",))
    around = frame.frame_of(head, sheet, is_public=False, foot="Bản số 2")
    assert around.marks == (frame.SAMPLE, frame.RESTRICTED)
    assert around.under[0] == "Theo chuẩn nghèo 2022–2025"
    assert around.under[2] == "Còn thiếu 2 xã: Một, Hai"
    assert around.foot == "T2 · Bản số 2"
    assert frame.frame_of(head, sheet, is_public=True).marks == (frame.SAMPLE,)


def test_figures_stand_right_and_short_words_in_the_middle() -> None:
    assert frame.alignment(Column("a", ("A",))) == "right"
    assert frame.alignment(Column("a", ("A",), kind=Kind.TEXT, width=8)) == "center"
    assert frame.alignment(Column("a", ("A",), kind=Kind.TEXT, width=28)) == "left"
