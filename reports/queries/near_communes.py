"""Which communes changed since, and which others share a household with them."""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.core.cache import cache as store
from django.db import connection

from households.models import HouseholdEvent
from households.queries.complete_from import VERB
from reports.queries.questions import Question

_CODE: Final = Path(__file__).resolve().parents[1]
_KEPT_FOR_SECONDS: Final = 24 * 3600
#: Acts that change figures and leave neither mark nor event nor a new row: what is said of lists,
#: entries told apart again, which takes the events of their merger back, units written anew.
ACTS: Final = [VERB, "duplicate.undo", "area.correct_name", "area.close"]

#: What changes figures of every round: the map, groups, traits, terms, what communes said of their
#: lists.
OF_ALL_ROUNDS: Final = """
  (SELECT concat(count(*), ':', max(id)) FROM households_area),
  (SELECT concat(count(*), ':', max(id)) FROM households_areachange),
  (SELECT concat(count(*), ':', max(id)) FROM households_areatrait),
  (SELECT concat(count(*), ':', max(id)) FROM households_areagroup_communes),
  (SELECT concat(count(*), ':', max(id)) FROM households_procedureterm),
  (SELECT concat(count(*), ':', max(id)) FROM households_auditevent
   WHERE verb = ANY(%(acts)s)),
  (SELECT string_agg(name, ',' ORDER BY id) FROM households_areagroup)"""

# Since when lists count is one day for all communes of a round.
_STATE: Final = f"""
SELECT concat_ws('/', {OF_ALL_ROUNDS},
  (SELECT string_agg(concat(round_id, ':', standard_id, ':', day), ',' ORDER BY round_id, day)
   FROM (SELECT round_id, standard_id, max(effective_from) AS day
         FROM households_recognitiondecision GROUP BY 1, 2) days)),
  (SELECT coalesce(max(id), 0) FROM households_householdevent),
  (SELECT count(*) FROM households_householdevent)
"""

# Of rounds after this one only those on request: their lists may begin before this one's.
_MARKS: Final = """
SELECT m.commune_id, concat(sum(m.number), ':', max(m.changed_at))
FROM households_changemark m JOIN households_reviewround r ON r.id = m.round_id
WHERE r.kind <> 'PERIODIC' OR r.as_of <= %(as_of)s
GROUP BY 1 ORDER BY 1
"""

# A village belongs to the commune in which it counts and to the one that is marked for it.
_BELONGS: Final = """
WITH belongs AS MATERIALIZED (
  SELECT * FROM unnest(%(villages)s::bigint[], %(counts_in)s::bigint[])
    AS b (village_id, commune_id)
  UNION
  SELECT v.id, u.commune_id
  FROM unnest(%(communes)s::bigint[], %(then)s::bigint[]) AS u (parent_id, commune_id)
  JOIN households_area v USING (parent_id) WHERE v.level = 'VILLAGE'
)"""
_OF_COMMUNES: Final = """
, here AS MATERIALIZED (
  SELECT DISTINCT village_id FROM belongs WHERE commune_id = ANY(%(changed)s)
), near AS MATERIALIZED (
  SELECT household_id FROM households_residence JOIN here USING (village_id)
  UNION SELECT household_id FROM households_survey JOIN here USING (village_id)
)"""
_OF_EVENTS: Final = """
, near AS MATERIALIZED (
  SELECT household_id FROM households_householdevent WHERE id > %(since)s
  UNION SELECT other_household_id FROM households_householdevent
  WHERE id > %(since)s AND other_household_id IS NOT NULL
)"""
# Who split off and who was taken in is told by what the other household was.
_KIN: Final = """
, kin AS MATERIALIZED (
  SELECT household_id AS one_id, household_id FROM near
  UNION SELECT near.household_id, e.household_id
  FROM near JOIN households_householdevent e ON e.other_household_id = near.household_id
  UNION SELECT near.household_id, e.other_household_id
  FROM near JOIN households_householdevent e USING (household_id)
  WHERE e.other_household_id IS NOT NULL
)"""
_TOUCHED: Final = """
, touched AS MATERIALIZED (
  SELECT one_id, belongs.commune_id
  FROM kin JOIN LATERAL (
    SELECT village_id FROM households_residence r WHERE r.household_id = kin.household_id
    UNION
    SELECT village_id FROM households_survey s WHERE s.household_id = kin.household_id
    OFFSET 0
  ) at ON true JOIN belongs USING (village_id)
  GROUP BY 1, 2
)"""
# The same of all households at once: of those that were in one commune only, and in no event,
# there is nothing to tell.
_ALL_TOUCHED: Final = """
, lived AS MATERIALIZED (
  SELECT household_id, commune_id FROM (
    SELECT household_id, village_id FROM households_residence
    UNION ALL SELECT household_id, village_id FROM households_survey
  ) at JOIN belongs USING (village_id)
  GROUP BY 1, 2
), told AS MATERIALIZED (
  SELECT household_id FROM lived GROUP BY 1 HAVING count(*) > 1
  UNION SELECT household_id FROM households_householdevent
  UNION SELECT other_household_id FROM households_householdevent
), touched AS MATERIALIZED (
  SELECT household_id AS one_id, commune_id FROM lived JOIN told USING (household_id)
  UNION SELECT e.other_household_id, commune_id
  FROM lived JOIN households_householdevent e USING (household_id)
  WHERE e.other_household_id IS NOT NULL
  UNION SELECT e.household_id, commune_id
  FROM lived JOIN households_householdevent e ON e.other_household_id = lived.household_id
)"""
#: From this part of all communes on, all at once is cheaper.
_MANY_OF_ALL: Final = 4
_HOUSEHOLDS: Final = (
    f"{_BELONGS}{_OF_COMMUNES}{_KIN} SELECT DISTINCT household_id FROM kin ORDER BY 1"
)
_OF_NEW_EVENTS: Final = (
    f"{_BELONGS}{_OF_EVENTS}{_KIN}{_TOUCHED} SELECT DISTINCT commune_id FROM touched"
)
_SEVERAL: Final = """
, several AS MATERIALIZED (
  SELECT t.* FROM touched t JOIN (
    SELECT one_id FROM touched GROUP BY 1 HAVING min(commune_id) <> max(commune_id)
  ) s USING (one_id)
)
SELECT DISTINCT a.commune_id, b.commune_id FROM several a JOIN several b USING (one_id)
WHERE a.commune_id = ANY(%(changed)s) AND a.commune_id <> b.commune_id
"""
_LINKS: Final = f"{_BELONGS}{_OF_COMMUNES}{_KIN}{_TOUCHED}{_SEVERAL}"
_ALL_LINKS: Final = f"{_BELONGS}{_ALL_TOUCHED}{_SEVERAL}"


