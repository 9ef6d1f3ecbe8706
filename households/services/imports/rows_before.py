"""What an act did to rows, read from their acts and history, and turned back."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import models

#: Rows that the act changed or took away, as they were before it; what it made has no before.
_BEFORE: Final = """
CREATE TEMP TABLE row_before ON COMMIT DROP AS
SELECT DISTINCT ON (table_name, row_id) table_name, row_id, row, id AS history_id
FROM households_rowhistory
WHERE act_id = %(act)s ORDER BY table_name, row_id, id;
DELETE FROM row_before WHERE (row ->> 'act_id')::bigint = %(act)s;
CREATE INDEX ON row_before (table_name, row_id);
ANALYZE row_before
"""


def take(cursor: Any, given: dict[str, Any]) -> None:
    """Fill row_before for the act `given` names."""
    cursor.execute("DROP TABLE IF EXISTS row_before")
    cursor.execute(_BEFORE, given)


def put_back(cursor: Any, given: dict[str, Any], written: Sequence[type[models.Model]]) -> None:
    """What the act made in these tables goes, what it changed or took away is as before: the first
    of `written` goes first and comes back last. Two statements each. Raises IntegrityError where
    something else points at what goes."""
    for model in written:
        table = model._meta.db_table
        cursor.execute(
            f"""
            DELETE FROM {table} WHERE act_id = %(act)s
               OR id IN (SELECT row_id FROM row_before WHERE table_name = '{table}')
            """,
            given,
        )
    for model in reversed(written):
        table = model._meta.db_table
        columns = ", ".join(
            str(field.column)
            for field in model._meta.concrete_fields
            if not getattr(field, "generated", False)
        )
        cursor.execute(
            f"""
            INSERT INTO {table} ({columns})
            SELECT {columns} FROM row_before b, jsonb_populate_record(NULL::{table}, b.row)
            WHERE b.table_name = '{table}' ORDER BY b.row_id
            """
        )
