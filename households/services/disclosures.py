"""A list with names that leaves the screen is recorded: who, which filter, how many, what for."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from households.choices import Purpose
from households.errors import Invalid
from households.models import AuditEvent, User
from households.services import audit

PRINT: Final = "list.print"
DOWNLOAD: Final = "list.download"
PAPER: Final = "paper.print"


def record(
    *, verb: str, filters: Mapping[str, Any], count: int, purpose: Purpose, note: str, by: User
) -> AuditEvent:
    """Write down that a list is printed or downloaded, before it is. `filters` holds codes and
    keys, never words that were searched (they may be names). `note` says more; needed for OTHER.

    Raises Invalid (note).
    """
    if purpose is Purpose.OTHER and not note.strip():
        words = _("Write what the list is for.")
        raise Invalid(words, fields={"note": [words]})
    details = {"filters": dict(filters), "count": count, "purpose": purpose.value}
    with audit.act(by=by, verb=verb, details=details, reason=note.strip()) as event:
        return event
