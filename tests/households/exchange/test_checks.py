"""What one household's answers cannot be, and what is only doubtful."""

import datetime as dt
from typing import Any

import pytest

from households.exchange.checks import check_survey
from households.exchange.columns import HOUSEHOLD_COLUMN, HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, Column
from households.exchange.values import BirthDate, parse
from tests.factories import exchange_files as files

AS_OF = dt.date(2024, 10, 1)


def values(columns: tuple[Column, ...], row: files.Row) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for column in columns:
        value = parse(column, row.get(column.name, ""))
        read[column.name] = value.date if isinstance(value, BirthDate) else value
    return read


def found(household: files.Row, *members: files.Row) -> set[tuple[str, str, bool]]:
    problems = check_survey(
        values(HOUSEHOLD_COLUMNS, household),
        [values(MEMBER_COLUMNS, member) for member in members],
        as_of=AS_OF,
        birth_places={"006", "097-999"},
    )
    return {(problem.path, problem.code, problem.is_warning) for problem in problems}


def test_a_complete_household_has_no_problem() -> None:
    assert found(files.household(), files.member()) == set()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"has_tv": ""}, ("has_tv", "missing_value", False)),
        ({"floor_area_m2": ""}, ("floor_area_m2", "missing_value", False)),
        ({"head_name": ""}, ("head_name", "missing_value", False)),
        ({"household_size": "2"}, ("household_size", "size_differs", False)),
        (
            {"income_per_capita_month_vnd": ""},
            ("income_per_capita_month_vnd", "income_missing", False),
        ),
        ({"head_name": "Ai Khác"}, ("head_name", "head_name_differs", True)),
        ({"shock_on": "2024-12-01"}, ("shock_on", "after_as_of", True)),
    ],
)
def test_a_household_is_checked(cells: files.Row, expected: tuple[str, str, bool]) -> None:
    assert found(files.household(**cells), files.member()) == {expected}


@pytest.mark.parametrize("instead", [{"b1_points_paper": "120"}, {"b1_points_paper": "0"}])
def test_the_total_of_the_paper_tells_income(instead: files.Row) -> None:
    row = files.household(income_per_capita_month_vnd="", **instead)

    assert found(row, files.member()) == set()


def test_answers_to_the_point_questions_tell_income() -> None:
    read = values(HOUSEHOLD_COLUMNS, files.household(income_per_capita_month_vnd=""))
    member = values(MEMBER_COLUMNS, files.member())

    assert not check_survey(read | {"b1_electricity": "under_25"}, [member], as_of=AS_OF)
    assert not check_survey(read | {"b1_answers": {"x": "y"}}, [member], as_of=AS_OF)
    assert check_survey(read | {"b1_answers": {}}, [member], as_of=AS_OF)


CHILD = {"relation": "child", "employment": "", "able_to_work": "N", "attending_level": "primary"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"full_name": ""}, ("full_name", "missing_value", False)),
        ({"health_insurance_valid": ""}, ("health_insurance_valid", "missing_value", False)),
        ({"birth_date": "2024-10-02"}, ("birth_date", "born_later", False)),
        ({"birth_date": "1903-09-30"}, ("birth_date", "impossible_age", False)),
        ({"employment": ""}, ("employment", "missing_value", False)),
        ({"employment": "wage"}, ("has_labour_contract", "missing_value", False)),
        ({"has_labour_contract": "N"}, ("has_labour_contract", "not_applicable", True)),
        ({"malnourished_height": "N"}, ("malnourished_height", "not_applicable", True)),
        ({"able_to_work": "N"}, ("employment", "work_and_ability_differ", True)),
        ({"cccd": "006180123456"}, ("cccd", "cccd_sex_differs", True)),
        ({"cccd": "006081123456"}, ("cccd", "cccd_year_differs", True)),
        ({"cccd": "003080123456"}, ("cccd", "cccd_place_unknown", True)),
    ],
)
def test_a_member_is_checked(cells: files.Row, expected: tuple[str, str, bool]) -> None:
    path, code, is_warning = expected
    problems = found(files.household(), files.member(), files.spouse(**{"sex": "M", **cells}))

    assert (f"members.1.{path}", code, is_warning) in problems


def test_a_number_registered_abroad_is_known() -> None:
    assert found(files.household(), files.member(cccd="400080123456")) == set()


def test_height_and_weight_are_asked_until_the_sixteenth_birthday() -> None:
    size = files.household(household_size="2")
    last_day = files.spouse(birth_date="2008-10-02", **CHILD | {"employment": "student"})
    birthday = files.spouse(birth_date="2008-10-01", **CHILD | {"employment": "student"})

    assert ("members.1.malnourished_height", "missing_value", False) in found(
        size, files.member(), last_day
    )
    assert found(size, files.member(), birthday) == set()


def test_work_is_asked_from_the_fifteenth_birthday() -> None:
    size = files.household(household_size="2")
    measured = {"malnourished_height": "N", "malnourished_weight": "N"}

    assert found(
        size, files.member(), files.spouse(birth_date="2009-10-02", **CHILD, **measured)
    ) == (set())
    assert found(
        size, files.member(), files.spouse(birth_date="2009-10-01", **CHILD, **measured)
    ) == {("members.1.employment", "missing_value", False)}


def test_one_head_exactly() -> None:
    size = files.household(household_size="2")

    assert found(size, files.member(), files.spouse(relation="head")) == {
        ("members.1.relation", "two_heads", False)
    }
    assert found(size, files.member(relation="other"), files.spouse()) == {
        ("head_name", "no_head", False)
    }
    assert ("household_size", "no_members", False) in found(files.household())


def test_doubles_and_generations() -> None:
    size = files.household(household_size="2")
    again = {"member_no": "1", "cccd": "006080123456", "relation": "other"}

    assert found(size, files.member(cccd="006080123456"), files.member("A1-2", **again)) == {
        ("members.1.member_no", "duplicate_member_no", False),
        ("members.1.cccd", "duplicate_cccd", False),
        ("members.1.full_name", "same_person_twice", True),
    }
    assert found(size, files.member(), files.spouse(relation="child", birth_date="1970")) == {
        ("members.1.birth_date", "generation_doubtful", True)
    }
    three = files.household(household_size="3")
    assert found(
        three, files.member(), files.spouse(), files.spouse(member_no="3", birth_date="1983")
    ) == {("members.2.relation", "several_spouses", True)}


def test_the_member_of_a_problem_is_told() -> None:
    problems = check_survey(
        values(HOUSEHOLD_COLUMNS, files.household()),
        [values(MEMBER_COLUMNS, files.member(sex=""))],
        as_of=AS_OF,
    )

    assert [problem.member_index for problem in problems] == [0]
    assert HOUSEHOLD_COLUMN["area"].codes == ("rural", "urban")
