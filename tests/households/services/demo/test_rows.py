"""What the demonstration writes is the exchange format, and passes every check of it."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from typing import Any

from households.exchange.checks import check_survey
from households.exchange.columns import HOUSEHOLD_COLUMN, MEMBER_COLUMN, Column
from households.exchange.values import BirthDate, parse
from households.services.demo.points import answers
from households.services.demo.rows import Row, full_household_row, member_rows
from households.services.demo.story import years
from households.services.reference_files import DATA_FOLDER, list_entries


def read(row: Row, columns: Mapping[str, Column]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, text in row.items():
        if name not in columns:
            values[name] = text or None
            continue
        column = columns[name]
        value = parse(column, text)
        if isinstance(value, BirthDate):
            values["birth_precision"], value = value.precision, value.date
        # Checks are shared with the form and read model fields; keys of files have none.
        values[column.field or name] = values[name] = value
    return values


def test_every_survey_of_the_story_passes_the_checks() -> None:
    entries = list_entries()
    known = [e.code for e in entries if e.list_code == "birth_registrations"]
    checked = 0
    for told, households in years():
        for household in households:
            members = [read(r, MEMBER_COLUMN) for r in member_rows(household, told.as_of)]
            row = read(full_household_row(household, told.as_of), HOUSEHOLD_COLUMN)
            problems = check_survey(row, members, as_of=told.as_of, birth_places=known)
            assert problems == [], household.key
            checked += 1
    assert checked > 1000


def test_rows_have_all_columns_that_must_be_there() -> None:
    __, households = next(years())
    as_of = dt.date(2021, 10, 1)
    household, member = (
        full_household_row(households[0], as_of),
        next(member_rows(households[0], as_of)),
    )
    for row, columns in ((household, HOUSEHOLD_COLUMN), (member, MEMBER_COLUMN)):
        needed = {c.name for c in columns.values() if not c.heading_may_be_missing}
        assert needed <= set(row)


def test_income_is_told_in_each_of_the_three_ways() -> None:
    __, households = next(years())
    told = {
        "amount": "income_per_capita_month_vnd",
        "paper": "b1_points_paper",
        "answers": "b1_car",
    }
    assert {h.income_told_by for h in households} == set(told)
    for household in households:
        row = full_household_row(household, dt.date(2021, 10, 1))
        given = {way for way, column in told.items() if row[column] != ""}
        assert given == {household.income_told_by}


def test_answers_fit_the_shipped_point_table() -> None:
    path = DATA_FOLDER / "standards" / "points" / "std_2022_sample.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    options = {
        question["code"]: {option["code"] for option in question["options"]}
        for question in table["questions"]
        if "derived" not in question
    }
    __, households = next(years())
    for household in households:
        given = answers(household)
        assert set(given) == set(options)
        assert all(option in options[question] for question, option in given.items())
