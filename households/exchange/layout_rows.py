"""The rows of an output layout, as they stream from the database."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection

from households.choices import AreaLevel, CertificateState, PovertyClass, Relation, SurveyState
from households.choices.layouts import LayoutWhom, RowKind
from households.choices.returns import AnswerKind, ReturnState
from households.exchange.layout_fields import FIELDS, ROW_NUMBER, LayoutColumn
from households.exchange.sheets import Cell, Head
from households.models import Area
from households.models.personal_id import decrypt_personal_id, mask_personal_id

#: In the order of their joining; only what a layout shows is joined.
_JOINS: Final = {
    "province": "LEFT JOIN households_area p ON p.id = split_part(v.path, '.', 1)::bigint",
    "district": "LEFT JOIN households_area d"
    f" ON d.id = c.parent_id AND d.level = '{AreaLevel.DISTRICT.value}'",
    "decision": "LEFT JOIN households_recognitiondecision rd ON rd.id = sp.decision_in_id",
    "certificate": "LEFT JOIN households_certificate ce"
    f" ON ce.household_id = h.id AND ce.state = '{CertificateState.IN_FORCE.value}'",
    "head": f"""LEFT JOIN LATERAL (
      SELECT q.* FROM households_membership x JOIN households_person q ON q.id = x.person_id
      WHERE x.household_id = h.id AND x.relation = '{Relation.HEAD.value}'
        AND x.valid_from <= %(today)s AND (x.valid_to IS NULL OR x.valid_to >= %(today)s)
      LIMIT 1) hp ON true""",
    "survey": f"""LEFT JOIN LATERAL (
      SELECT f.* FROM households_survey f
      WHERE f.household_id = h.id AND f.state = '{SurveyState.COMPLETE.value}'
      ORDER BY f.as_of DESC, f.id DESC LIMIT 1) s ON true""",
    "ethnic": "LEFT JOIN households_ethnicgroup g ON g.id = s.ethnic_group_id",
    "answers": "LEFT JOIN households_surveymember m ON m.survey_id = s.id AND m.person_id = pe.id",
    "member_ethnic": "LEFT JOIN households_ethnicgroup ge ON ge.id = pe.ethnic_group_id",
}
_FROM: Final = """
FROM households_householdcard card
JOIN households_household h ON h.id = card.household_id
JOIN households_area v ON v.id = card.village_id
JOIN households_area c ON c.id = v.parent_id
LEFT JOIN households_statusperiod sp ON sp.household_id = h.id AND sp.list_owner_id IS NULL
  AND sp.valid_from <= %(today)s AND (sp.valid_to IS NULL OR sp.valid_to >= %(today)s)
"""
_MEMBERS: Final = """
JOIN households_membership ms ON ms.household_id = h.id
  AND ms.valid_from <= %(today)s AND (ms.valid_to IS NULL OR ms.valid_to >= %(today)s)
