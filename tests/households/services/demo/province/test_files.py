"""The files: the format's columns, who is there in a year, byte for byte the same each time."""

import csv
import datetime as dt
from pathlib import Path

from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS
from households.services.demo.people import PersonalNumbers
from households.services.demo.province.bank import Bank, Rules
from households.services.demo.province.files import Writer
from households.services.demo.province.incomes import Bands
from tests.households.services.demo.province.test_residents import settled

AUTUMNS = [dt.date(year, 10, 1) for year in (2021, 2022, 2023)]


def written(folder: Path, bank: Bank, rules: Rules, seed: str = "seed") -> list[bytes]:
    writer = Writer(settled(bank, seed=seed), Bands(rules), PersonalNumbers(), seed)
    found = []
    for day in AUTUMNS:
        writer.write(folder, day)
        found += [(folder / f"{name}.csv").read_bytes() for name in ("households", "members")]
    return found


def test_they_are_the_same_each_time(tmp_path: Path, bank: Bank, led: list, rules: Rules) -> None:
    first = written(tmp_path, bank, rules)
    again = written(tmp_path, Bank(led, rules, (2021, 2022, 2023, 2024), "seed"), rules)
    assert first == again
    assert first != written(tmp_path, bank, rules, seed="other")


def test_the_columns_are_those_of_the_format(tmp_path: Path, bank: Bank, rules: Rules) -> None:
    written(tmp_path, bank, rules)
    for name, columns in (("households", HOUSEHOLD_COLUMNS), ("members", MEMBER_COLUMNS)):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        known = {column.name for column in columns}
        assert {one for one in rows[0] if not one.startswith("b1_")} <= known
        assert {len(row) for row in rows} == {len(rows[0])}


def test_who_is_not_there_is_not_written(tmp_path: Path, bank: Bank, rules: Rules) -> None:
    residents = settled(bank, 0.1)
    writer = Writer(residents, Bands(rules), PersonalNumbers(), "seed")
    there = [sum(one.history[at] != "-" for one in residents) for at in (1, 2, 3)]
    assert [writer.write(tmp_path, day) for day in AUTUMNS] == there
    gone = writer.gone(2022)
    assert len(gone) == sum(one.history[1] != "-" == one.history[2] for one in residents)
    assert not writer.gone(2021)
    assert not writer.gone(2024)


def test_a_round_under_way_has_the_villages_that_began(
    tmp_path: Path, bank: Bank, rules: Rules
) -> None:
    residents = settled(bank, 0.1)
    writer = Writer(residents, Bands(rules), PersonalNumbers(), "seed")
    for day in AUTUMNS:
        writer.write(tmp_path, day)
    all_there = sum(one.key.startswith("10001") and one.history[4] != "-" for one in residents)
    day = dt.date(2024, 10, 1)
    assert writer.write(tmp_path, day, {"10001": [1.0]}) == all_there
    assert 0 < writer.write(tmp_path, day, {"10001": [0.5, 0.0]}) < all_there
