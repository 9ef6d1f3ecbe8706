"""The act: one transaction, one audit event, and every row written in it remembers it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

from households.models import Area, AuditEvent, Household, User
from households.models.triggers import CURRENT_ACT_SETTING

# The event and the setting that rows take it from, in one statement.
_BEGIN = """
WITH begun AS (
  INSERT INTO households_auditevent
    (by_id, verb, area_id, household_id, object_type, object_id, details, reason)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
)
SELECT id, coalesce(current_setting(%s, true), ''), set_config(%s, id::text, true) FROM begun
"""


@contextmanager
def act(
    *,
    by: User,
    verb: str,
    area: Area | None = None,
    household: Household | None = None,
    subject: models.Model | None = None,
    details: Mapping[str, Any] | None = None,
    reason: str = "",
    savepoint: bool = True,
) -> Iterator[AuditEvent]:
    """Run the block as one act of `by`: everything in it is written, or nothing, audit included.

    `verb` is stable and dotted ("survey.complete"); `details` holds plain JSON values without
    names or personal numbers. An act within an act is recorded on its own; rows carry the inner
    one. Within a transaction the block is a savepoint of its own; `savepoint` False where whoever
    holds the transaction lets every failure go through. Cost: two small statements.
    """
    event = AuditEvent(
        by=by,
        verb=verb,
        area=area,
        household=household,
        object_type=subject._meta.label_lower if subject else "",
        object_id=subject.pk if subject else None,
        details=dict(details or {}),
        reason=reason.replace("\x00", ""),  # typed freely; the database knows no NUL
    )
    with transaction.atomic(savepoint=savepoint):
        outer = _begin(event)
        # A failure rolls the setting back together with the transaction or its savepoint.
        yield event
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [CURRENT_ACT_SETTING, outer])


def _begin(event: AuditEvent) -> str:
    """Write the event and set it as the running act of this transaction; give back the one before
    ("" for none)."""
    with connection.cursor() as cursor:
        cursor.execute(
            _BEGIN,
            [
                event.by_id,
                event.verb,
                event.area_id,
                event.household_id,
                event.object_type,
                event.object_id,
                json.dumps(event.details),
                event.reason,
                CURRENT_ACT_SETTING,
                CURRENT_ACT_SETTING,
            ],
        )
        event.pk, outer, __ = cursor.fetchone()
    return str(outer)


def name_household(event: AuditEvent, household: Household) -> None:
    """Nothing of a written act may change, so an act that makes its household says so itself."""
    AuditEvent.objects.create(
        by=event.by, verb="household.create", area=event.area, household=household
    )
