"""Small hand-made maps: squares side by side, a tenth of a degree wide."""

import json
from pathlib import Path
from typing import Any

#: Where the squares begin, in degrees.
WEST, SOUTH, SIDE = 105.0, 22.0, 0.1


def square(column: int, row: int = 0, *, wavy: int = 0) -> list[list[list[float]]]:
    """Coordinates of a polygon. `wavy`: so many points on its eastern border, which bends a little
    to and fro; its neighbour's western border is the same."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    east, north = west + SIDE, south + SIDE
    ring = [[west, south], [east, south], *_border(east, south, wavy), [east, north], [west, north]]
    ring += reversed(_border(west, south, wavy))
    return [[*ring, ring[0]]]


def _border(at: float, south: float, points: int) -> list[list[float]]:
    return [
        [at + (0.0002 if n % 2 else -0.0002), south + SIDE * n / (points + 1)]
        for n in range(1, points + 1)
    ]


def feature(coordinates: Any, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def written(folder: Path, *features: dict[str, Any], name: str = "map.geojson") -> Path:
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path
