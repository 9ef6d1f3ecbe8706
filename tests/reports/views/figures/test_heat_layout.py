"""Shades are fixed steps, cells lie side by side, names are broken at words."""

from fractions import Fraction
from itertools import pairwise

import pytest

from reports.views.figures import heat_layout
from reports.views.figures.heat_layout import Heat, HeatGrid, Named


def grid(rows: int, columns: int) -> HeatGrid:
    return heat_layout.laid_out(
        [Named(f"Row {n}") for n in range(rows)],
        [Named("Whole area", is_strong=True), *(Named(f"Xã {n}") for n in range(1, columns))],
        [[Heat(Fraction(50), "50")] * columns] * rows,
    )


@pytest.mark.parametrize(
    ("value", "shade"),
    [
        (0, 1), (Fraction(999, 100), 1), (10, 2), (Fraction(1999, 100), 2), (20, 3), (35, 4),
        (Fraction(4999, 100), 4), (50, 5), (65, 6), (100, 6), (None, 0),
    ],
)  # fmt: skip
def test_a_step_begins_at_its_break(value: Fraction | int | None, shade: int) -> None:
    assert heat_layout.shade(value) == shade


def test_the_number_on_a_dark_cell_is_light() -> None:
    drawn = heat_layout.laid_out(
        [Named("a")], [Named("b"), Named("c")], [[Heat(49, "49"), Heat(50, "50")]]
    )
    assert [cell.is_dark for cell in drawn.rows[0].cells] == [False, True]


@pytest.mark.parametrize(("rows", "columns"), [(13, 9), (109, 13), (1, 1)])
def test_cells_lie_side_by_side_inside_the_picture(rows: int, columns: int) -> None:
    drawn = grid(rows, columns)
    for row in drawn.rows:
        assert all(a.x + drawn.cell_width < b.x for a, b in pairwise(row.cells))
        assert row.cells[-1].x + drawn.cell_width <= drawn.width
    tops = [row.cells[0].y for row in drawn.rows]
    assert all(a + drawn.cell_height < b for a, b in pairwise(tops))
    assert tops[-1] + drawn.cell_height <= drawn.height
    assert max(y for head in drawn.heads for y, __ in head.lines) < tops[0]


def test_a_name_is_broken_at_words_only() -> None:
    assert heat_layout.wrapped("Thành phố Bắc Kạn", 9) == ["Thành phố", "Bắc Kạn"]
    assert heat_layout.wrapped("Nghiêng", 4) == ["Nghiêng"]
