"""Outlines of units."""

from households.services.system_user import system_user
from reports.models import Boundary
from tests.security.address import Address
from tests.security.conftest import Register

ADDRESSES: dict[str, Address] = {}
_BOUNDARY = "UPDATE reports_boundary SET"
BREAKS: dict[str, str] = {
    "reports_boundary_area_id_key": "copy reports_boundary",
    "reports_boundary_has_a_shape": f"{_BOUNDARY} polygons = '[]'",
    "reports_boundary_has_a_source": f"{_BOUNDARY} source = ''",
    "reports_boundary_on_earth": f"{_BOUNDARY} label_longitude = 18000001",
    "reports_boundary_sizes_not_negative": f"{_BOUNDARY} tolerance_m = -1",
}


def rows(register: Register) -> None:
    """An outline of the commune."""
    Boundary.objects.create(
        area=register.commune, polygons=[[[0, 0, 9, 0, 0, 9, 0, 0]]], label_longitude=2,
        label_latitude=2, label_radius_m=1, tolerance_m=100, source="Vẽ tay",
        file_name="map.geojson", imported_by=system_user(),
    )  # fmt: skip
