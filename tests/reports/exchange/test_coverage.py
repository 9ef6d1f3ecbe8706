"""Neighbours are simplified together: their common border stays one."""

import pytest
import shapely

from reports.exchange import coverage
from reports.exchange.coverage import Outline
from reports.models.boundaries import STEPS_A_DEGREE
from tests.factories.boundaries import SIDE, SOUTH, WEST, square

KILOMETRE = 1_000


def polygons(*several: list[list[list[float]]]) -> list[object]:
    return [shapely.polygons(one[0], holes=one[1:] or None) for one in several]


def vertices(outline: Outline) -> set[tuple[int, int]]:
    [[ring]] = outline.polygons
    return set(zip(ring[::2], ring[1::2], strict=True))


def test_bends_smaller_than_the_tolerance_go_on_both_sides_of_a_border() -> None:
    west, east = polygons(square(0, wavy=40), square(1, wavy=40))
    one, other = coverage.outlines([west, east], 200)
    assert one.points < 20 < shapely.get_num_coordinates(west)
    common = round((WEST + SIDE) * STEPS_A_DEGREE)
    border = [{v for v in vertices(side) if abs(v[0] - common) < 100} for side in (one, other)]
    assert border[0] == border[1] != set()
    corner = (round(WEST * STEPS_A_DEGREE), round(SOUTH * STEPS_A_DEGREE))
    assert corner in vertices(one)


def test_without_a_tolerance_every_bend_stays() -> None:
    [one] = coverage.outlines(polygons(square(0, wavy=40)), 0)
    assert one.points == 40 * 2 + 5


def test_borders_that_two_neighbours_drew_apart_become_one() -> None:
    """A slit of 30 m, and a vertex that only one side has."""
    slit = square(1)
    slit[0] = [[x + 0.0003 if x < WEST + SIDE * 1.5 else x, y] for x, y in slit[0]]
    slit[0].insert(-1, [slit[0][0][0], SOUTH + SIDE / 3])
    west, east = coverage.outlines(polygons(square(0), slit), 100)
    joined = shapely.union_all(
        [
            shapely.polygons(list(zip(ring[::2], ring[1::2], strict=True)))
            for side in (west, east)
            for [ring] in side.polygons
        ]
    )
    assert joined.geom_type == "Polygon"
    assert len(joined.interiors) == 0


def test_the_label_stands_in_the_widest_place_of_the_largest_piece() -> None:
    island = shapely.multipolygons(
        polygons(square(4), [[[105.0, 22.0], [105.01, 22.0], [105.0, 22.01], [105.0, 22.0]]])
    )
    [one] = coverage.outlines([island], 100)
    longitude, latitude = (value / STEPS_A_DEGREE for value in one.label)
    assert longitude == pytest.approx(WEST + 4.5 * SIDE, abs=0.005)
    assert latitude == pytest.approx(SOUTH + SIDE / 2, abs=0.005)
    # A tenth of a degree of longitude at 22 degrees north is 10.3 km wide.
    assert 5 * KILOMETRE < one.label_radius_m < 5.3 * KILOMETRE
    assert len(one.polygons) == 2


def test_shapes_on_top_of_each_other_are_told() -> None:
    with pytest.raises(coverage.Overlap):
        coverage.outlines(polygons(square(0), square(0)), 100)


@pytest.mark.parametrize(("width_m", "holes"), [(300, 0), (3_000, 1)])
def test_slivers_between_neighbours_are_closed_and_real_gaps_stay(width_m: int, holes: int) -> None:
    """The eastern square is notched in the middle of its western side."""
    notched = square(1)
    west, depth = WEST + SIDE, width_m / 103_000
    south, north = (SOUTH + SIDE * part for part in (0.3, 0.7))
    notched[0][-1:-1] = [[west, north], [west + depth, north], [west + depth, south], [west, south]]
    one, other = coverage.outlines(polygons(square(0), notched), 100)
    joined = shapely.union_all([shapely.polygons(ring) for ring in (ring_of(one), ring_of(other))])
    assert len(joined.interiors) == holes


def ring_of(outline: Outline) -> list[tuple[int, int]]:
    [[ring]] = outline.polygons
    return list(zip(ring[::2], ring[1::2], strict=True))
