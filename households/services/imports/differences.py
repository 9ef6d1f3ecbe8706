"""What an import would change, field by field: for its sender to look at before it is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from households.models.personal_id import decrypt_personal_id
from households.services.imports.changes import MERGED_ANSWERS, Brought

#: Looked at on a page; more than these are counted, not told.
MOST_HOUSEHOLDS: Final = 1_000
_NAMES: Final = {
    "ethnic_group_id": "(SELECT e.name FROM households_ethnicgroup e WHERE e.id = {0})",
    "village_id": "(SELECT a.name FROM households_area a WHERE a.id = {0})",
    "commune_id": "(SELECT a.name FROM households_area a WHERE a.id = {0})",
}
#: Villages that the file brings are not in the register before it is written.
_BECOMES: Final = {"village_id": "h.village", "commune_id": "coalesce(h.commune, '')"}
_SHOWN_DIGITS: Final = 3


@dataclass
class Difference:
    """One household that exists and would change. `fields` are (column, was, becomes) of its form;
    `members` the same for each member, by name, with what becomes of him: new, gone, changed."""

    line: int
    key: str
    head_name: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    members: list[tuple[str, str, list[tuple[str, str, str]]]] = field(default_factory=list)


def read(households: Brought, members: Brought, questions: list[str]) -> list[Difference]:
    """To be called once changes are found and before they are written. Four queries, whatever the
    size of the file; the first thousand households."""
    found = {
        line: Difference(line, key, head)
        for line, key, head in _rows(
            f"""
            SELECT t.line, t.key, h.head_name
            FROM staged_survey t JOIN staged_household h USING (line)
            WHERE NOT t.is_new AND t.is_changed ORDER BY t.line LIMIT {MOST_HOUSEHOLDS}
            """
        )
    }
    if not found:
        return []
    lines = {"lines": list(found), "questions": questions}
    for line, column, was, becomes in _rows(_of_forms(households), lines):
        found[line].fields.append((column, was or "", becomes or ""))
    changed: dict[tuple[int, str], list[tuple[str, str, str]]] = {}
    for line, name, column, was, becomes in _rows(_of_members(members), lines):
        shown = (_shown(column, was), _shown(column, becomes))
        changed.setdefault((line, name), []).append((column, *shown))
    for (line, name), fields in changed.items():
        found[line].members.append((name, "changed", fields))
    for line, name, what in _rows(_CAME_AND_WENT, lines):
        found[line].members.append((name, what, []))
    return list(found.values())


def _rows(sql: str, parameters: dict[str, Any] | None = None) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or {})
        yield from cursor.fetchall()


def _pairs(brought: Brought, stored: str) -> str:
    """SQL: a row (column, was, becomes) for each column, as text."""
    pairs = []
    for name, value in zip(brought.names, brought.values, strict=True):
        told = _NAMES.get(name, "({0})::text")
        becomes = _BECOMES.get(name) or told.format(value)
        pairs.append(f"('{name}', {told.format(f'{stored}.{name}')}, {becomes})")
    return ", ".join(pairs)


def _of_forms(households: Brought) -> str:
    return f"""
    SELECT t.line, d.name, d.was, d.becomes
    FROM staged_survey t
    JOIN staged_household h USING (line)
    JOIN households_survey s ON s.id = t.survey_id
    CROSS JOIN LATERAL (VALUES {_pairs(households, "s")},
                               ('b1_answers', s.b1_answers::text, ({MERGED_ANSWERS})::text)
    ) AS d(name, was, becomes)
    WHERE t.line = ANY(%(lines)s) AND coalesce(d.was, '') <> coalesce(d.becomes, '')
    ORDER BY t.line
    """


def _of_members(members: Brought) -> str:
    return f"""
    SELECT t.line, m.full_name, d.name, d.was, d.becomes
    FROM staged_row w
    JOIN staged_survey t USING (survey_id)
    JOIN staged_member m ON m.line = w.line
    JOIN households_surveymember r ON r.id = w.row_id
    CROSS JOIN LATERAL (VALUES {_pairs(members, "r")}) AS d(name, was, becomes)
    WHERE t.line = ANY(%(lines)s) AND w.is_changed AND d.was IS DISTINCT FROM d.becomes
    ORDER BY t.line, w.line
    """


_CAME_AND_WENT: Final = """
SELECT t.line, m.full_name, 'new' FROM staged_row w
JOIN staged_survey t USING (survey_id) JOIN staged_member m ON m.line = w.line
WHERE t.line = ANY(%(lines)s) AND w.row_id IS NULL
UNION ALL
SELECT t.line, r.full_name, 'gone' FROM gone_row g
JOIN staged_survey t USING (survey_id) JOIN households_surveymember r ON r.id = g.id
WHERE t.line = ANY(%(lines)s)
ORDER BY 1
"""


def _shown(column: str, value: str | None) -> str:
    """A personal number by its last digits."""
    if column in ("personal_id", "old_number") and value:
        number = decrypt_personal_id(bytes.fromhex(value.removeprefix("\\x")))
        return "•" * (len(number) - _SHOWN_DIGITS) + number[-_SHOWN_DIGITS:]
    return value or ""
