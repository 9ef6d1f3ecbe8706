"""Writes big files of invented households in the exchange format.

    python -m benchmarks.exchange_sample --households 100000 --year 2024 --out /some/folder

The same arguments give the same files on every machine. With --since the households are invented
in that year and live on to --year, so that two runs (2023, and 2024 --since 2023) make the second
review of the same people. Streams: memory does not grow with the number of households, save for a
counter of personal numbers.
"""

import argparse
import csv
import datetime as dt
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from households.services.demo.evolution import live_a_year
from households.services.demo.people import (
    DemoHousehold,
    PersonalNumbers,
    Place,
    invent,
    places,
)
from households.services.demo.rows import full_household_row, household_row, member_rows

_UNITS = Path(__file__).resolve().parent.parent / "households" / "data" / "areas"
_VILLAGES_PER_COMMUNE = 12
_BIRTH_REGISTRATION = "006"


def all_villages(day: dt.date) -> list[Place]:
    """Twelve invented villages in every commune that the reference files have on `day`."""
    valid = [
        row
        for row in _read("units.csv")
        if row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999")
    ]
    districts = {row["code"]: row["name"] for row in valid if row["level"] == "DISTRICT"}
    province = next(row["code"] for row in valid if row["level"] == "PROVINCE")
    urban = {
        row["code"]
        for row in _read("settlements.csv")
        if row["value"] == "URBAN"
        and row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999")
    }
    moods = cycle({place.commune_code: place for place in places()}.values())
    communes = ((row, next(moods)) for row in valid if row["level"] == "COMMUNE")
    return [
        Place(
            province_code=province,
            district_code=row["parent_code"] if row["parent_code"] in districts else "",
            district=districts.get(row["parent_code"], ""),
            commune_code=row["code"],
            commune=row["name"],
            village=f"Thôn {number}",
            settlement="URBAN" if row["code"] in urban else "RURAL",
            welfare=mood.welfare,
            groups=mood.groups,
        )
        for row, mood in communes
        for number in range(1, _VILLAGES_PER_COMMUNE + 1)
    ]


def _read(name: str) -> list[dict[str, str]]:
    with (_UNITS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def households(count: int, *, year: int, since: int, seed: str) -> Iterator[DemoHousehold]:
    """`count` households spread evenly over the villages, as they stand in the autumn of `year`."""
    villages = all_villages(dt.date(year, 10, 1))
    numbers = PersonalNumbers(_BIRTH_REGISTRATION)
    for index, place in enumerate(islice(cycle(villages), count)):
        household = invent(place, f"{seed}-{index:07d}", year=since, numbers=numbers, seed=seed)
        while household.year < year:
            live_a_year(household, numbers=numbers, seed=seed)
        yield household


def write(
    folder: Path, count: int, *, year: int, since: int, seed: str, optional: bool = False
) -> tuple[int, int]:
    """Write households.csv and members.csv into `folder`; returns the numbers of their rows."""
    one_row = full_household_row if optional else household_row
    folder.mkdir(parents=True, exist_ok=True)
    as_of = dt.date(year, 10, 1)
    written = [0, 0]
    with (
        (folder / "households.csv").open("w", encoding="utf-8", newline="") as household_file,
        (folder / "members.csv").open("w", encoding="utf-8", newline="") as member_file,
    ):
        household_writer = csv.writer(household_file)
        member_writer = csv.writer(member_file)
        for household in households(count, year=year, since=since, seed=seed):
            row = one_row(household, as_of)
            if not written[0]:
                household_writer.writerow(row)
            household_writer.writerow(row.values())
            written[0] += 1
            for member in member_rows(household, as_of):
                if not written[1]:
                    member_writer.writerow(member)
                member_writer.writerow(member.values())
                written[1] += 1
    return written[0], written[1]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Invented households in the exchange format.")
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--year", type=int, default=2024, help="year of the review")
    parser.add_argument("--since", type=int, help="year in which they are invented")
    parser.add_argument("--out", type=Path, required=True, help="folder for the two files")
    parser.add_argument("--seed", default="S", help="another seed gives other people")
    parser.add_argument("--optional", action="store_true", help="with the optional columns")
    chosen = parser.parse_args(arguments)
    since = chosen.since or chosen.year
    if since > chosen.year or chosen.households < 1:
        parser.error("--since lies after --year, or no households are asked for")
    rows = write(
        chosen.out,
        chosen.households,
        year=chosen.year,
        since=since,
        seed=chosen.seed,
        optional=chosen.optional,
    )
    sys.stdout.write(f"{rows[0]} households, {rows[1]} members in {chosen.out}\n")


if __name__ == "__main__":
    main()
