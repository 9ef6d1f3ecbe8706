"""Maps as plain pictures: outlines or tiles of units, filled by fixed steps. Pure."""

from reports.maps.filling import BREAKS_PERCENT, Figure, FilledMap, filled
from reports.maps.outlines import OutlineUnit, outlined
from reports.maps.pictures import Heading, MapPicture, Shape, Square
from reports.maps.tiles import TilePlan, TileUnit, laid

__all__ = [
    "BREAKS_PERCENT",
    "Figure",
    "FilledMap",
    "Heading",
    "MapPicture",
    "OutlineUnit",
    "Shape",
    "Square",
    "TilePlan",
    "TileUnit",
    "filled",
    "laid",
    "outlined",
]
