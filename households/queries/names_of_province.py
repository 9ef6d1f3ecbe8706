"""Names among many villages: first the distinct names, by their words, then who is called so.

Tier after tier, from the whole name to parts of words; a tier is read only where those before it
gave too few, so that a common name costs no more than a rare one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from households.queries.names_of_commune import Called
from households.queries.patterns import plain
from households.queries.typed_names import TypedName, ways_of_writing

#: Of heads, and as many of other members; each costs some ten pages of tables and indexes.
_CALLED = 30
_OF_THE_WHOLE_NAME, _OF_ONE_NAME = 30, 8
#: So many names of a tier are looked through, and so many for somebody written with these accents.
_NAMES, _NAMES_FOR_ACCENTS = 5000, 150
#: A scrap that so many words hold ("ng") is in nearly every name; then fewer are looked through.
_BROAD, _NAMES_OF_A_SCRAP = 12, 1000
_HEADS = """
SELECT c.household_id, c.head_name AS full_name, 'head' AS relation
FROM households_householdcard c
WHERE c.folded_head_name = named.name {in_villages}
  AND (named.writings IS NULL OR ' ' || lower(c.head_name) || ' ' LIKE ANY(named.writings))
"""
#: A membership is asked for as one of a list, so that the plain index answers and not the one of
#: the exclusion constraint, which is many times slower.
_MEMBERS = """
SELECT m.household_id, p.full_name, m.relation
FROM households_person p
JOIN households_membership m ON m.person_id = ANY(ARRAY[p.id])
{join_cards}
WHERE p.folded_name = named.name AND m.valid_to IS NULL AND m.relation <> 'head' {in_villages}
  AND (named.writings IS NULL OR ' ' || lower(p.full_name) || ' ' LIKE ANY(named.writings))
"""
_CARDS = "JOIN households_householdcard c ON c.household_id = m.household_id"
#: Kept out of the indexes' hands (+ 0): the name leads, not the place.
_IN_VILLAGES = "AND c.village_id + 0 = ANY(%(villages)s)"
_WHO_IS_CALLED = """
SELECT found.household_id, found.full_name, named.name, found.relation
FROM ({names}) named (name, writings) CROSS JOIN LATERAL ({who} LIMIT {each}) found
"""
#: Setting anything keeps PostgreSQL from dividing the statement among processes, which would read
#: all tiers at once and in no order.
_IN_TURN = """
(SELECT called.* FROM ({parts}) called
 WHERE (SELECT set_config('povreg.search', 'in turn', true)) IS NOT NULL LIMIT {most})
