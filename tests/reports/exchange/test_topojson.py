"""Arcs of a topology, forwards and backwards."""

import pytest

from households.errors import Invalid
from reports.exchange import topojson


def test_a_ring_runs_over_its_arcs_without_repeating_where_they_meet() -> None:
    document = {
        "arcs": [[[0, 0], [1, 0]], [[0, 0], [0, 1], [1, 0]]],
        "objects": {"one": {"type": "Polygon", "arcs": [[0, -2]], "properties": {"ma": "1"}}},
    }
    [(properties, geometry)] = topojson.features(document)
    assert properties == {"ma": "1"}
    assert geometry == {
        "type": "Polygon",
        "coordinates": [[[0, 0], [1, 0], [0, 1], [0, 0]]],
    }


def test_other_kinds_have_no_shape_and_holes_in_the_document_are_told() -> None:
    document = {"arcs": [], "objects": {"one": {"type": "Point", "coordinates": [0, 0]}}}
    assert list(topojson.features(document)) == [({}, None)]
    with pytest.raises(Invalid):
        list(
            topojson.features({"arcs": [], "objects": {"one": {"type": "Polygon", "arcs": [[7]]}}})
        )
