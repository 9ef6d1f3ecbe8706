"""The standards and point tables that povreg ships, read from their files."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from households.scoring import PointTable, Standard

STANDARDS_FOLDER = Path(__file__).resolve().parents[3] / "households" / "data" / "standards"
STANDARDS = ("std_2016", "std_2022", "std_2027")
POINT_TABLES = ("std_2016_unconfirmed", "std_2022_sample")


def document(code: str) -> dict[str, Any]:
    """A fresh copy of the document of a standard or point table."""
    folder = STANDARDS_FOLDER if code in STANDARDS else STANDARDS_FOLDER / "points"
    return tomllib.loads((folder / f"{code}.toml").read_text(encoding="utf-8"))


@cache
def standard(code: str) -> Standard:
    return Standard.from_document(document(code))


@cache
def point_table(code: str) -> PointTable:
    return PointTable.from_document(document(code))


def table_of(standard_code: str) -> PointTable | None:
    """The point table shipped for a standard, None where there is none."""
    for code in POINT_TABLES:
        if point_table(code).standard == standard_code:
            return point_table(code)
    return None
