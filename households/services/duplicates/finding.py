"""The queue of likely duplicates: a province at a time by the nightly job, a person when he comes.

What somebody settled stays settled; an open pair that is alike no more goes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection, transaction

from households import clock, procedure
from households.choices import AreaLevel
from households.choices.duplicates import PairKind
from households.likeness import households as of_households
from households.likeness import persons
from households.models import Area, Membership, Person, User
from households.models.area_reach import branches_through_time
from households.queries import duplicate_candidates as candidates
from households.queries.duplicate_candidates import Candidate, Side
from households.services import audit
from households.services.system_user import system_user

#: Evidence of the birth date that makes two members of two households alike.
_BORN_ALIKE: Final = frozenset({persons.BIRTH_SAME, persons.BIRTH_SWAPPED, persons.BIRTH_YEAR})


@dataclass(frozen=True)
class Found:
    """A pair for the queue; of households the persons are None."""

    kind: PairKind
    person_a: int | None
    person_b: int | None
    household_a: int
    household_b: int
    score: int
    reasons: tuple[str, ...]


def find_everywhere() -> int:
    """Every province in turn, each a transaction of its own; gives how many pairs are open."""
    provinces = Area.objects.at(AreaLevel.PROVINCE).on(clock.today()).real()
    by = system_user()
    return sum(find(province=one, by=by) for one in provinces)


@transaction.atomic
def find(*, province: Area, by: User) -> int:
    """Look at all living persons of the province's standing households, and bring the queue in
    line; gives how many pairs are likely. Cost: some fifteen statements, and a comparison in Python
    for each pair that a join brings up. Repeating it does no harm."""
    branches = branches_through_time([province.pk])[province.pk]
    candidates.prepare(branches)
    found = likely(list(candidates.pairs()), candidates.sizes())
    with audit.act(by=by, verb="duplicates.find", area=province, details={"pairs": len(found)}):
        _write(found, branches)
    return len(found)


def likely(pairs: Sequence[Candidate], sizes: dict[int, int]) -> list[Found]:
    """Judge candidates: persons, and the households most of whose members are alike. A pair of
    persons of two such households is part of theirs and not shown beside it."""
    limits = procedure.duplicate_limits()
    by_homes: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for one in pairs:
        by_homes[_homes(one)].append(one)
    found: list[Found] = []
    for homes, together in by_homes.items():
        alike = _alike_once(together, limits)
        of_both = _households(homes, alike, sizes, limits)
        found += [of_both] if of_both else _persons(together, len(alike), limits)
    return found


def _homes(one: Candidate) -> tuple[int, int]:
    first, second = one.a.household_id, one.b.household_id
    return (first, second) if first < second else (second, first)


def _alike_once(together: Sequence[Candidate], limits: persons.Limits) -> list[Candidate]:
    """Members of two households that are alike, each counted once, the most alike first."""
    judged = [
        (found.score, one)
        for one in together
        if (found := persons.compare(one.a.entry, one.b.entry, one.around, limits))
        and not _BORN_ALIKE.isdisjoint(found.reasons)
        and persons.NUMBER_OTHER not in found.reasons
    ]
    taken: set[int] = set()
    alike = []
    for __, one in sorted(judged, key=lambda pair: -pair[0]):
        if taken.isdisjoint({one.a.person_id, one.b.person_id}):
            taken |= {one.a.person_id, one.b.person_id}
            alike.append(one)
    return alike


def _households(
    homes: tuple[int, int],
    alike: Sequence[Candidate],
    sizes: dict[int, int],
    limits: persons.Limits,
) -> Found | None:
    if homes[0] == homes[1] or not alike:
        return None
    said = of_households.compare(
        alike=len(alike),
        sizes=(sizes.get(homes[0], 0), sizes.get(homes[1], 0)),
        heads_alike=any(one.a.is_head and one.b.is_head for one in alike),
        place=alike[0].around.place,
        limits=limits,
    )
    if said is None or not said.is_likely(limits):
        return None
    if len(alike) == 1 and not _persons(alike, 1, limits):
        return None
    return Found(PairKind.HOUSEHOLD, None, None, *homes, said.score, said.reasons)


def _persons(together: Sequence[Candidate], alike: int, limits: persons.Limits) -> list[Found]:
    found = []
    is_one_home = together[0].a.household_id == together[0].b.household_id
    others = 0 if is_one_home else alike - 1
    for one in together:
        around = replace(one.around, members_alike=max(others, 0))
        said = persons.compare(one.a.entry, one.b.entry, around, limits)
        if said and said.is_likely(limits):
            found.append(_found(one.a, one.b, said))
    return found


def _found(a: Side, b: Side, said: persons.Likeness) -> Found:
    return Found(
        PairKind.PERSON, a.person_id, b.person_id, a.household_id, b.household_id,
        said.score, said.reasons,
    )  # fmt: skip


def find_like(person: Person, membership: Membership) -> list[Found]:
    """Whom the register may have already as this person, who just came to a household. Two
    queries of index look-ups."""
    limits = procedure.duplicate_limits()
    card = membership.household.card
    own = Side(
        person.pk, card.household_id, card.village_id, card.village.parent_id or 0,
        entry_of(person), membership.relation == "head",
    )  # fmt: skip
    found = []
    for other in candidates.like(own.entry):
        if other.person_id == own.person_id:
            continue
        a, b = (own, other) if own.person_id < other.person_id else (other, own)
        around = persons.Around(candidates.place_of(a, b), lived_together=False)
        said = persons.compare(a.entry, b.entry, around, limits)
        if said and said.is_likely(limits):
            found.append(_found(a, b, said))
    return found


def entry_of(person: Person) -> persons.Entry:
    """What likeness compares of a person."""
    return persons.Entry(
        person.full_name,
        person.sex,
        person.birth_date,
        person.birth_precision == "YEAR",
        person.personal_id or "",
        person.old_number or "",
    )


def note(person: Person) -> int:
    """Put whoever is likely the same as a newcomer into the queue, inside the act that entered
    him; gives how many. Three queries of index look-ups, one more when somebody is."""
    homes = Membership.objects.filter(person=person, valid_to__isnull=True)
    membership = homes.select_related("household__card__village").get()
    found = [] if membership.household.card.village.is_practice else find_like(person, membership)
    if found:
        _upsert(found)
    return len(found)


_UPSERT: Final = """
INSERT INTO households_duplicatepair AS pair
  (kind, person_a_id, person_b_id, household_a_id, household_b_id, score, reasons, state,
   claim, why)
