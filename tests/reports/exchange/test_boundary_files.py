"""Boundary files are read whole or refused with the shape named."""

import json
from pathlib import Path

import pytest
import shapely

from households.errors import Invalid
from reports.exchange import boundary_files
from reports.exchange.boundary_files import Naming
from tests.factories.boundaries import feature, square, written

CODES = Naming(code="ma", name="ten")
ONLY_CODES = Naming(code="ma")
BOW_TIE = [[[105.0, 22.0], [105.1, 22.1], [105.1, 22.0], [105.0, 22.1], [105.0, 22.0]]]


def refused(path: Path, naming: Naming = CODES) -> str:
    with pytest.raises(Invalid) as stopped:
        boundary_files.read(path, naming)
    return str(stopped.value.message)


def test_codes_names_and_shapes_of_geojson(tmp_path: Path) -> None:
    island = [square(3), square(5)]
    path = written(
        tmp_path,
        feature(square(0), ma=63, ten=" Huyện Thử "),
        feature(island, "MultiPolygon", ma="064"),
    )
    one, other = boundary_files.read(path, CODES)
    assert (one.row, one.code, one.name, one.label) == (1, "63", "Huyện Thử", "63 Huyện Thử")
    assert (other.row, other.code, other.name) == (2, "064", "")
    assert other.polygon.area == pytest.approx(0.02)


def test_a_single_feature_is_a_map_too(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(feature(square(0), ma="063")), "utf-8")
    assert [one.code for one in boundary_files.read(path, ONLY_CODES)] == ["063"]


def test_a_topology_gives_the_same_shapes(tmp_path: Path) -> None:
    """Two squares with one arc in common, on a grid of a tenth of a degree."""
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [105.0, 22.0]},
        "arcs": [
            [[1, 0], [0, 1]],
            [[1, 1], [-1, 0], [0, -1], [1, 0]],
            [[1, 0], [1, 0], [0, 1], [-1, 0]],
        ],
        "objects": {
            "units": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"ma": "063"}},
                    {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"ma": "064"}},
                ],
            }
        },
    }
    path = tmp_path / "map.topo.json"
    path.write_text(json.dumps(topology), "utf-8")
    west, east = boundary_files.read(path, ONLY_CODES)
    for read, expected in ((west, square(0)), (east, square(1))):
        same = shapely.polygons(expected[0]).symmetric_difference(read.polygon)
        assert same.area == pytest.approx(0)


def test_broken_shapes_are_refused_by_name_unless_they_are_to_be_mended(tmp_path: Path) -> None:
    path = written(tmp_path, feature(square(2), ma="063"), feature(BOW_TIE, ma="064", ten="Nơ"))
    told = refused(path)
    assert "2" in told
    assert "064 Nơ" in told
    assert "105.05, 22.05" in told
    assert "Self" not in told
    whole, mended = boundary_files.read(path, CODES, mends=True)
    assert (whole.was_mended, mended.was_mended) == (False, True)
    assert mended.polygon.is_valid


@pytest.mark.parametrize(
    ("coordinates", "kind"),
    [
        ([105.0, 22.0], "Point"),
        ([], "Polygon"),
        ([[[105.0, 22.0], [105.1, 22.0]]], "Polygon"),
        ([[["x", 1]]], "Polygon"),
        # Metres of a national grid.
        ([[[59e4, 245e4], [60e4, 245e4], [60e4, 246e4], [59e4, 245e4]]], "Polygon"),
    ],
)  # fmt: skip
def test_what_is_no_shape_in_degrees_is_refused_by_name(
    tmp_path: Path, coordinates: object, kind: str
) -> None:
    assert "Lạ" in refused(written(tmp_path, feature(coordinates, kind, ma="063", ten="Lạ")))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"type": "FeatureCollection"}', '{"type": "Topology"}']
)
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.geojson"
    path.write_text(text, "utf-8")
    assert refused(path)
    assert refused(tmp_path / "none.geojson")


def test_a_property_that_no_shape_has_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, feature(square(0), ma="063"))
    assert "maxa" in refused(path, Naming(code="maxa"))
    assert refused(written(tmp_path))
