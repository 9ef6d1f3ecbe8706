"""What the register knows of a commune's official lists: that one is there, so that who is not on
it is not poor; and from when on they are all there, so that what none tells did not happen."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db import connection
from django.db.models import Min

from households.models import RecognitionDecision
from households.queries import complete_from

_MADE_OF = """
WITH RECURSIVE back (to_id, from_id) AS (
  SELECT to_area_id, from_area_id FROM households_areachange
  WHERE to_area_id = ANY(%(communes)s) AND from_area_id <> to_area_id AND changed_on <= %(on)s
  UNION
  SELECT c.to_area_id, c.from_area_id
  FROM back JOIN households_areachange c ON c.to_area_id = back.from_id
  WHERE c.from_area_id <> c.to_area_id AND c.changed_on <= %(on)s
)
SELECT to_id, from_id FROM back
"""


def complete_since(communes: Collection[int], on: dt.date) -> dict[int, dt.date | None]:
    """For each commune the day since which its lists are complete, as it has said: the first day of
    the year after that review. None: nothing was said, or it is later than the day. Two queries."""
    years = complete_from.known(communes)
    days = {pk: complete_from.since(year) for pk, year in years.items()}
    return {pk: days[pk] if pk in days and days[pk] <= on else None for pk in communes}


def with_a_list(communes: Collection[int], on: dt.date) -> set[int]:
    """Those with a decided list on the day; of a commune made of others also where all of them had
    one. Two queries."""
    made_of: defaultdict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_MADE_OF, {"communes": list(communes), "on": on})
        for new, old in cursor.fetchall():
            made_of[new].add(old)
    reached = set(communes).union(*made_of.values())
    decided = RecognitionDecision.objects.on_lists().filter(
        effective_from__lte=on, commune__in=reached
    )
    firsts = dict(decided.values_list("commune").annotate(first=Min("effective_from")).order_by())
    return {commune for commune in communes if _has_list(commune, firsts, made_of, set())}


def _has_list(
    commune: int,
    firsts: dict[int, dt.date],
    made_of: dict[int, set[int]],
    seen: set[int],
) -> bool:
    if commune in firsts:
        return True
    parts = made_of.get(commune, set()) - seen
    return bool(parts) and all(_has_list(part, firsts, made_of, seen | {commune}) for part in parts)
