"""Big test files: as many households as asked for, in real communes, the same every time."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from benchmarks import exchange_sample


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_writes_the_two_files(tmp_path: Path) -> None:
    exchange_sample.main(["--households", "300", "--year", "2024", "--out", str(tmp_path)])

    households, members = rows(tmp_path / "households.csv"), rows(tmp_path / "members.csv")
    assert len(households) == 300
    sizes = {row["household_id"]: int(row["household_size"]) for row in households}
    assert sum(sizes.values()) == len(members)
    assert {row["household_id"] for row in members} == set(sizes)
    numbers = [row["cccd"] for row in members if row["cccd"]]
    assert len(set(numbers)) == len(numbers)


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        exchange_sample.main(["--households", "50", "--out", str(tmp_path / folder)])
    for name in ("households.csv", "members.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_two_years_are_reviews_of_the_same_people(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        exchange_sample.main(
            ["--households", "80", "--since", "2023", "--year", year, "--out", str(tmp_path / year)]
        )
    before, after = (rows(tmp_path / year / "members.csv") for year in ("2023", "2024"))
    numbers = {row["member_id"]: row["cccd"] for row in before}
    stayed = [row for row in after if row["member_id"] in numbers]
    assert len(stayed) > 0.8 * len(before)
    assert all(row["cccd"] == numbers[row["member_id"]] for row in stayed)


@pytest.mark.parametrize(
    ("year", "province", "with_districts", "communes"),
    [(2024, "06", True, 108), (2025, "19", False, 92)],
)
def test_villages_follow_the_map_of_the_year(
    year: int, province: str, with_districts: bool, communes: int
) -> None:
    villages = exchange_sample.all_villages(dt.date(year, 10, 1))
    assert {place.province_code for place in villages} == {province}
    assert all(bool(place.district_code) == with_districts for place in villages)
    assert len({place.commune_code for place in villages}) == communes


def test_refuses_a_year_before_the_people_exist(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        exchange_sample.main(["--since", "2025", "--year", "2024", "--out", str(tmp_path)])
