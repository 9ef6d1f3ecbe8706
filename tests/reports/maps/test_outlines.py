"""Outlines in one plane: borders stay shared, sizes stay true."""

import re

from reports.maps import OutlineUnit, outlined

#: A tenth of a degree.
SIDE = 10_000


def square(area_id: int, column: int, group: int | None = 1, side: int = SIDE) -> OutlineUnit:
    west, south = 10_500_000 + column * side, 2_200_000
    ring = [
        west, south, west + side, south, west + side, south + side, west, south + side, west, south,
    ]  # fmt: skip
    middle = (west + side // 2, south + side // 2)
    return OutlineUnit(area_id, f"Xã {area_id}", group, [[ring]], middle, 5_000, "Vẽ tay")


def numbers(path: str) -> list[int]:
    return [int(one) for one in re.findall(r"-?\d+", path)]


def test_a_square_is_as_high_as_the_latitude_makes_it() -> None:
    """At 22 degrees north a degree of longitude is 0.927 of one of latitude."""
    picture = outlined([square(1, 0)], 100_000)
    assert picture.height == 1_000
    assert abs((picture.width - 8) / 992 - 0.927) < 0.002
    [shape] = picture.shapes
    assert shape.path.startswith("M4 996l")
    assert shape.path.endswith("z")
    assert (shape.label_x, shape.label_y) == (round(picture.width / 2), 500)
    # Ten kilometres of eleven.
    assert 890 < shape.room < 900


def test_wide_maps_keep_the_width() -> None:
    picture = outlined([square(1, 0), square(2, 1)], 100_000)
    assert picture.width == 1_000
    assert picture.height < 600
    assert picture.sources == ("Vẽ tay",)


def test_borders_inside_a_group_are_no_edges() -> None:
    joined = outlined([square(1, 0), square(2, 1)], 100_000)
    parted = outlined([square(1, 0, 1), square(2, 1, 2)], 100_000)
    # Six pieces of outer border; one piece more between two groups.
    assert len(numbers(joined.edges)) == 2 * (6 + joined.edges.count("M"))
    assert len(numbers(parted.edges)) == 2 * (7 + parted.edges.count("M"))


def test_units_side_by_side_without_a_unit_above_have_edges_around_them() -> None:
    assert outlined([square(1, 0, None), square(2, 3, None)], 100_000).edges.count("M") == 2


def test_what_is_smaller_than_a_point_of_the_picture_has_no_path() -> None:
    tiny = square(2, 9_000, side=1)
    assert outlined([square(1, 0), tiny], 100_000).shapes[1].path == ""
