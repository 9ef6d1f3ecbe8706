"""The complete forms of a round as rows of the exchange format, streamed from the database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from households.choices import AreaLevel, BirthPrecision, SurveyState
from households.exchange.columns import (
    B1_PREFIX,
    HOUSEHOLD_COLUMNS,
    MEMBER_COLUMNS,
    Column,
    Kind,
)
from households.exchange.own_keys import sql_household_key, sql_person_key
from households.models import Area, ReviewRound
from households.models.personal_id import decrypt_personal_id

Row = Sequence[object]

#: Columns that are no field of the form: where its expression stands.
_PLACES: Final = {
    "household_id": sql_household_key("s.household_id"),
    "member_id": sql_person_key("m.person_id"),
    "review_year": "r.year",
    "province_code": "s.province_code",
    "district_code": "d.code",
    "district": "d.name",
    "commune_code": "c.code",
    "commune": "c.name",
    "village": "v.name",
}
_FROM: Final = f"""
FROM households_survey s
JOIN households_reviewround r ON r.id = s.round_id
JOIN households_area v ON v.id = s.village_id
JOIN households_area c ON c.id = s.commune_id
LEFT JOIN households_area d ON d.id = c.parent_id AND d.level = '{AreaLevel.DISTRICT.value}'
"""
_WHERE: Final = f"""
WHERE s.round_id = %(round_id)s AND s.state = '{SurveyState.COMPLETE.value}'
  AND (v.id = %(area_id)s OR v.path LIKE %(below)s)
"""
_ORDER: Final = "c.code, c.id, v.folded_name, v.id, s.household_id"
_COUNT: Final = f"""
SELECT count(*), coalesce(sum(s.household_size), 0) FROM households_survey s
JOIN households_area v ON v.id = s.village_id {_WHERE}
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which forms: the complete ones of a round in an area, under the keys of a source. `questions`
    are the columns of the points that the round's table asks for."""

    round: ReviewRound
    area: Area
    source: str
    questions: tuple[Column, ...] = ()

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "round_id": self.round.pk,
            "area_id": self.area.pk,
            "below": f"{self.area.inner_path}%",
            "source": self.source,
        }


def counted(scope: Scope) -> tuple[int, int]:
    """How many households and members. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, scope.parameters)
        households, members = cursor.fetchone()
    return int(households), int(members)


def household_columns(scope: Scope) -> tuple[Column, ...]:
    return (*HOUSEHOLD_COLUMNS, *scope.questions)


def member_columns(*, with_numbers: bool) -> tuple[Column, ...]:
    """Without numbers the column is not there, so that a file that comes back empties none. Old
    numbers are no part of the format."""
    left_out = {Kind.OLD_NUMBER} if with_numbers else {Kind.OLD_NUMBER, Kind.PERSONAL_ID}
    return tuple(one for one in MEMBER_COLUMNS if one.kind not in left_out)


def household_rows(scope: Scope) -> Iterator[Row]:
    """In the order of household_columns, by commune and village."""
    cells = ", ".join(sql_cell(column, "s") for column in household_columns(scope))
    joined = f"{_FROM} LEFT JOIN households_ethnicgroup g ON g.id = s.ethnic_group_id"
    yield from _streamed(f"SELECT {cells} {joined} {_WHERE} ORDER BY {_ORDER}", scope)


def member_rows(scope: Scope, *, with_numbers: bool) -> Iterator[Row]:
    """In the order of member_columns, household by household as household_rows has them."""
    columns = member_columns(with_numbers=with_numbers)
    cells = ", ".join(sql_cell(column, "m") for column in columns)
    joined = f"""{_FROM} JOIN households_surveymember m ON m.survey_id = s.id
      LEFT JOIN households_ethnicgroup g ON g.id = m.ethnic_group_id"""
    rows = _streamed(f"SELECT {cells} {joined} {_WHERE} ORDER BY {_ORDER}, m.member_no", scope)
    if not with_numbers:
        yield from rows
        return
    at = [column.kind for column in columns].index(Kind.PERSONAL_ID)
    for row in rows:
        shown = list(row)
        shown[at] = decrypt_personal_id(row[at]) if row[at] is not None else None  # type: ignore[arg-type]
        yield shown


def _streamed(sql: str, scope: Scope) -> Iterator[Row]:
    """Through a cursor of the server: memory does not grow with the rows."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, scope.parameters)
        yield from cursor


@contextmanager
def one_moment() -> Iterator[None]:
    """Households and their members read as they were at one moment."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def sql_cell(column: Column, form: str) -> str:
    """SQL: the cell of a column as a file writes it. `form` is the table that has its field."""
    if column.name in _PLACES:
        return _PLACES[column.name]
    if column.field is None and column.name.startswith(B1_PREFIX):
        return f"s.b1_answers ->> '{column.name.removeprefix(B1_PREFIX)}'"
    field = f"{form}.{column.field}"
    if column.kind is Kind.CODE and column.choices is None:
        return field
    return _WRITTEN.get(column.kind, "{field}").format(field=field, form=form)


_WRITTEN: Final = {
    Kind.YES_NO: "CASE {field} WHEN true THEN 'Y' WHEN false THEN 'N' END",
    Kind.CODE: "CASE length({field}) WHEN 1 THEN {field} ELSE lower({field}) END",
    Kind.CODES: "CASE WHEN {field} <> '[]' THEN (SELECT string_agg(one, ';' ORDER BY place)"
    " FROM jsonb_array_elements_text({field}) WITH ORDINALITY AS listed (one, place)) END",
    Kind.DATE: "to_char({field}, 'YYYY-MM-DD')",
    Kind.BIRTH_DATE: "to_char({field}, CASE {form}.birth_precision"
    f" WHEN '{BirthPrecision.YEAR.value}' THEN 'YYYY' ELSE 'YYYY-MM-DD' END)",
    Kind.AREA_M2: "trim_scale({field})",
    Kind.ETHNIC_GROUP: "g.name",
}
