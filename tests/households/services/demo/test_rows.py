"""What the demonstration writes is the exchange format, and passes every check of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from households.exchange.checks import check_survey
from households.exchange.columns import HOUSEHOLD_COLUMN, MEMBER_COLUMN, Column
from households.exchange.values import BirthDate, parse
from households.services.demo.rows import Row, household_row, member_rows
from households.services.demo.story import years


def read(row: Row, columns: Mapping[str, Column]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, text in row.items():
        column = columns[name]
        value = parse(column, text)
        if isinstance(value, BirthDate):
            values["birth_precision"], value = value.precision, value.date
        # Checks are shared with the form and read model fields; keys of files have none.
        values[column.field or name] = values[name] = value
    return values


def test_every_survey_of_the_story_passes_the_checks() -> None:
    checked = 0
    for told, households in years():
        for household in households:
            members = [read(r, MEMBER_COLUMN) for r in member_rows(household, told.as_of)]
            row = read(household_row(household, told.as_of), HOUSEHOLD_COLUMN)
            problems = check_survey(row, members, as_of=told.as_of, birth_places=["006"])
            assert [p for p in problems if not p.is_warning] == [], (household.key, problems)
            checked += 1
    assert checked > 700


def test_rows_have_all_columns_that_must_be_there() -> None:
    __, households = next(years())
    as_of = dt.date(2022, 10, 1)
    household, member = (
        household_row(households[0], as_of),
        next(member_rows(households[0], as_of)),
    )
    for row, columns in ((household, HOUSEHOLD_COLUMN), (member, MEMBER_COLUMN)):
        needed = {c.name for c in columns.values() if not c.heading_may_be_missing}
        assert needed <= set(row)


def test_paper_households_give_points_instead_of_an_income() -> None:
    __, households = next(years())
    paper = [h for h in households if h.paper_only]
    assert paper
    for household in paper:
        row = household_row(household, dt.date(2022, 10, 1))
        assert row["income_per_capita_month_vnd"] == ""
        assert int(row["b1_points_paper"]) > 0