"""
_ANY_WRITING, _TYPED_WRITING = "NULL::text[]", "%(writings)s::text[]"


@dataclass
class _Names:
    """What a statement reads of the names: `read_once`, each tier's test of SearchName, and in
    their order the selects of whole names and of other names; `given` are its parameters."""

    given: dict[str, Any]
    read_once: dict[str, str] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def add(self, tier: str, test: str, most: int = _NAMES) -> None:
        self.read_once[tier] = f"{test} AND name <> ALL(%(names)s) LIMIT {most}"
        self.others.append(f"SELECT name, {_ANY_WRITING} FROM {tier}")

    def all_of(self, name: str, column: str, patterns: list[str]) -> str:
        """A test of all patterns, which are added to the parameters."""
        keys = [f"{name}_{at}" for at in range(len(patterns))]
        self.given |= dict(zip(keys, patterns, strict=True))
        return " AND ".join(f"{column} LIKE %({key})s" for key in keys)

    def have_one_of(self, name: str, column: str, groups: list[tuple[str, ...]]) -> tuple[str, int]:
        """A test that holds where a name has a word of every group, which are all the words that
        fit the patterns given to `all_of` as `name`; and how many names to look through.

        The index is asked for groups of few words, or else for the smallest: reading the names of
        one word costs ten times what it takes to tell which have two, but a group of many words
        costs it more than it spares. What the index is asked for is no test again, so that the
        planner can tell how many names are left, and reads them in turn where that is quicker."""
        fewest = min(groups, key=len)
        tests = []
        for at, group in enumerate(groups):
            if len(group) <= _BROAD or (len(fewest) > _BROAD and group is fewest):
                self.given[f"{name}_words_{at}"] = list(group)
                tests.append(f"words && %({name}_words_{at})s::text[]")
            else:
                tests.append(f"{column} LIKE %({name}_{at})s")
        return " AND ".join(tests), _NAMES if len(fewest) <= _BROAD else _NAMES_OF_A_SCRAP


def called(typed: TypedName, village_ids: list[int] | None) -> list[Called]:
    """Who has every typed word in his name; None for all villages. Two queries."""
    known = _holding(typed.words)
    if not all(known):
        return []
    names = _Names({"names": [typed.phrase], "words": list(typed.words)})
    equal = "SELECT name, {} FROM households_searchname WHERE name = ANY(%(names)s)"
    names.whole = [equal.format(_ANY_WRITING)]
    if typed.has_accents:
        names.given["writings"] = [f"% {plain(one)} %" for one in ways_of_writing(typed.written)]
        names.whole.insert(0, equal.format(_TYPED_WRITING))
    if all(word in words for word, words in zip(typed.words, known, strict=True)):
        names.read_once["whole"] = (
            f"words @> %(words)s::text[] AND name <> ALL(%(names)s) LIMIT {_NAMES}"
        )
        names.others = _whole_words(names, typed)
    _add_parts(names, typed, known)
    return _read(names, village_ids)


def _whole_words(names: _Names, typed: TypedName) -> list[str]:
    """Side by side before apart, and first of all who is written with the typed accents."""
    names.given["phrase"] = f"% {plain(typed.phrase)} %"
    together = "' ' || name || ' ' LIKE %(phrase)s"
    selects = [
        f"SELECT name, {_ANY_WRITING} FROM whole WHERE {together}",
        f"SELECT name, {_ANY_WRITING} FROM whole WHERE NOT ({together})",
    ]
    if typed.has_accents:
        selects.insert(
            0,
            f"SELECT name, {_TYPED_WRITING} FROM whole WHERE {together} LIMIT {_NAMES_FOR_ACCENTS}",
        )
    return selects


def _add_parts(names: _Names, typed: TypedName, known: list[tuple[str, ...]]) -> None:
    """Beginnings of words, then parts."""
    begun = [
        tuple(one for one in words if one.startswith(word))
        for word, words in zip(typed.words, known, strict=True)
    ]
    words = [plain(word) for word in typed.words]
    not_whole = "NOT (words @> %(words)s::text[])"
    like_begun = names.all_of("begun", "' ' || name", [f"% {word}%" for word in words])
    names.all_of("part", "name", [f"%{word}%" for word in words])
    if all(begun) and begun != [(word,) for word in typed.words]:
        test, most = names.have_one_of("begun", "' ' || name", begun)
        names.add("begun", f"{test} AND {not_whole}", most)
    if known != begun:
        test, most = names.have_one_of("part", "name", known)
        names.add("parts", f"{test} AND NOT ({like_begun})", most)


def nearly_called(
    typed: TypedName, near: Mapping[int, frozenset[str]], village_ids: list[int] | None
) -> list[Called]:
    """As `called`, with one word taken for one of those it may have been; the others as whole
    words, then as parts. One query, or two where there are others."""
    names = _Names({"names": typed.phrases_meant(near)})
    names.whole = [
        f"SELECT name, {_ANY_WRITING} FROM households_searchname WHERE name = ANY(%(names)s)"
    ]
    holding = _holding(typed.words) if len(typed.words) > 1 else []
    is_part = {}
    for at, meant in near.items():
        others = [word for other, word in enumerate(typed.words) if other != at]
        names.given |= {f"meant_{at}": sorted(meant), f"others_{at}": others}
        is_meant = f"words && %(meant_{at})s::text[]"
        whole = f"words @> %(others_{at})s::text[]"
        names.add(f"near_{at}", f"{is_meant} AND {whole}" if others else is_meant)
        held = [words for other, words in enumerate(holding) if other != at]
        if others and all(held) and held != [(word,) for word in others]:
            names.all_of(f"other_{at}", "name", [f"%{plain(one)}%" for one in others])
            test, most = names.have_one_of(f"other_{at}", "name", held)
            is_part[at] = (f"{is_meant} AND {test} AND NOT ({whole})", most)
    for at, (test, most) in is_part.items():
        names.add(f"near_part_{at}", test, most)
    return _read(names, village_ids)


def _holding(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """For each typed word, the words of names that hold it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT word FROM households_searchword WHERE word LIKE ANY(%s)",
            [[f"%{plain(word)}%" for word in words]],
        )
        known = [row[0] for row in cursor.fetchall()]
    return [tuple(one for one in known if word in one) for word in words]


def _read(names: _Names, village_ids: list[int] | None) -> list[Called]:
    """Heads and other members, the best first. The names of a tier are read once, for both."""
    names.given["villages"] = village_ids
    place = {"in_villages": "", "join_cards": ""}
    if village_ids is not None:
        place = {"in_villages": _IN_VILLAGES, "join_cards": _CARDS}
    read_once = ", ".join(
        f"{tier} AS MATERIALIZED (SELECT name FROM households_searchname WHERE {test})"
        for tier, test in names.read_once.items()
    )
    who = " UNION ALL ".join(_who(one.format(**place), names) for one in (_HEADS, _MEMBERS))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {read_once} {who}" if read_once else who, names.given)
        found: list[Called] = cursor.fetchall()
    return found


def _who(who: str, names: _Names) -> str:
    """The first that are called by one of the names; of each name, so many."""
    parts = [
        _WHO_IS_CALLED.format(
            names=" UNION ALL ".join(f"({one})" for one in selects), who=who, each=each
        )
        for selects, each in (
            (names.whole, _OF_THE_WHOLE_NAME),
            (names.others, _OF_ONE_NAME),
        )
        if selects
    ]
    return _IN_TURN.format(parts=" UNION ALL ".join(parts), most=_CALLED)