SELECT kind, person_a, person_b, household_a, household_b, score, reasons::jsonb, 'OPEN', '', ''
FROM unnest(%(kind)s::text[], %(person_a)s::bigint[], %(person_b)s::bigint[],
            %(household_a)s::bigint[], %(household_b)s::bigint[], %(score)s::int[],
            %(reasons)s::text[])
     AS given(kind, person_a, person_b, household_a, household_b, score, reasons)
ON CONFLICT {target} DO UPDATE
SET household_a_id = excluded.household_a_id, household_b_id = excluded.household_b_id,
    score = excluded.score, reasons = excluded.reasons, state = 'OPEN'
WHERE pair.state IN ('OPEN', 'GONE')
  AND (pair.household_a_id, pair.household_b_id, pair.score, pair.reasons, pair.state)
      IS DISTINCT FROM (excluded.household_a_id, excluded.household_b_id, excluded.score,
                        excluded.reasons, 'OPEN')
"""
_TARGETS: Final = {
    PairKind.PERSON: "(kind, person_a_id, person_b_id) WHERE person_a_id IS NOT NULL",
    PairKind.HOUSEHOLD: "(household_a_id, household_b_id) WHERE kind = 'HOUSEHOLD'",
}
# A disputed number is somebody's word and stays; of the rest goes what was not found again.
_GO: Final = """
UPDATE households_duplicatepair pair SET state = 'GONE'
FROM households_householdcard c JOIN households_area v ON v.id = c.village_id
WHERE pair.state = 'OPEN' AND pair.kind <> 'NUMBER' AND c.household_id = pair.household_a_id
  AND v.path LIKE ANY(%(branches)s)
  AND NOT EXISTS (
    SELECT 1 FROM unnest(%(kind)s::text[], %(person_a)s::bigint[], %(person_b)s::bigint[],
                         %(household_a)s::bigint[], %(household_b)s::bigint[])
         AS given(kind, person_a, person_b, household_a, household_b)
    WHERE given.kind = pair.kind AND CASE pair.kind
      WHEN 'PERSON' THEN given.person_a = pair.person_a_id AND given.person_b = pair.person_b_id
      ELSE given.household_a = pair.household_a_id AND given.household_b = pair.household_b_id END)
"""


def _write(found: Sequence[Found], branches: Iterable[str]) -> None:
    _upsert(found)
    with connection.cursor() as cursor:
        cursor.execute(_GO, {**_columns(found), "branches": [f"{one}%" for one in branches]})


def _upsert(found: Sequence[Found]) -> None:
    with connection.cursor() as cursor:
        for kind, target in _TARGETS.items():
            given = [one for one in found if one.kind == kind]
            if given:
                cursor.execute(_UPSERT.format(target=target), _columns(given))


def _columns(found: Sequence[Found]) -> dict[str, list[Any]]:
    quoted = {"reasons": [_as_json(one.reasons) for one in found]}
    plain = ("person_a", "person_b", "household_a", "household_b", "score")
    return {
        "kind": [str(one.kind) for one in found],
        **{name: [getattr(one, name) for one in found] for name in plain},
        **quoted,
    }


def _as_json(reasons: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{one}"' for one in reasons) + "]"
