"""From when on the register knows a commune's official list: who is not on it is then not poor."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Min

from households.models import AreaChange, RecognitionDecision


def lists_since(communes: Collection[int], on: dt.date) -> dict[int, dt.date | None]:
    """For each commune the first day of its first decided list; of a commune made of others the
    day since which the lists of all of them are known, if that is earlier. None: not known on the
    day. Two queries."""
    made_of: defaultdict[int, set[int]] = defaultdict(set)
    for old, new in AreaChange.objects.filter(changed_on__lte=on).values_list(
        "from_area", "to_area"
    ):
        if new is not None and new != old:
            made_of[new].add(old)
    decided = RecognitionDecision.objects.on_lists().filter(effective_from__lte=on)
    firsts = dict(decided.values_list("commune").annotate(first=Min("effective_from")).order_by())
    return {commune: _since(commune, firsts, made_of, set()) for commune in communes}


def _since(
    commune: int,
    firsts: dict[int, dt.date],
    made_of: dict[int, set[int]],
    seen: set[int],
) -> dt.date | None:
    own = firsts.get(commune)
    parts = made_of.get(commune, set()) - seen
    if not parts:
        return own
    told = [_since(part, firsts, made_of, seen | {commune}) for part in parts]
    earlier = [day for day in told if day is not None]
    of_parts = max(earlier) if len(earlier) == len(told) else None
    return min((day for day in (own, of_parts) if day is not None), default=None)
