"""The good rows only: households with an error, in their row or a member's, are left out whole."""

from collections.abc import Collection
from typing import Final

from django.db import connection

_DROPPED: Final = (
    "DELETE FROM staged_household WHERE household_id = ANY(%(keys)s) OR household_id IS NULL",
    "DELETE FROM staged_member WHERE household_id = ANY(%(keys)s) OR household_id IS NULL",
    # What was wrong with cells of rows that are gone is told already.
    """
    DELETE FROM staged_problem p WHERE p.line > %(first)s AND (
      (p.file = 0 AND NOT EXISTS (SELECT 1 FROM staged_household h WHERE h.line = p.line))
      OR (p.file = 1 AND NOT EXISTS (SELECT 1 FROM staged_member m WHERE m.line = p.line)))
    """,
)

_IN_ERROR: Final = """
SELECT h.household_id FROM staged_problem p
JOIN staged_household h ON p.file = 0 AND h.line = p.line
WHERE NOT p.is_warning AND h.household_id IS NOT NULL
UNION
SELECT m.household_id FROM staged_problem p
JOIN staged_member m ON p.file = 1 AND m.line = p.line
WHERE NOT p.is_warning AND m.household_id IS NOT NULL
"""


def leave_out(keys: Collection[str]) -> None:
    """Take the households with these keys, and rows that say no key, out of the staged rows. Three
    statements."""
    with connection.cursor() as cursor:
        for statement in _DROPPED:
            cursor.execute(statement, {"keys": sorted(keys), "first": 1})


def in_error() -> list[str]:
    """The keys of the households that have an error. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_ERROR)
        return [key for (key,) in cursor.fetchall()]
