"""Database triggers shared by the models: history of changed rows, append-only tables."""

import pgtrigger
from django.db import models
from django.db.models import Func

#: The act (AuditEvent) that the running transaction belongs to; services set it.
CURRENT_ACT_SETTING = "povreg.act"


class CurrentAct(Func):
    """Id of the running act, or NULL outside of one. Used as a column default, so that bulk
    inserts and COPY carry it without being told."""

    template = "(NULLIF(current_setting('povreg.act', true), '')::bigint)"
    output_field = models.BigIntegerField()
    arity = 0


_KEEP_OLD_ROWS = """
INSERT INTO households_rowhistory (table_name, row_id, operation, row, act_id, at)
SELECT TG_TABLE_NAME, (to_jsonb(o) ->> 'id')::bigint, left(TG_OP, 1), to_jsonb(o),
       NULLIF(current_setting('povreg.act', true), '')::bigint, clock_timestamp()
FROM old_rows o;
RETURN NULL;
"""


def keeps_history() -> list[pgtrigger.Trigger]:
    """Two statement triggers that keep every row as it was before an UPDATE or DELETE.

    Statement-level and in the database, so bulk writes and raw SQL are caught too. An insert is
    not kept: the row itself carries the act that made it. PostgreSQL allows transition tables
    on one event per trigger only, hence two.
    """
    return [
        pgtrigger.Trigger(
            name=f"keep_{name}d_rows",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(old="old_rows"),
            func=_KEEP_OLD_ROWS,
        )
        for name, operation in (("update", pgtrigger.Update), ("delete", pgtrigger.Delete))
    ]


def append_only() -> list[pgtrigger.Trigger]:
    """Refuse UPDATE, DELETE and TRUNCATE, whoever asks."""
    refusal = "RAISE EXCEPTION 'povreg: % is append-only', TG_TABLE_NAME USING ERRCODE = '23514';"
    return [
        pgtrigger.Trigger(
            name="append_only",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
            func=refusal,
        )
    ]
