"""Polygons that lie side by side, made simple together so that neighbours keep one border.

Metres are those of a plane around the middle of all shapes (equirectangular): at the size of a
province its lengths are wrong by less than a hundredth, and it is used for simplifying only.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely

from reports.models.boundaries import STEPS_A_DEGREE

_METRES_A_DEGREE: Final = 111_320.0
#: Vertices nearer to each other than this share of the tolerance are one: neighbours are often
#: drawn a little apart.
_SNAP: Final = 0.5
#: Narrower gaps between neighbours, in tolerances, belong to the one with the longer border.
_GAP: Final = 5
#: A share of its area that a shape may lose to its neighbours before they are said to overlap.
_MOST_LOST: Final = 0.1


@dataclass(frozen=True)
class Outline:
    """As models.Boundary keeps it. `points` counts the first of each closed ring twice."""

    polygons: list[list[list[int]]]
    label: tuple[int, int]
    label_radius_m: int
    points: int


class Overlap(Exception):
    """Shapes lie on top of others; `at` is the place of one in the list."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def outlines(polygons: Sequence[Any], tolerance_m: int) -> list[Outline]:
    """Each shape simplified (Visvalingam: a bend smaller than a square of `tolerance_m` goes), in
    the order given. Borders of neighbours that were drawn apart by less become one.

    Raises Overlap. Cost: 0.4 s for 37 shapes of 78,000 points.
    """
    degree = _degree_m(polygons)
    flat = [_scaled(one, degree) for one in polygons]
    cleaned = shapely.coverage_clean(
        flat, snapping_distance=tolerance_m * _SNAP, gap_width=float(tolerance_m * _GAP)
    )
    for at, (before, after) in enumerate(zip(flat, cleaned, strict=True)):
        if after.is_empty or after.area < before.area * (1 - _MOST_LOST):
            raise Overlap(at)
    simple = shapely.coverage_simplify(cleaned, tolerance_m)
    return [_outline(one, degree) for one in simple]


def _degree_m(polygons: Sequence[Any]) -> tuple[float, float]:
    """Metres of a degree of longitude and of latitude."""
    __, south, __, north = shapely.total_bounds(polygons)
    return _METRES_A_DEGREE * math.cos(math.radians((south + north) / 2)), _METRES_A_DEGREE


def _scaled(polygon: Any, by: tuple[float, float]) -> Any:
    return shapely.transform(polygon, lambda points: points * by)


def _outline(simple: Any, degree: tuple[float, float]) -> Outline:
    largest = max(shapely.get_parts(simple), key=lambda part: float(part.area))
    # From the middle of the widest place to the nearest border.
    radius = shapely.maximum_inscribed_circle(largest)
    ((x, y), __) = radius.coords
    to_steps = (STEPS_A_DEGREE / degree[0], STEPS_A_DEGREE / degree[1])
    rings = [
        [_ring(ring, to_steps) for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(simple)
    ]
    return Outline(
        polygons=rings,
        label=(round(x * to_steps[0]), round(y * to_steps[1])),
        label_radius_m=int(radius.length),
        points=sum(len(ring) // 2 for part in rings for ring in part),
    )


def _ring(ring: Any, to_steps: tuple[float, float]) -> list[int]:
    return [
        round(value * step)
        for point in ring.coords
        for value, step in zip(point, to_steps, strict=True)
    ]
