"""The arrangement that is shipped, and files that are wrong."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from households.errors import Invalid
from reports.exchange import tile_files
from reports.maps import TileUnit, laid

UNITS = Path(settings.BASE_DIR) / "households" / "data" / "areas" / "units.csv"
DAY = "2024-10-15"


def units_of_2024() -> list[dict[str, str]]:
    with UNITS.open(encoding="utf-8", newline="") as file:
        return [
            row
            for row in csv.DictReader(file)
            if row["valid_from"] <= DAY and (not row["valid_to"] or row["valid_to"] >= DAY)
        ]


def test_every_unit_of_the_province_has_a_place_of_its_own() -> None:
    plan = tile_files.plan()
    names = {row["code"]: row["name"] for row in units_of_2024()}
    communes = [
        TileUnit(at, row["code"], row["name"], row["parent_code"], names[row["parent_code"]])
        for at, row in enumerate(units_of_2024())
        if row["level"] == "COMMUNE"
    ]
    assert len(communes) == 108
    assert all(one.code in plan.places[one.parent_code] for one in communes)
    picture = laid(communes, plan)
    places = {(one.square.x, one.square.y) for one in picture.shapes if one.square}
    assert len(places) == 108
    # No tile lies on the name of a block.
    assert places.isdisjoint({(one.x, one.y - 38) for one in picture.headings})
    assert len(picture.headings) == 8
    districts = [row["code"] for row in units_of_2024() if row["level"] == "DISTRICT"]
    assert set(plan.places["06"]) == set(districts)
    assert len(set(plan.places["06"].values())) == 8


@pytest.mark.parametrize(
    "text", ["[blocks", "", '[blocks]\n"06" = 3\n[places]', '[places."06"]\n"1" = [1]\n[blocks]']
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "99.toml").write_text(text, "utf-8")
    with pytest.raises(Invalid, match=r"99\.toml"):
        tile_files.plan(tmp_path)
