"""From which year a commune's lists are complete, as it has said: whether figures can tell who
re-fell from who newly arose."""

import datetime as dt
from collections.abc import Iterable

from households.models import PovertyStandard, ReviewRound
from households.queries import complete_from
from households.services import list_rules


def look_back(round: ReviewRound, standard: PovertyStandard) -> dt.date:
    """The earliest day whose lists tell who re-fell (the standard's own rule). At most a query."""
    counts_from = list_rules.counts_from(standard, round, round.as_of)
    return list_rules.relapse_looks_back_to(standard, counts_from)


def complete(round: ReviewRound, standard: PovertyStandard, communes: Iterable[int]) -> set[int]:
    """Those of the communes that said that their lists reach back as far as is looked. The list in
    force on the day looked back to is that of the review of the year before. Three queries."""
    needed = look_back(round, standard).year - 1
    return {pk for pk, year in complete_from.known(communes).items() if year <= needed}
