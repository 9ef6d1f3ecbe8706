"""From which year a commune's lists are complete, as it has said: whether figures can tell who
re-fell from who newly arose."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from households.models import PovertyStandard, ReviewRound
from households.services import list_rules
from households.services.complete_lists import VERB

_SAID = """
SELECT DISTINCT ON (area_id) area_id, (details ->> 'year')::int
FROM households_auditevent WHERE verb = %(verb)s AND area_id = ANY(%(communes)s)
ORDER BY area_id, id DESC
"""


def look_back(round: ReviewRound, standard: PovertyStandard) -> dt.date:
    """The earliest day whose lists tell who re-fell (the standard's own rule). At most a query."""
    counts_from = list_rules.counts_from(standard, round, round.as_of)
    return list_rules.relapse_looks_back_to(standard, counts_from)


def complete(round: ReviewRound, standard: PovertyStandard, communes: Iterable[int]) -> set[int]:
    """Those of the communes that said that their lists reach back as far as is looked. The list in
    force on the day looked back to is that of the review of the year before. Two queries."""
    needed = look_back(round, standard).year - 1
    with connection.cursor() as cursor:
        cursor.execute(_SAID, {"verb": VERB, "communes": list(communes)})
        said = cursor.fetchall()
    return {pk for pk, year in said if year is not None and year <= needed}
