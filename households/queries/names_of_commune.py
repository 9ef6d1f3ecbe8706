"""Names among the cards of a few villages: all cards are read, the best are opened.

The names stand in a term of their own (|| ''), so that no index over the names of the whole
province is taken first: in one commune that is many times slower.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from households.queries.patterns import plain
from households.queries.typed_names import TypedName, ways_of_writing

#: Household, full name, folded name, relation to the head.
Called = tuple[int, str, str, str]
_CARDS = 40
#: First what is cheap to test, over every card; then `names`, a line each with a blank before and
#: behind, over those that are left; then who lives in the best of them. The head's name is the
#: card's own: a household that has ended has no other.
_STATEMENT = """
WITH near AS MATERIALIZED (
  SELECT household_id, head_name, folded_head_name, folded_names
  FROM households_householdcard
  WHERE village_id = ANY(%(villages)s) AND ({cheap})
), best AS MATERIALIZED (
  SELECT household_id, head_name, folded_head_name
  FROM (SELECT *, ' ' || replace(folded_names, E'\\n', E' \\n ') || ' ' AS names
        FROM near OFFSET 0) card
  WHERE {wanted}
  ORDER BY {tier}, folded_head_name, household_id LIMIT {most}
)
SELECT household_id, head_name, folded_head_name, 'head' FROM best
UNION ALL
SELECT m.household_id, p.full_name, p.folded_name, m.relation
FROM best JOIN households_membership m USING (household_id)
JOIN households_person p ON p.id = m.person_id
WHERE m.valid_to IS NULL AND m.relation <> 'head'
"""
_CHEAP = "folded_names || '' LIKE"


def called(typed: TypedName, village_ids: list[int]) -> list[Called]:
    """Who has every typed word in his name, or lives with somebody who has. One query."""
    words = [plain(word) for word in typed.words]
    phrase = plain(typed.phrase)
    given: dict[str, Any] = {"villages": village_ids, "phrase": f"% {phrase} %"}
    cheap = _all_of(given, _CHEAP, "part", [f"%{word}%" for word in words])
    wanted = "true"
    if len(words) > 1:
        # Side by side they are in one name; apart, each name is looked through by itself.
        given["together"] = f"%{phrase}%"
        line = _all_of(given, "line LIKE", "part", [f"%{word}%" for word in words])
        wanted = f"""(names LIKE %(together)s OR EXISTS (
            SELECT 1 FROM unnest(string_to_array(names, E'\\n')) line WHERE {line}))"""
    tiers = [
        "names LIKE %(phrase)s",
        _all_of(given, "names LIKE", "word", [f"% {word} %" for word in words]),
        _all_of(given, "names LIKE", "begun", [f"% {word}%" for word in words]),
    ]
    if typed.has_accents:
        given["writings"] = [f"% {plain(one)} %" for one in ways_of_writing(typed.written)]
        tiers.insert(0, "' ' || lower(head_name) || ' ' LIKE ANY(%(writings)s)")
    return _read(given, cheap, wanted, tiers)


def nearly_called(
    typed: TypedName, near: Mapping[int, frozenset[str]], village_ids: list[int]
) -> list[Called]:
    """As `called`, with one word taken for one of those it may have been. One query."""
    given: dict[str, Any] = {"villages": village_ids}
    cheap, wanted = [], []
    for at, meant in near.items():
        others = [f"%{plain(word)}%" for other, word in enumerate(typed.words) if other != at]
        given[f"cheap_{at}"] = [f"%{word}%" for word in _shortest(meant)]
        given[f"meant_{at}"] = [f"% {word} %" for word in sorted(meant)]
        tests = [_all_of(given, _CHEAP, f"other_{at}", others)] if others else []
        cheap.append(" AND ".join((*tests, f"{_CHEAP} ANY(%(cheap_{at})s)")))
        wanted.append(f"names LIKE ANY(%(meant_{at})s)")
    if len(typed.words) == 1:
        return _read(given, _any_of(cheap), _any_of(wanted), [])
    given["phrases"] = [f"% {plain(one)} %" for one in typed.phrases_meant(near)]
    # One pattern leaves few of the cards that the many are looked for in.
    around = _any_of(_around(given, typed, at) for at in near)
    tiers = [f"{around} AND names LIKE ANY(%(phrases)s)"]
    return _read(given, _any_of(cheap), _any_of(wanted), tiers)


def _around(given: dict[str, Any], typed: TypedName, at: int) -> str:
    """A test for the other words standing as in all that may have been meant."""
    words = [plain(word) for word in typed.words]
    given[f"around_{at}"] = f"% {' '.join((*words[:at], '%', *words[at + 1 :]))} %"
    return f"names LIKE %(around_{at})s"


def _shortest(words: frozenset[str]) -> list[str]:
    """Those that hold no other of them: whatever has one of the words has one of these."""
    return sorted(one for one in words if not any(w in one for w in words if w != one))


def _all_of(given: dict[str, Any], test: str, name: str, patterns: list[str]) -> str:
    """Every pattern passes the test; the patterns are added to `given`."""
    given |= {f"{name}_{at}": pattern for at, pattern in enumerate(patterns)}
    return " AND ".join(f"{test} %({name}_{at})s" for at in range(len(patterns)))


def _any_of(tests: Iterable[str]) -> str:
    return "(" + " OR ".join(f"({one})" for one in tests) + ")"


def _read(given: dict[str, Any], cheap: str, wanted: str, tiers: list[str]) -> list[Called]:
    cases = " ".join(f"WHEN {test} THEN {at}" for at, test in enumerate(tiers))
    tier = f"CASE {cases} ELSE {len(tiers)} END" if tiers else "0::integer"
    statement = _STATEMENT.format(cheap=cheap, wanted=wanted, tier=tier, most=_CARDS)
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found: list[Called] = cursor.fetchall()
    return found
