"""The import finds every problem that the form's checks find: SQL picks no household too few."""

import random
from types import SimpleNamespace
from typing import Any, Final

import pytest

from households.exchange.checks import check_survey
from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, Column
from households.exchange.values import BirthDate, parse
from households.models import ListEntry
from tests.factories.exchange_files import Files, Row, household, member
from tests.households.services.imports.conftest import Import

BIRTH_PLACES: Final = {"006", "097-999"}
YES_NO: Final = ["Y", "N", ""]

HOUSEHOLD_CELLS: Final[dict[str, list[str]]] = {
    "has_tv": ["Y", "N", ""],
    "floor_area_m2": ["0", "12.5", ""],
    "head_name": ["Nông Văn Thử", "Ai Khác", ""],
    "household_size": ["1", "2", "3", "4"],
    "income_per_capita_month_vnd": ["1000000", ""],
    "b1_points_paper": ["", "", "130"],
    "shock_on": ["", "2024-09-30", "2024-10-01", "2024-10-02"],
}
MEMBER_CELLS: Final[dict[str, list[str]]] = {
    "member_no": ["1", "2", "3", "64"],
    "full_name": ["Nông Văn Thử", "nông văn thử", "Lý Thị Ba", ""],
    "sex": ["M", "F", ""],
    "birth_date": [
        "1903-10-01", "1903-10-02", "1904-02-29", "1955", "1980-05-01", "2008-09-30", "2008-10-01",
        "2008-10-02", "2009-09-30", "2009-10-01", "2009-10-02", "2020-02-29", "2024-10-01",
        "2024-10-02", "",
    ],
    "relation": ["head", "spouse", "child", "parent", "grandparent", "grandchild", "other", ""],
    "ethnic_group": ["Kinh", "HMông", ""],
    "cccd": ["", "", "006080{:06d}", "006180{:06d}", "001209{:06d}", "400203{:06d}"],
    "employment": ["", "wage", "not_able", "student", "unemployed_seeking", "self_employed_farm"],
    "attending_level": ["none", "primary", ""],
    "able_to_work": YES_NO,
    "has_labour_contract": YES_NO,
    "disabled": YES_NO,
    "malnourished_height": YES_NO,
    "malnourished_weight": YES_NO,
    "uses_internet": YES_NO,
}  # fmt: skip


def varied(row: Row, cells: dict[str, list[str]], chance: random.Random, number: int) -> Row:
    """The row with up to three cells changed."""
    names = chance.sample(sorted(cells), chance.choice([0, 0, 1, 1, 2, 3]))
    return row | {name: chance.choice(cells[name]).format(number) for name in names}


def read(columns: tuple[Column, ...], row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in columns:
        value = parse(column, row.get(column.name, ""))
        values[column.name] = value.date if isinstance(value, BirthDate) else value
    return values


@pytest.mark.parametrize("seed", range(4))
def test_the_import_says_what_the_checks_say(
    run: Import, files: Files, place: SimpleNamespace, seed: int
) -> None:
    for code in BIRTH_PLACES:
        ListEntry.objects.create(list_code="birth_registrations", code=code)
    chance = random.Random(seed)
    files.households, files.members = [], []
    for number in range(250):
        key = f"A{number}"
        size = chance.choice([1, 2, 2, 3])
        whole = household(key, household_size=str(size), b1_points_paper="", shock_on="")
        files.households.append(varied(whole, HOUSEHOLD_CELLS, chance, number))
        for place_in_it in range(size):
            own = {"member_no": str(place_in_it + 1)}
            if place_in_it:
                own |= {"relation": "other", "full_name": f"Lý {place_in_it}"}
                own["birth_date"] = f"198{place_in_it}-01-0{place_in_it}"
            row = member(f"{key}-{place_in_it}", key, **own)
            files.members.append(varied(row, MEMBER_CELLS, chance, 10 * number + place_in_it))

    result = run(commit=False)

    said = {(one.file, one.row, one.column, one.code) for one in (*result.errors, *result.warnings)}
    expected = set()
    for line, row in enumerate(files.households, start=2):
        own_rows = [
            (number, one)
            for number, one in enumerate(files.members, start=2)
            if one["household_id"] == row["household_id"]
        ]
        values = read(HOUSEHOLD_COLUMNS, row)
        for problem in check_survey(
            values,
            [read(MEMBER_COLUMNS, one) for _number, one in own_rows],
            as_of=values["as_of"],
            birth_places=BIRTH_PLACES,
        ):
            index = problem.member_index
            where = ("households.csv", line) if index is None else (
                "members.csv", own_rows[index][0]
            )  # fmt: skip
            expected.add((*where, problem.column, problem.code))
    assert len({code for *_where, code in expected}) >= 12
    assert said >= expected
    assert {code for *_where, code in said - expected} <= {"duplicate_cccd", "unknown_code"}
