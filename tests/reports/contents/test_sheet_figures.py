"""Promises: a count has one name wherever it stands, and what adds up is found by the numbers of
the lines."""

from reports.contents.sheet_figures import of_sheet, sums_of
from tests.factories import report_contents as told


def _naming(column: str, counted: str) -> str:
    return f"{column}_{counted}" if counted else column


def test_districts_are_sums_of_their_communes_and_the_province_of_districts() -> None:
    sheet = told.sheet(told.columns("all"))
    found = of_sheet(told.head(), sheet, told.province([[[1], [2]], [[3]]]), _naming)
    assert found.values["101", "all"] == 1
    assert dict(found.parts) == {"1": ("100", "200"), "100": ("101", "102"), "200": ("201",)}


def test_a_unit_of_two_lines_has_households_and_persons() -> None:
    sheet = told.sheet(told.columns("a", "b"), two_lines=True, sums=(("a", "b", "-b"),))
    lines = [
        told.unit("commune", "1", "Xã", 3, 30, key=2, counted="households"),
        told.unit("commune", "", "Xã", 12, 90, key=2, counted="persons"),
        told.unit("district", "", "Huyện", 3, 30, key=1, counted="households"),
        told.unit("district", "", "Huyện", 12, 90, key=1, counted="persons"),
    ]
    found = of_sheet(told.head(level="DISTRICT"), sheet, lines, _naming)
    assert found.values["2", "a_persons"] == 12
    assert found.parts == (("1", ("2",)),)
    assert found.sums == sums_of(sheet.sums, ["households", "persons"], _naming)
    assert found.sums[1] == ("a_persons", "b_persons", "-b_persons")


def test_a_rate_alone_stands_for_its_count_where_it_tells_it() -> None:
    shown = told.columns("poor", "lack", rates=["lack"])
    sheet = told.sheet(shown, rates=(("lack", "", "poor"),))
    lines = [
        told.unit("commune", "1", "Xã A", 40, "5.00", key=1),
        told.unit("commune", "2", "Xã B", 30_000, "5.00", key=2),
        told.unit("group", "3", "Nhóm", 10, None, key=3),
        told.unit("entry", "4", "Không có mã", 10, "1.00"),
    ]
    found = of_sheet(told.head(), sheet, lines, _naming).values
    assert found == {
        ("1", "poor"): 40, ("1", "lack"): 2, ("2", "poor"): 30_000, ("g3", "poor"): 10,
    }  # fmt: skip
