"""Boundaries of units from a file: GeoJSON or TopoJSON, in degrees. Touches no database."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import shapely
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.errors import ShapelyError
from shapely.geometry import shape

from households.errors import Invalid
from reports.exchange import topojson

MOST_BYTES: Final = 200_000_000
_POLYGONS: Final = frozenset({"Polygon", "MultiPolygon"})
_FAULTS: Final[Mapping[str, Promise]] = {
    "Self-intersection": gettext_lazy("its border crosses itself"),
    "Ring Self-intersection": gettext_lazy("its border crosses itself"),
    "Hole lies outside shell": gettext_lazy("a hole lies outside of it"),
    "Holes are nested": gettext_lazy("a hole lies in a hole"),
    "Interior is disconnected": gettext_lazy("it falls apart into pieces"),
    "Nested shells": gettext_lazy("a piece of it lies in another"),
    "Duplicate Rings": gettext_lazy("a part of its border stands there twice"),
    "Too few points in geometry component": gettext_lazy("a part of its border has too few points"),
}


@dataclass(frozen=True)
class Feature:
    """A shape of the file: its number in it (from 1), what it is called, and its (multi)polygon in
    degrees. `was_mended`: it was broken and made valid."""

    row: int
    code: str
    name: str
    polygon: Any
    was_mended: bool = False

    @property
    def label(self) -> str:
        return " ".join(filter(None, (self.code, self.name)))


@dataclass(frozen=True)
class Naming:
    """Which properties of a feature hold the unit's code and name; "" where the file has none."""

    code: str = ""
    name: str = ""


def read(path: Path, naming: Naming, *, mends: bool = False) -> list[Feature]:
    """Every feature of the file. `mends` makes shapes valid whose border crosses itself; without it
    they are refused.

    Raises Invalid: not such a file, a property that no feature has, a shape that is no polygon, is
    broken, or is not in degrees; the feature is named.
    """
    found = []
    for row, (properties, geometry) in enumerate(_features(_document(path)), start=1):
        code, name = (_word(properties, one) for one in (naming.code, naming.name))
        polygon, was_mended = _polygon(row, f"{code} {name}".strip(), geometry, mends=mends)
        found.append(Feature(row, code, name, polygon, was_mended))
    if not found:
        raise Invalid(_("The file holds no shape."))
    for wanted, words in (
        (naming.code, [f.code for f in found]),
        (naming.name, [f.name for f in found]),
    ):
        if wanted and not any(words):
            raise Invalid(_("No shape has the property %(name)s.") % {"name": wanted})
    return found


def _document(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Invalid(_("The file is too large."))
        read = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Invalid(_("The file %(name)s cannot be read.") % {"name": path.name}) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Invalid(_("This is no GeoJSON or TopoJSON file.")) from error
    if not isinstance(read, dict):
        raise Invalid(_("This is no GeoJSON or TopoJSON file."))
    return read


def _features(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Properties and geometry of each."""
    kind = document.get("type")
    if kind == "Topology":
        yield from topojson.features(document)
        return
    listed = document.get("features") if kind == "FeatureCollection" else [document]
    if kind not in ("FeatureCollection", "Feature") or not isinstance(listed, list):
        raise Invalid(_("This is no GeoJSON or TopoJSON file."))
    for one in listed:
        if not isinstance(one, dict) or one.get("type") != "Feature":
            raise Invalid(_("This is no GeoJSON or TopoJSON file."))
        properties = one.get("properties")
        yield (properties if isinstance(properties, dict) else {}), one.get("geometry")


def _word(properties: Mapping[str, Any], name: str) -> str:
    value = properties.get(name) if name else None
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _polygon(row: int, label: str, geometry: Any, *, mends: bool) -> tuple[Any, bool]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in _POLYGONS:
        raise _refused(row, label, _("it is no polygon"))
    try:
        found = shapely.force_2d(shape(geometry))
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError) as error:
        raise _refused(row, label, _("its coordinates cannot be read")) from error
    if found.is_empty:
        raise _refused(row, label, _("it is empty"))
    west, south, east, north = found.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise _refused(row, label, _("its coordinates are no degrees of longitude and latitude"))
    if found.is_valid:
        return found, False
    if not mends:
        raise _refused(row, label, _fault(shapely.is_valid_reason(found)))
    mended = _only_polygons(shapely.make_valid(found, method="structure", keep_collapsed=False))
    if mended.is_empty:
        raise _refused(row, label, _("it is empty"))
    return mended, True


def _only_polygons(found: Any) -> Any:
    parts = [one for one in shapely.get_parts(found) if one.geom_type in _POLYGONS]
    return shapely.union_all(parts)


def _fault(told: str) -> str:
    """In words, with the place (longitude and latitude) where there is one."""
    kind, __, place = told.partition("[")
    words = str(_FAULTS.get(kind.strip(), _("its border is broken")))
    return f"{words} ({', '.join(place.rstrip(']').split())})" if place else words


def _refused(row: int, label: str, reason: str) -> Invalid:
    return Invalid(
        _("Shape %(row)d (%(label)s): %(reason)s.")
        % {"row": row, "label": label or "–", "reason": reason}
    )
