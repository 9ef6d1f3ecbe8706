"""Rows of a sheet against the units of the table."""

from programs.exchange import area_sheet
from programs.exchange.area_sheet import TypedFigure
from programs.services.area_rows import read_rows
from tests.programs.conftest import Land


def test_units_are_found_by_code_or_name_and_faults_are_told(land: Land) -> None:
    rows = [
        TypedFigure(1, "2008", "12"),
        TypedFigure(2, "xa khac", "5"),
        TypedFigure(3, "Xã Thử", "9"),
        TypedFigure(4, "Xã Lạ", "9"),
        TypedFigure(5, "063", "x"),
        TypedFigure(6, "063", "1.234", from_file=True),
    ]
    units = [land.district, land.commune, land.other_commune]
    read = read_rows(rows, units, area_sheet.whole)
    assert read.figures == {land.commune.pk: 12, land.other_commune.pk: 5}
    assert [(one.row, one.value) for one in read.problems] == [
        (3, "Xã Thử"),
        (4, "Xã Lạ"),
        (5, "x"),
        (6, "1.234"),
    ]


def test_a_name_that_two_units_have_needs_the_code(land: Land) -> None:
    land.other_commune.name = land.commune.name
    units = [land.commune, land.other_commune]
    read = read_rows([TypedFigure(1, "Xã Thử", "9")], units, area_sheet.whole)
    assert (read.figures, len(read.problems)) == ({}, 1)
