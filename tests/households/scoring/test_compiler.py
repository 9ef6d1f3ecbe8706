"""The SQL says of every household what the interpreter says, and nothing foreign gets into it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2 import extensions

from households.scoring import (
    DocumentError,
    HouseholdFacts,
    MemberFacts,
    PointTable,
    Standard,
    compile_assessments_sql,
    score,
)
from tests.households.scoring.random_households import households
from tests.households.scoring.shipped import STANDARDS, document, standard, table_of
from tests.households.scoring.survey_tables import as_row, replace_households, scored_by_sql
from tests.households.scoring.worked_cases import worked_cases


def provincial_standard() -> Standard:
    """A standard that turns every reading the other way and uses what the shipped ones do not."""
    changed = document("std_2022")
    changed["code"] = "std_provincial"
    lines, indicators = changed["lines"], {one["code"]: one for one in changed["indicators"]}
    for line in lines.values():
        line["inclusive"]["value"] = False
    indicators["dependents"]["parameters"]["more_than_share"]["value"] = False
    indicators["dependents"]["parameters"]["share"]["value"] = "33.4"
    indicators["dependents"]["parameters"]["elderly_without_allowance"]["value"] = True
    indicators["house_area"]["parameters"]["under_limit"]["value"] = False
    indicators["employment"]["parameters"]["working_age_below"]["value"] = 60
    indicators["employment"]["parameters"]["contract_needed"]["value"] = ["wage", "student"]
    indicators["adult_edu"]["parameters"]["young_attending_counts_from"]["value"] = "none"
    indicators["telecom"]["reading"]["test"] = {"fact": "uses_internet", "is_not": False}
    indicators["toilet"]["reading"]["value"] = True
    changed["class_rules"][0]["deprivations_from"] = 6
    changed["class_rules"].insert(
        1, changed["class_rules"][0] | {"code": "hard", "class": "AVERAGE", "deprivations_from": 4}
    )
    return Standard.from_document(changed)


PROVINCIAL = provincial_standard()


def pairs() -> list[tuple[Standard, PointTable | None]]:
    shipped = [(standard(code), table_of(code)) for code in STANDARDS]
    return [*shipped, (standard("std_2022"), None), (PROVINCIAL, None)]


def assert_equal(connection: extensions.connection, found: Sequence[HouseholdFacts]) -> None:
    replace_households(connection, found)
    for rules, table in pairs():
        by_sql = scored_by_sql(connection, rules, table)
        explained = {number: as_row(score(one, rules, table)) for number, one in enumerate(found)}
        assert by_sql == explained, rules.code


def test_worked_cases_come_out_the_same(survey_tables: extensions.connection) -> None:
    assert_equal(survey_tables, [case.facts for case in worked_cases()])


@given(st.lists(households(), min_size=1, max_size=12))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
        HealthCheck.function_scoped_fixture,
    ],
)
def test_any_households_come_out_the_same(
    survey_tables: extensions.connection, found: list[HouseholdFacts]
) -> None:
    assert_equal(survey_tables, found)


def test_the_filter_chooses_and_its_values_are_named(survey_tables: extensions.connection) -> None:
    replace_households(survey_tables, [case.facts for case in worked_cases()])
    chosen = scored_by_sql(
        survey_tables,
        standard("std_2022"),
        None,
        survey_filter_sql="s.id = ANY(%(ids)s) AND s.settlement = 'RURAL'",
        ids=[1, 3],
    )
    assert set(chosen) == {1, 3}


def test_the_columns_are_those_promised(survey_tables: extensions.connection) -> None:
    sql, values = compile_assessments_sql(
        standard("std_2022"), table_of("std_2022"), survey_filter_sql="TRUE"
    )
    with survey_tables.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE promised AS {sql}", values)
        cursor.execute(
            "SELECT attname, atttypid::regtype::text FROM pg_attribute "
            "WHERE attrelid = 'promised'::regclass AND attnum > 0 ORDER BY attnum"
        )
        columns = dict(cursor.fetchall())
        cursor.execute("DROP TABLE promised")
    assert columns == {
        "survey_id": "bigint",
        "deprived_bits": "integer",
        "unknown_bits": "integer",
        "deprivations": "smallint",
        "income_basis": "text",
        "income_vnd": "bigint",
        "b1_points": "integer",
        "b2_points": "integer",
        "poverty_class": "text",
    }


def test_more_member_tests_than_fit_one_number(survey_tables: extensions.connection) -> None:
    """Twenty indicators, each with a member test of its own, and the bits stay apart."""
    many = document("std_2022")
    base = many["indicators"][0]
    many["indicators"] = [
        {
            "code": f"older_than_{years}",
            "dimension": base["dimension"],
            "name": base["name"],
            "reading_stated": base["reading_stated"],
            "reading": {"form": "any_member", "test": {"age_from": years}},
        }
        for years in range(20, 80, 3)
    ]
    rules = Standard.from_document(many)
    found = [case.facts for case in worked_cases()[:40]]
    replace_households(survey_tables, found)
    assert scored_by_sql(survey_tables, rules, None) == {
        number: as_row(score(one, rules, None)) for number, one in enumerate(found)
    }


def test_a_table_of_another_standard_is_refused() -> None:
    with pytest.raises(ValueError, match="not of standard"):
        compile_assessments_sql(
            standard("std_2016"), table_of("std_2022"), survey_filter_sql="TRUE"
        )


HOSTILE = "x'; DROP TABLE households_survey; --"


@pytest.mark.parametrize(
    ("indicator", "reading"),
    [
        ("water", {"form": "fact_is", "fact": HOSTILE, "value": False}),
        ("water", {"form": "none_of_facts", "facts": ["has_tv", HOSTILE]}),
        (
            "water",
            {"form": "threshold", "fact": HOSTILE, "per": "member", "limit": 8, "strict": True},
        ),
        ("water", {"form": "any_member", "test": {"fact": HOSTILE, "is": True}}),
        ("water", {"form": "any_member", "test": {"fact": "employment", "is": HOSTILE}}),
        ("water", {"form": "any_member", "test": {"age_from": HOSTILE}}),
        ("water", {"form": "level_by_age", "level_of": HOSTILE, "bands": []}),
    ],
)
def test_a_document_cannot_smuggle_in_sql(indicator: str, reading: dict[str, Any]) -> None:
    changed = document("std_2022")
    next(one for one in changed["indicators"] if one["code"] == indicator)["reading"] = reading
    with pytest.raises(DocumentError):
        Standard.from_document(changed)


def test_codes_of_a_point_table_are_bound_not_written() -> None:
    table = document("std_2022_sample")
    table["variant_by_province"] = {HOSTILE: "NT2"}
    sql, values = compile_assessments_sql(
        standard("std_2022"), PointTable.from_document(table), survey_filter_sql="TRUE"
    )
    assert "DROP TABLE" not in sql
    assert [HOSTILE] in values.values()


def test_a_level_below_the_lowest_never_holds(survey_tables: extensions.connection) -> None:
    """PROVINCIAL asks at 16-17 for attending less than "none": nobody, asked or not."""
    born = date(2008, 1, 1)
    silent = MemberFacts(member_no=1, birth_date=born, highest_qualification="primary")
    facts = HouseholdFacts(
        as_of=date(2024, 10, 1), settlement="RURAL", members=(silent,), household_size=1
    )
    assert_equal(survey_tables, [facts])
    found = {one.code: one.deprived for one in score(facts, PROVINCIAL, None).indicators}
    assert found["adult_edu"] is False