@dataclass(frozen=True)
class Standing:
    """`versions`: of each commune of the round's day, another one once a part of it may be another.
    `state`: what holds for all of them."""

    state: str
    versions: Mapping[int, str]


@dataclass(frozen=True)
class _Known:
    """Of a commune as it was last looked at: its marks, its version, and the communes that share a
    household with it."""

    marks: str
    version: str
    links: frozenset[int]


@dataclass(frozen=True)
class _Remembered:
    #: Up to which event of households this goes, and how many there were.
    event: int
    events: int
    communes: Mapping[int, _Known]


def read(question: Question) -> Standing:
    """Two queries where nothing changed, up to four otherwise."""
    then = question.units.then
    marks: dict[int, list[str]] = {pk: [] for pk in then.values()}
    nowhere: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"acts": ACTS})
        told, event, events = cursor.fetchone()
        cursor.execute(_MARKS, {"as_of": question.round.as_of})
        for commune, number in cursor.fetchall():
            marks.get(then.get(commune, 0), nowhere).append(f"{commune}:{number}")
    told = repr((question.round.pk, question.round.as_of, told, nowhere))
    state = f"{edition()}:{hashlib.sha256(told.encode()).hexdigest()[:24]}"
    key = f"figure-communes:{state}"
    now = _Remembered(event, events, {})
    known: _Remembered = store.get(key) or now
    found = _looked_at(question, known, {pk: "/".join(own) for pk, own in marks.items()}, now)
    if found != known:
        store.set(key, found, _KEPT_FOR_SECONDS)
    return Standing(state, {pk: one.version for pk, one in found.communes.items()})


def households(question: Question, communes: Collection[int]) -> list[int]:
    """Whoever lived or was surveyed in the communes, and who split off of them or was taken in. One
    query."""
    return [pk for (pk,) in _rows(_HOUSEHOLDS, question, changed=list(communes))]


@cache
def edition() -> str:
    """Of the code that makes and reads answers: new code takes none of old code. Once a process, a
    few milliseconds."""
    seen = hashlib.sha256()
    for path in sorted(_CODE.rglob("*.py")):
        seen.update(path.read_bytes())
    return seen.hexdigest()[:12]


def _looked_at(
    question: Question, known: _Remembered, marks: Mapping[int, str], now: _Remembered
) -> _Remembered:
    """A commune that changed has a new version, and so have those that shared a household with it
    or do now."""
    # One that was written down late, or taken back, leaves nothing to go by.
    is_known = known.events == now.events or known.events == _events_up_to(known.event)
    old = known.communes if is_known else {}
    changed = {pk for pk, own in marks.items() if pk not in old or old[pk].marks != own}
    if is_known and now.event > known.event:
        changed |= {pk for (pk,) in _rows(_OF_NEW_EVENTS, question, since=known.event)}
    if not changed:
        return replace(now, communes=old)
    links: dict[int, set[int]] = {pk: set() for pk in changed}
    sql = _ALL_LINKS if len(changed) * _MANY_OF_ALL > len(marks) else _LINKS
    for one, other in _rows(sql, question, changed=sorted(changed)):
        links[one].add(other)
    again = changed.union(*links.values(), *(old[pk].links for pk in changed if pk in old))
    version = secrets.token_hex(6)
    communes = dict(old)
    for pk in again:
        own = links.get(pk)
        if own is None:
            own = set(old[pk].links - changed) | {one for one in changed if pk in links[one]}
        communes[pk] = _Known(marks[pk], version, frozenset(own))
    return replace(now, communes=communes)


def _events_up_to(event: int) -> int:
    return HouseholdEvent.objects.filter(pk__lte=event).count()


def _rows(sql: str, question: Question, **values: Any) -> Iterable[tuple[Any, ...]]:
    places, then = question.units.commune_of, question.units.then
    given: dict[str, Any] = {
        "villages": list(places), "counts_in": list(places.values()),
        "communes": list(then), "then": list(then.values()),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, given | values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
