"""The two files of a review, made row by row: valid unless a test makes them otherwise."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = dict[str, str]


def household(key: str = "A1", **cells: str) -> Row:
    """A well-housed rural household of one in the commune that tests.factories.areas makes."""
    durable = ("wall_durable", "column_durable", "roof_durable", "water_clean", "toilet_hygienic")
    yes = dict.fromkeys((*durable, "has_tv", "has_phone", "has_smartphone"), "Y")
    return {
        "household_id": key,
        "review_year": "2024",
        "as_of": "2024-10-01",
        "province_code": "06",
        "district_code": "063",
        "district": "Huyện Thử",
        "commune_code": "02008",
        "commune": "Xã Thử",
        "area": "rural",
        "village": "Thôn Một",
        "head_name": "Nông Văn Thử",
        "ethnic_group": "Kinh",
        "household_size": "1",
        "income_per_capita_month_vnd": "3000000",
        "wall_material": "gạch",
        "floor_area_m2": "80",
        **yes,
        **dict.fromkeys(("has_radio", "has_desktop", "has_laptop", "has_tablet"), "N"),
        **cells,
    }


def member(key: str = "A1-1", household_key: str = "A1", **cells: str) -> Row:
    """An adult head who lacks nothing."""
    return {
        "member_id": key,
        "household_id": household_key,
        "member_no": "1",
        "full_name": "Nông Văn Thử",
        "sex": "M",
        "birth_date": "1980-05-01",
        "relation": "head",
        "ethnic_group": "Kinh",
        "cccd": "",
        "able_to_work": "Y",
        "employment": "self_employed_farm",
        "has_labour_contract": "",
        "disabled": "N",
        "monthly_social_assistance": "N",
        "malnourished_height": "",
        "malnourished_weight": "",
        "health_insurance_valid": "Y",
        "attending_level": "none",
        "highest_qualification": "upper_secondary",
        "in_training": "N",
        "uses_internet": "Y",
        **cells,
    }


def spouse(key: str = "A1-2", household_key: str = "A1", **cells: str) -> Row:
    own = {
        "member_no": "2",
        "full_name": "Lý Thị Thử",
        "sex": "F",
        "birth_date": "1982-03-04",
        "relation": "spouse",
    }
    return member(key, household_key, **(own | cells))


@dataclass
class Files:
    """Both files in a folder; `write` once the rows are as the test wants them."""

    folder: Path
    households: list[Row] = field(default_factory=lambda: [household()])
    members: list[Row] = field(default_factory=lambda: [member()])

    def write(self) -> dict[str, Any]:
        """Write both and give the paths as import_review takes them."""
        return {
            "households_path": write_rows(self.folder / "households.csv", self.households),
            "members_path": write_rows(self.folder / "members.csv", self.members),
        }


def write_rows(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(dict.fromkeys(c for row in rows for c in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path
