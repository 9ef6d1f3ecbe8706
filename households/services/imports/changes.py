"""What an import would change: the columns that a file brings, compared with what is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, models

from households.choices import SurveyOrigin, SurveyState
from households.exchange.columns import (
    B1_PREFIX,
    HOUSEHOLD_COLUMNS,
    MEMBER_COLUMNS,
    Column,
)
from households.models import Survey, SurveyMember
from households.services.imports.cells import staged_columns

#: Written by the import itself, never compared.
_OWN_OF_SURVEY: Final = (
    "id", "act", "uuid", "round", "household", "revision", "state", "origin", "province_code",
    "village", "commune", "surveyed_on", "surveyed_by", "asked_for_review", "form_a_answers",
    "b1_table", "b1_answers",
)  # fmt: skip
_OWN_OF_MEMBER: Final = ("id", "act", "survey", "person")


@dataclass(frozen=True, slots=True)
class Brought:
    """Columns of one table that the file brings: names, and the staged expressions for them.

    `defaults` are the literals for new rows of columns that the file leaves out.
    """

    names: tuple[str, ...]
    values: tuple[str, ...]
    defaults: tuple[tuple[str, str], ...]

    def differs(self, stored: str) -> str:
        """SQL: whether the stored row (alias) differs from the staged one."""
        there = ", ".join(f"{stored}.{name}" for name in self.names)
        return f"ROW({there}) IS DISTINCT FROM ROW({', '.join(self.values)})"

    def assignments(self) -> str:
        """SQL: the SET list of an UPDATE."""
        pairs = zip(self.names, self.values, strict=True)
        return ", ".join(f"{name} = {value}" for name, value in pairs)


def brought_by_households(present: set[str]) -> Brought:
    """What households.csv brings to Survey; staged_household is h, staged_survey t there."""
    brought = _brought(Survey, HOUSEHOLD_COLUMNS, "h", present, _OWN_OF_SURVEY)
    names, values = list(brought.names), list(brought.values)
    names += ["village_id", "commune_id", "province_code"]
    values += ["t.village_id", "t.commune_id", "h.province_code"]
    return Brought(tuple(names), tuple(values), brought.defaults)


def brought_by_members(present: set[str]) -> Brought:
    """What members.csv brings to SurveyMember; staged_member is m there."""
    return _brought(SurveyMember, MEMBER_COLUMNS, "m", present, _OWN_OF_MEMBER)


def answered_questions(present: Iterable[str]) -> list[str]:
    """Codes of the point questions that have a column in the file."""
    own = {column.name for column in HOUSEHOLD_COLUMNS}
    return [n.removeprefix(B1_PREFIX) for n in present if n.startswith(B1_PREFIX) and n not in own]


#: SQL: the stored answers (alias s) without those the file asks again, with the file's answers.
MERGED_ANSWERS: Final = (
    "((s.b1_answers - %(questions)s::text[]) || coalesce(h.b1_answers, '{}'::jsonb))"
)


def _brought(
    model: type[models.Model],
    columns: Sequence[Column],
    alias: str,
    present: set[str],
    own: tuple[str, ...],
) -> Brought:
    names, values, covered = [], [], set()
    for column in columns:
        if column.field is None or column.name not in present:
            continue
        covered.add(column.field)
        for staged, _sql_type in staged_columns(column):
            name = _stored_name(model, column, staged)
            if name is not None:
                names.append(name)
                values.append(_filled(model, name, f"{alias}.{staged}"))
    if "birth_date" in covered:
        covered.add("birth_precision")
    left_out = [
        field
        for field in model._meta.concrete_fields
        if field.name not in covered and field.name not in own
    ]
    defaults = tuple((str(field.column), _default(field)) for field in left_out)
    return Brought(tuple(names), tuple(values), defaults)


def _stored_name(model: type[models.Model], column: Column, staged: str) -> str | None:
    """The table's column that a staged column fills; None for one that only serves a check."""
    wanted = column.field if staged == column.name else staged
    for field in model._meta.concrete_fields:
        if wanted in (field.name, field.column):
            return str(field.column)
    return None


def _filled(model: type[models.Model], name: str, value: str) -> str:
    """Text and lists are never NULL in the register: an empty cell is an empty one."""
    field = next(field for field in model._meta.concrete_fields if field.column == name)
    can_be_empty = isinstance(field, (models.CharField, models.JSONField)) and not field.null
    return f"coalesce({value}, {_default(field)})" if can_be_empty else value


def _default(field: "models.Field") -> str:  # type: ignore[type-arg]
    if field.null:
        return "NULL"
    value = field.get_default()
    if value in ([], {}):
        return f"'{'[]' if value == [] else '{}'}'::jsonb"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return f"'{value or ''}'"


def find_changes(households: Brought, members: Brought, questions: list[str]) -> None:
    """Mark in staged_survey what is new or changed; prepare staged_row: the members' rows.

    A survey is changed when one of its brought columns differs, when a member came, went or
    differs, or when it was only a draft.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            DROP TABLE IF EXISTS staged_row, gone_row;
            CREATE TEMP TABLE staged_row ON COMMIT DROP AS
            SELECT sp.line, sp.survey_id, sp.person_id, r.id AS row_id,
                   r.id IS NOT NULL AND ({members.differs("r")}) AS is_changed
            FROM staged_person sp
            JOIN staged_member m USING (line)
            LEFT JOIN households_surveymember r
              ON NOT sp.in_new_survey AND r.survey_id = sp.survey_id
                 AND r.person_id = sp.person_id;
            CREATE TEMP TABLE gone_row ON COMMIT DROP AS
            SELECT r.id, r.survey_id FROM households_surveymember r
            JOIN staged_survey t ON t.survey_id = r.survey_id AND NOT t.is_new
            WHERE NOT EXISTS (SELECT 1 FROM staged_row w WHERE w.row_id = r.id);
            ANALYZE staged_row;
            """
        )
        cursor.execute(
            f"""
            UPDATE staged_survey t SET is_changed = true
            FROM households_survey s, staged_household h
            WHERE NOT t.is_new AND s.id = t.survey_id AND h.line = t.line
              AND (s.state <> '{SurveyState.COMPLETE.value}' OR {households.differs("s")}
                   OR s.b1_answers <> {MERGED_ANSWERS}
                   OR EXISTS (SELECT 1 FROM gone_row g WHERE g.survey_id = t.survey_id)
                   OR EXISTS (SELECT 1 FROM staged_row w WHERE w.survey_id = t.survey_id
                              AND (w.is_changed OR w.row_id IS NULL)))
            """,
            {"questions": questions},
        )
        cursor.execute("CREATE INDEX ON staged_row (survey_id)")


#: Households of the round, the file's members, and keys under which known persons are new.
COUNTED: Final = ("created", "updated", "unchanged", "members", "new_keys")


def counts() -> dict[str, int]:
    """What the import comes to, by the names in COUNTED."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FILTER (WHERE is_new),
                   count(*) FILTER (WHERE NOT is_new AND is_changed),
                   count(*) FILTER (WHERE NOT is_new AND NOT is_changed),
                   (SELECT count(*) FROM staged_member),
                   (SELECT count(*) FROM staged_person WHERE is_new_key AND NOT is_new)
            FROM staged_survey
            """
        )
        return dict(zip(COUNTED, cursor.fetchone(), strict=True))


#: What every imported survey is.
IMPORTED: Final = {
    "state": SurveyState.COMPLETE.value,
    "origin": SurveyOrigin.IMPORT.value,
}
