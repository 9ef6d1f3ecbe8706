"""Two temporary tables with the columns that compiled rules read, and households put into them.

The rules are tried on real PostgreSQL without Django's models: what they need of the tables is
written here, and a test of the models holds those to the same names.
"""

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from psycopg2 import extensions
from psycopg2.extras import execute_values

from households.scoring import (
    HouseholdFacts,
    MemberFacts,
    PointTable,
    Result,
    Standard,
    compile_assessments_sql,
)

TABLES = """
CREATE TEMP TABLE households_survey (
  id bigint PRIMARY KEY, as_of date NOT NULL, settlement varchar(5) NOT NULL,
  province_code varchar(2) NOT NULL, household_size smallint,
  income_per_capita_month_vnd bigint, floor_area_m2 numeric(9, 3),
  wall_durable boolean, column_durable boolean, roof_durable boolean, water_clean boolean,
  toilet_hygienic boolean, has_tv boolean, has_radio boolean, has_desktop boolean,
  has_phone boolean, has_laptop boolean, has_tablet boolean, has_smartphone boolean,
  no_labour boolean, b1_answers jsonb NOT NULL, b1_points_paper smallint,
  b2_points_paper smallint, class_paper varchar(10) NOT NULL);
CREATE TEMP TABLE households_surveymember (
  survey_id bigint NOT NULL, member_no smallint NOT NULL, full_name varchar(120) NOT NULL,
  sex varchar(1) NOT NULL, birth_date date, relation varchar(20) NOT NULL,
  employment varchar(20) NOT NULL, attending_level varchar(20) NOT NULL,
  highest_qualification varchar(20) NOT NULL, able_to_work boolean, has_labour_contract boolean,
  disabled boolean, monthly_social_assistance boolean, malnourished_height boolean,
  malnourished_weight boolean, health_insurance_valid boolean, in_training boolean,
  uses_internet boolean, merit boolean, pension boolean, UNIQUE (survey_id, member_no));
"""

SURVEY_COLUMNS = tuple(field.name for field in fields(HouseholdFacts) if field.name != "members")
MEMBER_COLUMNS = tuple(field.name for field in fields(MemberFacts))
RESULT_COLUMNS = (
    "deprived_bits",
    "unknown_bits",
    "deprivations",
    "income_basis",
    "income_vnd",
    "b1_points",
    "b2_points",
    "poverty_class",
)


def replace_households(
    connection: extensions.connection, households: Sequence[HouseholdFacts]
) -> None:
    """Empties both tables and fills them; survey ids are the places in the sequence."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE households_survey, households_surveymember")
        surveys = [
            (number, *(_stored(getattr(facts, name)) for name in SURVEY_COLUMNS))
            for number, facts in enumerate(households)
        ]
        members = [
            (number, *(getattr(member, name) for name in MEMBER_COLUMNS))
            for number, facts in enumerate(households)
            for member in facts.members
        ]
        execute_values(
            cursor,
            f"INSERT INTO households_survey (id, {', '.join(SURVEY_COLUMNS)}) VALUES %s",
            surveys,
        )
        if members:
            execute_values(
                cursor,
                "INSERT INTO households_surveymember "
                f"(survey_id, {', '.join(MEMBER_COLUMNS)}) VALUES %s",
                members,
            )


def _stored(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


def scored_by_sql(
    connection: extensions.connection,
    standard: Standard,
    point_table: PointTable | None,
    *,
    survey_filter_sql: str = "TRUE",
    **filter_values: Any,
) -> dict[int, dict[str, Any]]:
    """What the compiled SELECT says, by survey id and column."""
    sql, values = compile_assessments_sql(
        standard, point_table, survey_filter_sql=survey_filter_sql
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {**values, **filter_values})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row.pop("survey_id"): row for row in rows}


def as_row(result: Result) -> dict[str, Any]:
    """The interpreter's result in the columns of the SELECT."""
    return {name: getattr(result, name) for name in RESULT_COLUMNS}
