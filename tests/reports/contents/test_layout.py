"""Lines by unit, and units under those above them."""

from reports.contents import layout
from reports.contents.content import Column, Line, Sheet

COLUMNS = (Column("poor", ("Hộ nghèo",)),)


def sheet(*, two_lines: bool) -> Sheet:
    return Sheet("Biểu", COLUMNS, ("STT", "Đơn vị"), two_lines=two_lines)


def line(level: str, number: str, key: int, counted: str = "") -> Line:
    return Line(level, number, str(key), f"Nơi {key}", (1,), key, counted)


def test_communes_stand_under_their_district_and_others_alone() -> None:
    lines = [
        line("district", "1", 1), line("commune", "1.1", 11), line("commune", "1.2", 12),
        line("district", "2", 2), line("commune", "3", 30), line("province", "", 99),
    ]  # fmt: skip
    found = list(layout.units(sheet(two_lines=False), lines, "province"))
    assert [one.first.key for one in found] == [1, 2, 30, 99]
    assert [one.first.key for one in found[0].under] == [11, 12]
    assert [one.is_upper for one in found] == [True, True, False, False]
    assert [one.is_whole for one in found] == [False, False, False, True]


def test_two_lines_of_a_unit_belong_together_where_the_form_has_two() -> None:
    lines = [
        line("commune", "1", 1, "households"), line("commune", "", 1, "persons"),
        line("district", "", 9, "households"), line("district", "", 9, "persons"),
    ]  # fmt: skip
    found = list(layout.units(sheet(two_lines=True), lines, "district"))
    assert [len(one.lines) for one in found] == [2, 2]
    assert [one.is_whole for one in found] == [False, True]
    assert [len(one.lines) for one in layout.units(sheet(two_lines=False), lines, "district")] == [
        1, 1, 1, 1,
    ]  # fmt: skip
