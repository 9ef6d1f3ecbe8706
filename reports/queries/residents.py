"""Resident households and persons of each row: what rates are counted on, never guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise

from households.choices import TraitKind
from reports.choices import FigureLevel
from reports.queries import kept, kept_communes, units
from reports.queries.bases import NONE, Bases
from reports.queries.questions import Question
from reports.queries.rows import NO_RESIDENTS, RESIDENTS_SPLIT, Counts, fetched
from reports.queries.summaries import HeadCount

# Of each commune what was entered for the round's day; NULL where a part (rural, urban) that it has
# by its villages or its own area is not entered.
_ENTERED = """
WITH told AS (
  SELECT v.parent_id AS commune_id, coalesce(t.value, c.value) AS part
  FROM households_area v
  LEFT JOIN households_areatrait t ON t.area_id = v.id AND t.kind = %(kind)s
    AND t.valid_from <= %(now_as_of)s AND (t.valid_to IS NULL OR t.valid_to >= %(now_as_of)s)
  LEFT JOIN households_areatrait c ON c.area_id = v.parent_id AND c.kind = %(kind)s
    AND c.valid_from <= %(now_as_of)s AND (c.valid_to IS NULL OR c.valid_to >= %(now_as_of)s)
  WHERE v.level = 'VILLAGE' AND v.parent_id = ANY(%(communes)s)
    AND (%(settlement)s::text IS NULL OR coalesce(t.value, c.value) = %(settlement)s)
    AND v.valid_from <= %(now_as_of)s AND (v.valid_to IS NULL OR v.valid_to >= %(now_as_of)s)
)
SELECT r.commune_id, sum(r.households)::int AS households, sum(r.persons)::int AS persons,
  (count(*) = count(r.minority_households))::int AS has_minority,
  sum(r.minority_households)::int AS minority_households,
  sum(r.minority_persons)::int AS minority_persons,
  (count(*) = count(r.local_minority_households))::int AS has_local_minority,
  sum(r.local_minority_households)::int AS local_minority_households,
  sum(r.local_minority_persons)::int AS local_minority_persons
FROM households_residentcount r
WHERE r.as_of = %(now_as_of)s AND r.commune_id = ANY(%(communes)s)
  AND (%(settlement)s::text IS NULL OR r.settlement = %(settlement)s)
GROUP BY r.commune_id
HAVING NOT EXISTS (
  SELECT 1 FROM told WHERE told.commune_id = r.commune_id AND told.part IS NOT NULL
    AND told.part <> ALL (array_agg(r.settlement::text)))
"""

# A round that surveys everybody counts them itself, and minorities where every form states a group.
_MINORITY = "FILTER (WHERE a.ethnic_group_id <> %(kinh)s)"
_LOCAL = "FILTER (WHERE a.ethnic_group_id = ANY(%(local)s))"
_SURVEYED = f"""
SELECT unit_id, commune_id, count(*)::int AS households, sum(a.persons)::int AS persons,
  bool_and(a.ethnic_group_id IS NOT NULL)::int AS has_minority,
  (count(*) {_MINORITY})::int AS minority_households,
  (sum(a.persons) {_MINORITY})::int AS minority_persons,
  bool_and(a.ethnic_group_id IS NOT NULL)::int AS has_local_minority,
  (count(*) {_LOCAL})::int AS local_minority_households,
  (sum(a.persons) {_LOCAL})::int AS local_minority_persons
FROM households_assessment a {units.HERE}
WHERE a.round_id = %(now_round)s AND a.standard_id = %(now_standard)s
GROUP BY 1, 2
"""


Pair = tuple[int, int]


@dataclass(frozen=True)
class Residents:
    """None: not known. `is_surveyed`: at least a part is the round's own households. Minorities and
    local ones, as the province names them, are households and persons of the total. `why_unknown`
    is said where they are not known."""

    households: int | None
    persons: int | None
    is_surveyed: bool = False
    minority: Pair | None = None
    local_minority: Pair | None = None
    why_unknown: Promise = NO_RESIDENTS

    @classmethod
    def read(cls, row: Counts, *, is_surveyed: bool) -> "Residents":
        """From a row of a statement of this module."""
        parts: dict[str, Any] = {
            part: (row[f"{part}_households"], row[f"{part}_persons"])
            for part in ("minority", "local_minority")
            if row[f"has_{part}"]
        }
        return cls(row["households"], row["persons"], is_surveyed, **parts)

    def with_parts_of(self, other: "Residents | None") -> "Residents":
        """Where no minorities are entered, those of the round's own count of as many residents."""
        if other is None or self.minority is not None:
            return self
        if (self.households, self.persons) != (other.households, other.persons):
            return self
        return replace(self, minority=other.minority, local_minority=other.local_minority)


