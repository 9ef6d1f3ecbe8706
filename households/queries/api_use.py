"""How much the open data of the API is asked for."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, Sum

from households import clock
from households.models import ApiUse

DAYS: Final = 30
_TOO_MANY: Final = 429


@dataclass(frozen=True)
class OpenUse:
    """Calls without a token of the last DAYS days; `refused` had too many in a minute."""

    calls: int
    refused: int


def of_open_data() -> OpenUse:
    """As far as the job wrote it down. One query."""
    since = clock.today() - dt.timedelta(days=DAYS)
    found = ApiUse.objects.filter(token__isnull=True, day__gt=since).aggregate(
        total=Sum("calls", default=0),
        too_many=Sum("calls", filter=Q(status=_TOO_MANY), default=0),
    )
    return OpenUse(calls=found["total"], refused=found["too_many"])
