"""Outlines of neighbouring units as one picture."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from reports.maps.pictures import MapPicture, Shape

_WIDTH: Final = 1_000
_MOST_HEIGHT: Final = 1_000
_MARGIN: Final = 4
_METRES_A_DEGREE: Final = 111_320.0
Point = tuple[int, int]


@dataclass(frozen=True)
class OutlineUnit:
    """A unit with its outline, in steps of a degree as models.Boundary keeps it. `group`: the unit
    above; borders between groups are drawn stronger."""

    area_id: int
    name: str
    group: int | None
    polygons: Sequence[Sequence[Sequence[int]]]
    label: Point
    label_radius_m: int
    source: str = ""


class _Plane:
    """From steps of a degree to the view box: equirectangular around the middle latitude."""

    def __init__(self, units: Sequence[OutlineUnit], steps_a_degree: int) -> None:
        outer = [polygon[0] for unit in units for polygon in unit.polygons]
        self.west, east = min(min(r[::2]) for r in outer), max(max(r[::2]) for r in outer)
        south, self.north = min(min(r[1::2]) for r in outer), max(max(r[1::2]) for r in outer)
        middle = math.radians((south + self.north) / 2 / steps_a_degree)
        # A flat line has no height; the view box has at least one unit.
        across, down = (east - self.west) * math.cos(middle) or 1, (self.north - south) or 1
        self.down = min((_WIDTH - 2 * _MARGIN) / across, (_MOST_HEIGHT - 2 * _MARGIN) / down)
        self.across = self.down * math.cos(middle)
        self.width = round((east - self.west) * self.across) + 2 * _MARGIN
        self.height = round((self.north - south) * self.down) + 2 * _MARGIN
        self.a_metre = self.down * steps_a_degree / _METRES_A_DEGREE

    def ring(self, ring: Sequence[int]) -> list[Point]:
        """Without points that fall on the one before; the last is the first."""
        found: list[Point] = []
        for at in range(0, len(ring), 2):
            point = self.point(ring[at], ring[at + 1])
            if not found or found[-1] != point:
                found.append(point)
        return found

    def point(self, longitude: int, latitude: int) -> Point:
        return (
            round((longitude - self.west) * self.across) + _MARGIN,
            round((self.north - latitude) * self.down) + _MARGIN,
        )


def outlined(units: Sequence[OutlineUnit], steps_a_degree: int) -> MapPicture:
    """The units, at least one, at most 1,000 wide and high. Borders that neighbours share point for
    point stay shared."""
    plane = _Plane(units, steps_a_degree)
    rings = [[plane.ring(ring) for polygon in unit.polygons for ring in polygon] for unit in units]
    return MapPicture(
        width=plane.width,
        height=plane.height,
        shapes=tuple(_shape(plane, unit, own) for unit, own in zip(units, rings, strict=True)),
        edges=_edges(units, rings),
        sources=tuple(dict.fromkeys(unit.source for unit in units if unit.source)),
    )


def _shape(plane: _Plane, unit: OutlineUnit, rings: list[list[Point]]) -> Shape:
    x, y = plane.point(*unit.label)
    return Shape(
        area_id=unit.area_id,
        name=unit.name,
        path="".join(f"{_line(ring)}z" for ring in rings if len(ring) > 3),
        square=None,
        label_x=x,
        label_y=y,
        room=round(2 * unit.label_radius_m * plane.a_metre),
    )


def _line(points: Sequence[Point]) -> str:
    """An SVG path: the first point, then steps."""
    (x, y), *others = points
    steps = []
    for next_x, next_y in others:
        steps.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}"


def _edges(units: Sequence[OutlineUnit], rings: Sequence[list[list[Point]]]) -> str:
    """Every piece of border that has units of one group on one side only, each drawn once."""
    groups_at: dict[tuple[Point, Point], list[int | None]] = {}
    for unit, own in zip(units, rings, strict=True):
        for start, end in _pieces(own):
            groups_at.setdefault(_either_way(start, end), []).append(unit.group)
    drawn: set[tuple[Point, Point]] = set()
    lines: list[list[Point]] = []
    for own in rings:
        for start, end in _pieces(own):
            piece = _either_way(start, end)
            sides = groups_at[piece]
            is_inside = len(sides) > 1 and len(set(sides)) == 1
            if is_inside or piece in drawn:
                continue
            drawn.add(piece)
            if lines and lines[-1][-1] == start:
                lines[-1].append(end)
            else:
                lines.append([start, end])
    return "".join(_line(line) for line in lines)


def _pieces(rings: list[list[Point]]) -> Iterator[tuple[Point, Point]]:
    for ring in rings:
        yield from pairwise(ring)


def _either_way(start: Point, end: Point) -> tuple[Point, Point]:
    return (start, end) if start < end else (end, start)