_UNKNOWN = Residents(None, None)
_DIVIDED = Residents(None, None, why_unknown=RESIDENTS_SPLIT)
_NONE_YET = Residents(0, 0, is_surveyed=True)
_NOBODY = Residents(0, 0, is_surveyed=True, minority=(0, 0), local_minority=(0, 0))


def _total(counts: Iterable[Residents]) -> Residents:
    """Of all together; what is not known of one is not known of all."""
    found = list(counts)
    households = [one.households for one in found]
    persons = [one.persons for one in found]
    if not found or None in households or None in persons:
        return _UNKNOWN
    return Residents(
        sum(one or 0 for one in households),
        sum(one or 0 for one in persons),
        any(one.is_surveyed for one in found),
        _both([one.minority for one in found]),
        _both([one.local_minority for one in found]),
    )


def _both(pairs: list[Pair | None]) -> Pair | None:
    known = [pair for pair in pairs if pair is not None]
    if len(known) < len(pairs):
        return None
    return sum(pair[0] for pair in known), sum(pair[1] for pair in known)


def of(question: Question, told_apart: Bases = NONE) -> dict[int, Residents]:
    """Of each row. A row has a total only if every commune in it has one; a village has none of its
    own but in a round of all residents. Minorities are told apart where bases are given. Two
    statements at most."""
    surveyed: _Surveyed = {}
    if question.round.covers_all_residents:
        surveyed = _surveyed(question, told_apart)
    if question.level == FigureLevel.VILLAGE:
        return {
            unit.key: _village(surveyed.get(unit.key, {}), question) for unit in question.units.rows
        }
    values = question.values | {
        "communes": list(question.units.communes),
        "kind": TraitKind.SETTLEMENT,
        "settlement": question.narrowing.settlement,
    }
    entered = {
        one["commune_id"]: Residents.read(one, is_surveyed=False)
        for one in fetched(_ENTERED, values)
    }
    communes: dict[int, list[int]] = {}
    for pk, rows in question.units.communes.items():
        for row in rows:
            communes.setdefault(row, []).append(pk)
    return {
        unit.key: _row(
            unit.key,
            communes.get(unit.key, []),
            question,
            entered,
            surveyed.get(unit.key, {}),
        )
        for unit in question.units.rows
    }


#: By row and commune.
_Surveyed = dict[int, dict[int, Residents]]


def _surveyed(question: Question, told_apart: Bases) -> _Surveyed:
    if told_apart is NONE and (sums := kept.surveyed(question)) is not None:
        return _summed(sums)
    values = question.values | told_apart.values
    if not kept_communes.answers(question):
        return _read(values)
    told = [_SURVEYED, sorted((question.facts_values | told_apart.values).items())]
    parts = kept_communes.of_rows(question, told, lambda share: _read(values | share.values))
    found: dict[int, dict[int, list[Residents]]] = {}
    rows_of = question.units.rows_of_communes or {}
    for commune, part in parts.items():
        for row in rows_of[commune]:
            for at, counts in (part or {}).items():
                found.setdefault(row, {}).setdefault(at, []).append(counts)
    return {
        row: {at: _total(counts) for at, counts in of_row.items()} for row, of_row in found.items()
    }


def _summed(sums: Iterable[tuple[int, HeadCount]]) -> _Surveyed:
    """From what is kept of communes, which does not tell minorities as rates of them need it."""
    found: _Surveyed = {}
    for unit, one in sums:
        of_row = found.setdefault(unit, {})
        before = of_row.get(one.area_id, _NONE_YET)
        of_row[one.area_id] = Residents(
            (before.households or 0) + one.households, (before.persons or 0) + one.persons, True
        )
    return found


def _read(values: dict[str, Any]) -> _Surveyed:
    found: _Surveyed = {}
    for one in fetched(_SURVEYED, values):
        counts = found.setdefault(one["unit_id"], {})
        counts[one["commune_id"]] = Residents.read(one, is_surveyed=True)
    return found


def _village(counts: dict[int, Residents], question: Question) -> Residents:
    if not question.round.covers_all_residents:
        return _UNKNOWN
    return _total(counts.values() or [_NOBODY])


def _row(
    key: int,
    communes: Sequence[int],
    question: Question,
    entered: dict[int, Residents],
    surveyed: dict[int, Residents],
) -> Residents:
    is_split = key in question.units.split
    parts = surveyed.keys() - set(communes) if is_split else set()
    if is_split and not (
        # What was entered of a commune that was split is of all of it; who was surveyed is counted.
        question.round.covers_all_residents and parts.isdisjoint(entered)
    ):
        return _DIVIDED
    found = [surveyed[pk] for pk in parts]
    for pk in communes:
        own = surveyed.get(pk, _NOBODY) if question.round.covers_all_residents else None
        found.append(entered[pk].with_parts_of(own) if pk in entered else own or _UNKNOWN)
    return _total(found)
