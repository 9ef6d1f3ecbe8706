"""The shapes of a TopoJSON document as GeoJSON geometries (specification of topojson, 1.0).

A shape is a list of rings, a ring a list of numbers of shared arcs (~n: arc n backwards), an arc
a list of steps on a grid that `transform` scales and shifts.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from households.errors import Invalid

Points = list[list[float]]


def features(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Properties and geometry of each shape of all objects; no geometry where it is no polygon.

    Raises Invalid: the document does not hold what it should.
    """
    try:
        arcs = _arcs(document)
        for collection in document["objects"].values():
            for one in collection.get("geometries", [collection]):
                yield one.get("properties") or {}, _geometry(one, arcs)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        raise Invalid(_("This is no GeoJSON or TopoJSON file.")) from error


def _arcs(document: dict[str, Any]) -> list[Points]:
    transform = document.get("transform")
    if transform is None:
        return [[[x, y] for x, y, *__ in arc] for arc in document["arcs"]]
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    found = []
    for arc in document["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y, *__ in arc:
            x, y = x + step_x, y + step_y
            points.append([x * scale_x + shift_x, y * scale_y + shift_y])
        found.append(points)
    return found


def _geometry(one: dict[str, Any], arcs: list[Points]) -> dict[str, Any] | None:
    if one.get("type") == "Polygon":
        return {"type": "Polygon", "coordinates": [_ring(ring, arcs) for ring in one["arcs"]]}
    if one.get("type") == "MultiPolygon":
        polygons = [[_ring(ring, arcs) for ring in polygon] for polygon in one["arcs"]]
        return {"type": "MultiPolygon", "coordinates": polygons}
    return None


def _ring(numbers: list[int], arcs: list[Points]) -> Points:
    points: Points = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points
