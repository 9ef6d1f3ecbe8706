"""Names that another system reads are on record, as those that leave a page are: who, whose names,
how many and what for."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from households.choices.api import ApiScope
from households.errors import Invalid, Refused
from households.models import ApiToken, Area, AuditEvent
from households.services import audit
from households.services.system_user import system_user

READ: Final = "list.api"
LONGEST_PURPOSE: Final = 300


def record(
    *,
    token: ApiToken,
    area: Area,
    asked: Mapping[str, Any],
    households: Collection[int],
    purpose: str,
) -> AuditEvent:
    """Write down that a page of names is given to a system, before it is. `asked` are codes and
    keys. The act names the households, so that each can be told who read of it.

    Raises Refused (no right to names), Invalid (purpose).
    """
    client = token.client
    if not {ApiScope.LISTS.value, ApiScope.NUMBERS.value} & set(client.scopes):
        raise Refused(_("The token does not have the right to ask this."))
    if not purpose.strip() or len(purpose) > LONGEST_PURPOSE:
        words = _("Write what the list is for.")
        raise Invalid(words, fields={"purpose": [words]})
    details = {
        "asked": dict(asked),
        "count": len(households),
        "households": sorted(households),
        "token": token.prefix,
        "agreement": client.agreement,
    }
    with audit.act(
        by=system_user(), verb=READ, area=area, subject=client, details=details,
        reason=purpose.strip(),
    ) as event:  # fmt: skip
        return event
