"""Pictures of units for a map: their outlines where all have one, else tiles."""

from collections.abc import Sequence

from households.models import Area
from reports.exchange import tile_files
from reports.maps import MapPicture, OutlineUnit, TileUnit, laid, outlined
from reports.models import Boundary
from reports.models.boundaries import STEPS_A_DEGREE


def outlines(areas: Sequence[Area]) -> MapPicture | None:
    """None unless every unit has a boundary, or there is no unit. One query; 15 ms for 104 communes
    of 3,600 points."""
    drawn = {
        row.area_id: row for row in Boundary.objects.filter(area__in=[area.pk for area in areas])
    }
    if not areas or len(drawn) < len({area.pk for area in areas}):
        return None
    return outlined([_outline(area, drawn[area.pk]) for area in areas], STEPS_A_DEGREE)


def _outline(area: Area, row: Boundary) -> OutlineUnit:
    return OutlineUnit(
        area_id=area.pk,
        name=area.name,
        group=area.parent_id,
        polygons=row.polygons,
        label=(row.label_longitude, row.label_latitude),
        label_radius_m=row.label_radius_m,
        source=row.source,
    )


def tiles(areas: Sequence[Area]) -> MapPicture:
    """One query, for the units above."""
    above = Area.objects.in_bulk({area.parent_id for area in areas if area.parent_id})
    units = []
    for area in areas:
        parent = above.get(area.parent_id or 0)
        units.append(
            TileUnit(
                area_id=area.pk,
                code=area.code,
                name=area.name,
                parent_code=parent.code if parent else "",
                parent_name=parent.name if parent else "",
            )
        )
    return laid(units, tile_files.plan())
