"""The act: one transaction, one audit event, and every row written in it remembers it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

from households.models import Area, AuditEvent, Household, User
from households.models.triggers import CURRENT_ACT_SETTING


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
) -> Iterator[AuditEvent]:
    """Run the block as one act of `by`: everything in it is written, or nothing, audit included.

    `verb` is stable and dotted ("survey.complete"); `details` holds plain JSON values without
    names or personal numbers. An act within an act is recorded on its own; rows carry the inner
    one. Cost: three small statements.
    """
    with transaction.atomic():
        event = AuditEvent.objects.create(
            by=by,
            verb=verb,
            area=area,
            household=household,
            object_type=subject._meta.label_lower if subject else "",
            object_id=subject.pk if subject else None,
            details=dict(details or {}),
            reason=reason.replace("\x00", ""),  # typed freely; the database knows no NUL
        )
        outer = _set_current(str(event.pk))
        # A failure rolls the setting back together with the transaction or its savepoint.
        yield event
        _set_current(outer)


def _set_current(act_id: str) -> str:
    """Set the running act of this transaction; give back the one before ("" for none)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting(%s, true), ''), set_config(%s, %s, true)",
            [CURRENT_ACT_SETTING, CURRENT_ACT_SETTING, act_id],
        )
        before: str = cursor.fetchone()[0]
    return before


def name_household(event: AuditEvent, household: Household) -> None:
    """Nothing of a written act may change, so an act that makes its household says so itself."""
    AuditEvent.objects.create(
        by=event.by, verb="household.create", area=event.area, household=household
    )
