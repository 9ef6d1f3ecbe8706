"""From which year communes say that their lists are complete in povreg."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import connection

#: The act is the record: the latest of a commune counts, and no year takes it back.
VERB = "lists.complete_from"

_SAID = """
SELECT DISTINCT ON (area_id) area_id, (details ->> 'year')::int
FROM households_auditevent WHERE verb = %(verb)s AND area_id = ANY(%(communes)s)
ORDER BY area_id, id DESC
"""

#: Only the arrows that lead from or to the communes asked about, not those of a whole country. A
#: commune that was there before is made of more than of what came to it.
_LINKS = """
WITH RECURSIVE links AS NOT MATERIALIZED (
  SELECT c.from_area_id, c.to_area_id, c.is_whole, c.changed_on = t.valid_from AS makes
  FROM households_areachange c
  JOIN households_area f ON f.id = c.from_area_id AND f.level = 'COMMUNE'
  JOIN households_area t ON t.id = c.to_area_id
  WHERE c.from_area_id <> c.to_area_id
), back (id) AS (
  SELECT unnest(%(communes)s::bigint[])
  UNION SELECT l.from_area_id FROM back JOIN links l ON l.to_area_id = back.id AND l.makes
), forth (id) AS (
  SELECT unnest(%(communes)s::bigint[])
  UNION SELECT l.to_area_id FROM forth JOIN links l ON l.from_area_id = forth.id AND l.is_whole
)
SELECT l.* FROM back JOIN links l ON l.to_area_id = back.id
UNION
SELECT l.* FROM forth JOIN links l ON l.from_area_id = forth.id
"""

Links = Mapping[int, Collection[int]]


def said(communes: Iterable[int]) -> dict[int, int]:
    """The year of each commune that itself said one and did not take it back. One query."""
    return {pk: year for pk, year in _statements(communes).items() if year is not None}


def known(communes: Iterable[int]) -> dict[int, int]:
    """The year of each commune of which one is known: what it said itself; else what the unit said
    into which it went whole, for that unit speaks of all it was made of; else, of a commune made
    of others, the latest year of them, if every one has one. Two queries."""
    wanted = set(communes)
    parts: defaultdict[int, set[int]] = defaultdict(set)
    went_into: defaultdict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, {"communes": list(wanted)})
        for old, new, is_whole, makes in cursor.fetchall():
            if makes:
                parts[new].add(old)
            if is_whole:
                went_into[old].add(new)
    statements = _statements(wanted | _reached(wanted, parts) | _reached(wanted, went_into))
    found = {}
    for pk in wanted:
        year = _own_or_later(pk, statements, went_into)
        if year is None and pk not in statements:
            year = _of_parts(pk, statements, parts)
        if year is not None:
            found[pk] = year
    return found


def since(year: int) -> dt.date:
    """The first day on which the list of a review of the year counts."""
    return dt.date(year + 1, 1, 1)


def _statements(communes: Iterable[int]) -> dict[int, int | None]:
    """What was said last, None where it was taken back. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID, {"verb": VERB, "communes": list(communes)})
        return dict(cursor.fetchall())


def _reached(communes: Iterable[int], links: Links) -> set[int]:
    found: set[int] = set()
    step = set(communes)
    while step := {one for pk in step for one in links.get(pk, ())} - found:
        found |= step
    return found


def _own_or_later(
    commune: int, statements: Mapping[int, int | None], went_into: Links
) -> int | None:
    if commune in statements:
        return statements[commune]
    later = [statements.get(pk) for pk in _reached([commune], went_into)]
    return min((year for year in later if year is not None), default=None)


def _of_parts(commune: int, statements: Mapping[int, int | None], parts: Links) -> int | None:
    """Arrows lead back in time, so this ends."""
    if commune in statements:
        return statements[commune]
    years = [_of_parts(part, statements, parts) for part in parts.get(commune, ())]
    told = [year for year in years if year is not None]
    return max(told) if told and len(told) == len(years) else None
