"""Households that wait for their form, as the sheets that the import reads: who they are is filled
in, the answers are blank."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django.db import connection

from households.choices import Relation, TraitKind
from households.exchange import review_files, review_rows
from households.exchange.columns import Column
from households.exchange.own_keys import sql_household_key, sql_person_key
from households.exchange.review_rows import Row, Scope

_KEY: Final = sql_household_key("k.household_id")
_SETTLEMENT: Final = f"""
  (SELECT lower(t.value) FROM households_areatrait t
   WHERE t.kind = '{TraitKind.SETTLEMENT.value}' AND t.area_id IN (v.id, c.id)
     AND t.valid_from <= %(as_of)s AND (t.valid_to IS NULL OR t.valid_to >= %(as_of)s)
   ORDER BY t.area_id = v.id DESC LIMIT 1)"""
_HOUSEHOLD: Final = {
    "household_id": _KEY,
    "review_year": "%(year)s",
    "as_of": "to_char(%(as_of)s::date, 'YYYY-MM-DD')",
    "province_code": "%(province_code)s",
    "district_code": "d.code",
    "district": "d.name",
    "commune_code": "c.code",
    "commune": "c.name",
    "area": _SETTLEMENT,
    "village": "v.name",
    "head_name": "k.head_name",
    "ethnic_group": "(SELECT g.name FROM households_membership m"
    " JOIN households_person p ON p.id = m.person_id"
    " JOIN households_ethnicgroup g ON g.id = p.ethnic_group_id"
    " WHERE m.household_id = k.household_id AND m.valid_to IS NULL"
    f" AND m.relation = '{Relation.HEAD.value}' LIMIT 1)",
    "household_size": "(SELECT count(*) FROM households_membership m"
    " WHERE m.household_id = k.household_id AND m.valid_to IS NULL)",
}
_HEAD_FIRST: Final = f"m.relation <> '{Relation.HEAD.value}', m.id"
_MEMBER: Final = {
    "member_id": sql_person_key("p.id"),
    "household_id": _KEY,
    "member_no": f"row_number() OVER (PARTITION BY k.household_id ORDER BY {_HEAD_FIRST})",
    "full_name": "p.full_name",
    "sex": "p.sex",
    "birth_date": "to_char(p.birth_date, CASE p.birth_precision"
    " WHEN 'YEAR' THEN 'YYYY' ELSE 'YYYY-MM-DD' END)",
    "relation": "lower(m.relation)",
    "ethnic_group": "g.name",
}
_FROM: Final = """
FROM households_householdcard k
JOIN households_area v ON v.id = k.village_id
JOIN households_area c ON c.id = v.parent_id
LEFT JOIN households_area d ON d.id = c.parent_id AND d.level = 'DISTRICT'
"""
_MEMBERS: Final = """
JOIN households_membership m ON m.household_id = k.household_id AND m.valid_to IS NULL
JOIN households_person p ON p.id = m.person_id
LEFT JOIN households_ethnicgroup g ON g.id = p.ethnic_group_id
"""
_WHERE: Final = "WHERE k.household_id = ANY(%(ids)s)"
_ORDER: Final = "ORDER BY v.folded_name, v.id, k.household_id"


def write(path: Path, scope: Scope, ids: Sequence[int]) -> None:
    """A workbook of these households, without personal numbers: members come back by their keys."""
    households = review_rows.household_columns(scope)
    members = review_rows.member_columns(with_numbers=False)
    with review_rows.one_moment():
        review_files.write_sheets(
            path,
            households,
            _rows(households, _HOUSEHOLD, f"{_FROM} {_WHERE} {_ORDER}", scope, ids),
            members,
            _rows(
                members, _MEMBER, f"{_FROM} {_MEMBERS} {_WHERE} {_ORDER}, {_HEAD_FIRST}", scope, ids
            ),
        )


def _rows(
    columns: Sequence[Column],
    known: dict[str, str],
    rest: str,
    scope: Scope,
    ids: Sequence[int],
) -> Iterator[Row]:
    cells = ", ".join(known.get(one.name, "NULL::text") for one in columns)
    given: dict[str, Any] = {
        "ids": list(ids),
        "year": scope.round.year,
        "as_of": scope.round.as_of,
        "province_code": scope.round.province.code,
        "source": scope.source,
    }
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {cells} {rest}", given)
        yield from cursor
