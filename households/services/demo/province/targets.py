"""The figures a demonstration of a whole province has to come to. Pure."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parents[3] / "data" / "demo" / "province_targets.csv"
PROVINCE, DISTRICT = "PROVINCE", "DISTRICT"
#: The rounds of the figures: review year and standard, in the order of a household's history.
OLD_STANDARD, NEW_STANDARD = "std_2016", "std_2022"
YEARS = (2021, 2022, 2023)


@dataclass(frozen=True, slots=True)
class Totals:
    """Households of a unit in one review: all residents, and those of the two lists."""

    households: int
    poor: int
    near_poor: int


@dataclass(frozen=True, slots=True)
class Course:
    """A unit through the years of YEARS: `old` is the first year under the old standard."""

    old: Totals
    new: tuple[Totals, Totals, Totals]


@cache
def _rows() -> Mapping[tuple[str, str, int, str], Totals]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            (row["level"], row["code"], int(row["year"]), row["standard"]): Totals(
                int(row["households"]), int(row["poor"]), int(row["near_poor"])
            )
            for row in csv.DictReader(file)
        }


def of(level: str, code: str) -> Course:
    """The figures of the province or of a district. KeyError: the file does not tell them."""
    rows = _rows()
    first, second, third = (rows[level, code, year, NEW_STANDARD] for year in YEARS)
    return Course(rows[level, code, YEARS[0], OLD_STANDARD], (first, second, third))


def districts(only: Collection[str] | None = None, scale: float = 1.0) -> dict[str, Course]:
    """The districts' figures by code, of all or of those named; thinned by `scale` (0 to 1)."""
    codes = sorted({code for level, code, _year, _standard in _rows() if level == DISTRICT})
    wanted = [code for code in codes if only is None or code in only]
    return {code: _thinned(of(DISTRICT, code), scale) for code in wanted}


def _thinned(whole: Course, scale: float) -> Course:
    """Every figure times `scale`, kept in the order that figures of households must have."""
    if scale == 1:
        return whole
    new: list[Totals] = []
    for one in whole.new:
        least = new[-1].households if new else 0
        households = max(least, round(one.households * scale))
        poor = round(one.poor * scale)
        new.append(Totals(households, poor, min(round(one.near_poor * scale), households - poor)))
    first = new[0]
    listed = first.poor + first.near_poor
    poor = min(round(whole.old.poor * scale), listed)
    near_poor = min(round(whole.old.near_poor * scale), listed - poor)
    return Course(Totals(first.households, poor, near_poor), (first, new[1], new[2]))
