"""Steps of fixed breaks, and writing where it has room."""

from fractions import Fraction

import pytest

from reports.maps import Figure, MapPicture, Shape, Square, filled
from reports.maps.filling import step_of


def picture(*rooms: int, name: str = "Bắc Kạn") -> MapPicture:
    shapes = [Shape(n, name, "M0 0z", None, 0, 0, room) for n, room in enumerate(rooms)]
    return MapPicture(1_000, 1_000, tuple(shapes))


@pytest.mark.parametrize(
    ("percent", "step"),
    [
        (0, 0), (9.99, 0), (10, 1), (Fraction(2195, 100), 2), (30, 3), (49.9, 4), (50, 5),
        (100, 5), (None, None),
    ],
)  # fmt: skip
def test_a_break_begins_the_next_step(percent: float | None, step: int | None) -> None:
    assert step_of(percent) == step


def test_names_need_more_room_than_values_and_phones_more_than_screens() -> None:
    figure = Figure(21.95, "22 %", "Bắc Kạn: 22 %", "/x/")
    drawn = filled(
        picture(20, 45, 70, 90, 200), dict.fromkeys(range(5), figure), no_figure="chưa có số liệu"
    )
    assert [(one.shows_value, one.value_is_wide_only) for one in drawn.shapes] == [
        (False, True), (True, True), (True, False), (True, False), (True, False),
    ]  # fmt: skip
    assert [(one.shows_name, one.name_is_wide_only) for one in drawn.shapes] == [
        (False, True), (False, True), (False, True), (True, True), (True, False),
    ]  # fmt: skip


def test_low_tiles_bear_no_name_however_short() -> None:
    tiles = tuple(
        Shape(n, "Ô", "", Square(0, 0, 200, height), 0, 0, 188)
        for n, height in enumerate((46, 104))
    )
    figures = {n: Figure(8, "8", "Ô: 8 %") for n in (0, 1)}
    drawn = filled(MapPicture(200, 200, tiles), figures, no_figure="")
    assert [one.shows_name for one in drawn.shapes] == [False, True]


def test_a_unit_without_a_figure_says_so() -> None:
    drawn = filled(picture(200, 200), {0: Figure(60, "60 %", "60 %")}, no_figure="chưa có số liệu")
    told, silent = drawn.shapes
    assert (told.step, told.is_dark) == (5, True)
    assert (silent.step, silent.is_dark) == (None, False)
    assert silent.figure.title == "Bắc Kạn: chưa có số liệu"
    assert silent.figure.href == ""
    assert drawn.has_gaps


def test_the_key_names_every_step() -> None:
    assert filled(picture(), {}, no_figure="").key == (
        (0, 10), (1, 20), (2, 30), (3, 40), (4, 50), (5, None),
    )  # fmt: skip