JOIN households_person pe ON pe.id = ms.person_id
"""
_WHERE: Final = """
WHERE NOT card.is_ended AND (v.id = %(area_id)s OR v.path LIKE %(below)s)
"""
#: The newest answer of a receiver under a heading of the layout.
_ANSWER: Final = f"""(SELECT {{value}} FROM households_layoutanswer a
  JOIN households_returnedrow rr ON rr.id = a.row_id
  JOIN households_layoutreturn lr ON lr.id = rr.returned_id
  WHERE lr.layout_id = %(layout_id)s AND lr.state = '{ReturnState.KEPT.value}' AND {{whom}}
    AND a.kind = '{{kind}}' AND a.heading = %(heading_{{at}})s
  ORDER BY lr.returned_on DESC, a.id DESC LIMIT 1)"""
_VALUES: Final = {
    AnswerKind.TEXT: "a.text_value", AnswerKind.CODE: "a.text_value",
    AnswerKind.NUMBER: "trim_scale(a.number_value)", AnswerKind.DAY: "a.day_value",
}  # fmt: skip
_OF_WHOM: Final = {
    RowKind.HOUSEHOLD.value: "a.household_id = h.id AND a.person_id IS NULL",
    RowKind.MEMBER.value: "a.person_id = pe.id",
}
_WHOM: Final = {
    LayoutWhom.ALL.value: "",
    LayoutWhom.LISTED.value: "AND sp.id IS NOT NULL",
    LayoutWhom.POOR.value: f"AND sp.poverty_class = '{PovertyClass.POOR.value}'",
    LayoutWhom.NEAR_POOR.value: f"AND sp.poverty_class = '{PovertyClass.NEAR_POOR.value}'",
}
_ORDER: Final = "c.folded_name, c.id, v.folded_name, v.id, card.folded_head_name, h.id"
_WITHIN: Final = f", ms.relation <> '{Relation.HEAD.value}', pe.birth_date, pe.id"


@dataclass(frozen=True, slots=True)
class Taking:
    """One layout taken out for an area on a day. `with_numbers`: personal numbers in full, else
    their last digits. `source` names whose keys are written, `layout_id` whose answers."""

    columns: Sequence[LayoutColumn]
    row_kind: str
    whom: str
    area: Area
    today: dt.date
    source: str
    with_numbers: bool = False
    layout_id: int | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "area_id": self.area.pk,
            "below": f"{self.area.inner_path}%",
            "today": self.today,
            "source": self.source,
            "layout_id": self.layout_id,
            **{f"heading_{at}": one.heading for at, one in enumerate(self.columns)},
        }

    @property
    def has_numbers(self) -> bool:
        return any(FIELDS[one.field].is_number for one in self.columns)


def heads(columns: Sequence[LayoutColumn]) -> list[Head]:
    """A column whose codes are other words is text, whatever it held."""
    return [
        Head(
            one.heading,
            Cell.TEXT if one.codes else FIELDS[one.field].cell,
            max(10, min(32, len(one.heading) + 4)),
        )
        for one in columns
    ]


def counted(taking: Taking) -> tuple[int, int]:
    """How many rows, and of how many households. One query."""
    sql = f"SELECT count(*), count(DISTINCT h.id) {_tables(taking, joined=())} {_where(taking)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, taking.parameters)
        rows, households = cursor.fetchone()
    return int(rows), int(households)


def rows(taking: Taking, *, most: int | None = None) -> Iterator[list[object]]:
    """By commune, village and head, members with the head first; `most` only the first ones."""
    order = _ORDER + (_WITHIN if taking.row_kind == RowKind.MEMBER else "")
    limit = f"LIMIT {most}" if most else ""
    cells, tables = _shown(taking)
    sql = f"SELECT {cells} {tables} {_where(taking)} ORDER BY {order} {limit}"
    writers = [_writer(one, taking) for one in taking.columns]
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, taking.parameters)
        for number, row in enumerate(cursor, start=1):
            yield [
                number if write is None else write(cell)
                for write, cell in zip(writers, row, strict=True)
            ]


def rows_by_id(taking: Taking, ids: Sequence[int]) -> dict[int, list[object]]:
    """The rows of these households (of a layout of members: of these persons) by their id; who has
    none in the area today is left out. One query."""
    cells, tables = _shown(taking)
    subject = "pe.id" if taking.row_kind == RowKind.MEMBER else "h.id"
    sql = f"SELECT {subject}, {cells} {tables} {_where(taking)} AND {subject} = ANY(%(ids)s)"
    writers = [_writer(one, taking) for one in taking.columns]
    with connection.cursor() as cursor:
        cursor.execute(sql, {**taking.parameters, "ids": list(ids)})
        return {
            row[0]: [
                None if write is None else write(cell)
                for write, cell in zip(writers, row[1:], strict=True)
            ]
            for row in cursor.fetchall()
        }


def _shown(taking: Taking) -> tuple[str, str]:
    """SQL: the cells of a row, and the tables they are of."""
    fields = [FIELDS[one.field] for one in taking.columns]
    cells = [
        _ANSWER.format(
            value=_VALUES[one.answer], whom=_OF_WHOM[taking.row_kind], kind=one.answer.value, at=at
        )
        if one.answer
        else one.sql
        for at, one in enumerate(fields)
    ]
    joined = {join for one in fields for join in one.joins}
    return ", ".join(cells), _tables(taking, joined=joined)


def _tables(taking: Taking, *, joined: Any) -> str:
    members = _MEMBERS if taking.row_kind == RowKind.MEMBER else ""
    return " ".join([_FROM, members, *(sql for name, sql in _JOINS.items() if name in joined)])


def _where(taking: Taking) -> str:
    return f"{_WHERE} {_WHOM[taking.whom]}"


def _writer(column: LayoutColumn, taking: Taking) -> Callable[[Any], object] | None:
    """What a stored value is written as; None for the row's number."""
    if column.field == ROW_NUMBER:
        return None
    if FIELDS[column.field].is_number:
        return lambda stored: _number(stored, taking.with_numbers)
    codes = column.codes
    if not codes:
        return lambda value: value
    return lambda value: value if value is None else codes.get(str(value), value)


def _number(stored: Any, is_whole: bool) -> str | None:
    if stored is None:
        return None
    number = decrypt_personal_id(stored)
    return number if is_whole else mask_personal_id(number)


def masked(taking: Taking) -> Taking:
    """The same without whole personal numbers, for the screen."""
    return replace(taking, with_numbers=False)
