"""Taking in the outlines of units: matched to the units of a day, simplified together, stored."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from django.db import transaction
from django.utils.translation import gettext as _

from households import policies as household_policies
from households.choices import AreaLevel
from households.errors import Invalid, Refused
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from reports.exchange import coverage
from reports.exchange.boundary_files import Feature
from reports.exchange.coverage import Outline
from reports.models import Boundary
from reports.queries import boundary_units
from reports.queries.boundary_units import Matched, Unmatched

DEFAULT_TOLERANCE_M = 100
MOST_TOLERANCE_M = 5_000


@dataclass(frozen=True)
class Asked:
    """How a file is to be taken in: names are looked for among units of `level` (None: any above
    the village) valid on the day `on`, in the province of this code if one is given. `onto`: draw
    the units of this day, each put together from those of `on` that went into it whole."""

    source: str
    file_name: str
    on: dt.date
    onto: dt.date | None = None
    level: AreaLevel | None = None
    province: str = ""
    tolerance_m: int = DEFAULT_TOLERANCE_M


@dataclass(frozen=True)
class Drawn:
    """What came of a file. `without`: units of the same level and provinces that still have no
    boundary; `points`: vertices before and after."""

    matched: list[Matched]
    unmatched: list[Unmatched]
    without: list[Area]
    points: tuple[int, int]
    areas: list[Area] = field(default_factory=list)


def replace(
    *, features: Sequence[Feature], asked: Asked, by: User, is_trial: bool = False
) -> Drawn:
    """Store the outlines of all shapes that belong to a unit, instead of those the same units had;
    all or none. A trial stores nothing.

    Raises Refused (only the system or an administrator), Invalid (no unit at all, no source,
    shapes on top of each other). Cost: five queries, and see coverage.outlines.
    """
    if reason := household_policies.why_not_load_reference(by):
        raise Refused(reason)
    _check(asked)
    matched, unmatched = boundary_units.match(
        features, on=asked.on, level=asked.level, province=asked.province
    )
    shapes, parts_missing = _shapes(matched, asked)
    unmatched += parts_missing
    if not shapes:
        told = "; ".join(f"{one.label}: {one.reason}" for one in unmatched[:3])
        raise Invalid(_("No shape belongs to a unit. %(told)s") % {"told": told})
    areas = list(shapes)
    polygons = [shapes[area] for area in areas]
    outlines = _simplified(areas, polygons, asked.tolerance_m)
    points = int(shapely.get_num_coordinates(polygons).sum()), sum(one.points for one in outlines)
    if not is_trial:
        _store(areas, outlines, asked, by)
    without = boundary_units.without_boundary(areas, on=asked.onto or asked.on)
    return Drawn(matched, unmatched, without, points, areas)


def _check(asked: Asked) -> None:
    if not asked.source.strip():
        raise Invalid(_("Say where the boundaries come from."))
    if not 0 <= asked.tolerance_m <= MOST_TOLERANCE_M:
        raise Invalid(
            _("The tolerance lies between 0 and %(most)d metres.") % {"most": MOST_TOLERANCE_M}
        )


def _shapes(matched: list[Matched], asked: Asked) -> tuple[dict[Area, Any], list[Unmatched]]:
    """By unit to be drawn; several shapes of one unit become one."""
    by_area: dict[Area, list[Matched]] = {}
    for one in matched:
        by_area.setdefault(one.area, []).append(one)
    missing: list[Unmatched] = []
    if asked.onto and asked.onto != asked.on:
        by_area, missing = boundary_units.followed(by_area, on=asked.on, onto=asked.onto)
    return {
        area: shapely.union_all([one.feature.polygon for one in found])
        for area, found in by_area.items()
    }, missing


def _simplified(areas: list[Area], polygons: list[Any], tolerance_m: int) -> list[Outline]:
    try:
        return coverage.outlines(polygons, tolerance_m)
    except coverage.Overlap as overlap:
        raise Invalid(
            _("The shape of %(unit)s lies on top of others.") % {"unit": areas[overlap.at].name}
        ) from overlap


@transaction.atomic
def _store(areas: list[Area], outlines: list[Outline], asked: Asked, by: User) -> None:
    details = {
        "file": asked.file_name, "source": asked.source.strip(), "units": len(areas),
        "on": f"{asked.onto or asked.on:%Y-%m-%d}", "tolerance_m": asked.tolerance_m,
    }  # fmt: skip
    rows = [
        Boundary(
            area=area, polygons=outline.polygons, label_longitude=outline.label[0],
            label_latitude=outline.label[1], label_radius_m=outline.label_radius_m,
            tolerance_m=asked.tolerance_m, source=asked.source.strip(),
            file_name=asked.file_name, imported_by=by,
        )
        for area, outline in zip(areas, outlines, strict=True)
    ]  # fmt: skip
    with told_plainly(Boundary), audit.act(by=by, verb="boundaries.replace", details=details):
        Boundary.objects.filter(area__in=areas).delete()
        Boundary.objects.bulk_create(rows)
