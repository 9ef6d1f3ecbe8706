"""A pasted grid of points: read whole, or told cell by cell what is wrong."""

import pytest

from households.exchange import point_grid
from households.scoring import PointTable
from tests.factories.standards import table_document

GOOD = (
    "question\toption\tURBAN\tNT2\n"
    "motorbike\tyes\t11\t16\n"
    "motorbike\tno\t0\t0\n"
    "tv\tyes\t6\t12\n"
    "tv\tno\t0\t-1\n"
)


@pytest.fixture
def table() -> PointTable:
    return PointTable.from_document(table_document())


def told(text: str, table: PointTable) -> list[tuple[int, str, str]]:
    grid = point_grid.read(text, table)
    return [(error.row, error.column, error.value) for error in grid.errors]


def test_what_is_written_reads_back_the_same(table: PointTable) -> None:
    grid = point_grid.read(point_grid.write(table), table)
    assert not grid.errors
    assert grid.points == {
        (question.code, option.code): option.points
        for question in table.questions
        for option in question.options
    }


def test_a_pasted_grid_gives_the_points_in_the_order_of_the_variants(table: PointTable) -> None:
    grid = point_grid.read(GOOD, table)
    assert not grid.errors
    assert grid.points["motorbike", "yes"] == (11, 16)
    assert grid.points["tv", "no"] == (0, -1)


def test_columns_may_stand_in_any_order_with_vietnamese_headings(table: PointTable) -> None:
    swapped = "Phương án\tnt2\tCâu hỏi\tTên\turban\nyes\t16\tmotorbike\tXe máy\t11\n"
    assert point_grid.read(swapped, table).points["motorbike", "yes"] == (11, 16)


@pytest.mark.parametrize("mark", [",", ";"])
def test_csv_of_both_kinds_is_read(table: PointTable, mark: str) -> None:
    assert not point_grid.read("\ufeff" + GOOD.replace("\t", mark), table).errors


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", [(1, "", "")]),
        ("  \n \n", [(1, "", "")]),
        ("question\toption\tURBAN\n", [(1, "NT2", "")]),
        (GOOD.replace("NT2", "NT9"), [(1, "NT9", "NT9"), (1, "NT2", "")]),
        (GOOD.replace("option", "question"), [(1, "question", "question"), (1, "option", "")]),
        (GOOD.replace("16", "1.6"), [(2, "NT2", "1.6")]),
        (GOOD.replace("16", ""), [(2, "NT2", "")]),
        (GOOD.replace("16", "1_6"), [(2, "NT2", "1_6")]),
        (GOOD.replace("16", "99999"), [(2, "NT2", "99999")]),
        (GOOD.replace("16", "nhiều"), [(2, "NT2", "nhiều")]),
        (GOOD.replace("tv\tno\t0\t-1\n", ""), [(4, "option", "no")]),
        (GOOD + "tv\tno\t0\t0\n", [(6, "option", "no")]),
        (GOOD + "boat\tyes\t0\t0\n", [(6, "question", "boat")]),
        (GOOD + "tv\tmaybe\t0\t0\n", [(6, "option", "maybe")]),
    ],
)
def test_everything_wrong_is_told_at_its_place(
    table: PointTable, text: str, places: list[tuple[int, str, str]]
) -> None:
    assert told(text, table) == places


def test_several_faults_are_told_in_one_go(table: PointTable) -> None:
    text = GOOD.replace("11", "x").replace("12", "y")
    assert told(text, table) == [(2, "URBAN", "x"), (4, "NT2", "y")]


def test_a_row_with_a_wrong_number_still_counts_as_given(table: PointTable) -> None:
    grid = point_grid.read(GOOD.replace("16", "x"), table)
    assert len(grid.errors) == 1
