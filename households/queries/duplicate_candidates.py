"""Which persons of a register may be one, by what the database can join on; likeness judges them.

A pair comes out by equal name (as it sounds, words in any order) with the same birth date, the one
with day and month swapped, or the same year where one says no more; or by equal birth date in one
commune with a name that is nearly the same; or by equal name in one commune where both have a
number, which may be a slip of the pen; or by an equal old number.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import permutations
from typing import Any, Final

from django.db import connection

from households.folding import fold
from households.likeness import names, persons
from households.models.personal_id import decrypt_personal_id, encrypt_personal_id

#: Words of a name of which every order is looked up; of a longer one the order as typed.
_MOST_WORDS: Final = 4

_STANDING: Final = """
CREATE TEMP TABLE standing ON COMMIT DROP AS
SELECT p.id AS person_id, m.household_id, c.village_id, v.parent_id AS commune_id, p.full_name,
       p.folded_name, p.sex, p.birth_date, p.birth_precision = 'YEAR' AS year_only,
       extract(year FROM p.birth_date)::int AS birth_year,
       CASE WHEN p.birth_precision <> 'YEAR' AND extract(day FROM p.birth_date) <= 12
             AND extract(day FROM p.birth_date) <> extract(month FROM p.birth_date)
            THEN make_date(extract(year FROM p.birth_date)::int,
                           extract(day FROM p.birth_date)::int,
                           extract(month FROM p.birth_date)::int) END AS swapped_date,
       p.personal_id AS number, p.old_number, m.relation = 'head' AS is_head
FROM households_householdcard c
JOIN households_area v ON v.id = c.village_id AND NOT v.is_practice
JOIN households_membership m ON m.household_id = c.household_id AND m.valid_to IS NULL
JOIN households_person p ON p.id = m.person_id AND p.died_on IS NULL
WHERE NOT c.is_ended AND v.path LIKE ANY(%(branches)s)
"""
#: A province's persons are joined with themselves in memory, not on disk.
_ROOM: Final = "SET LOCAL work_mem = '128MB'"
_NAMES: Final = (
    "CREATE TEMP TABLE sounding (folded_name text PRIMARY KEY, name_key text) ON COMMIT DROP"
)
_PREPARED: Final = (
    "ANALYZE standing",
    "ANALYZE sounding",
    """CREATE TEMP TABLE named ON COMMIT DROP AS
       SELECT s.*, n.name_key FROM standing s JOIN sounding n USING (folded_name)""",
    "ANALYZE named",
    """CREATE TEMP TABLE holders ON COMMIT DROP AS
       SELECT name_key, count(*)::int AS holders FROM named GROUP BY name_key
       HAVING count(*) > 1""",
    "ANALYZE holders",
)

SAME_NAME_AND_BIRTH: Final = """
SELECT a.person_id AS a, b.person_id AS b FROM named a JOIN named b
  ON b.name_key = a.name_key AND b.birth_date = a.birth_date AND a.person_id < b.person_id
"""
_PAIRS: Final = f"""
CREATE TEMP TABLE candidate ON COMMIT DROP AS
{SAME_NAME_AND_BIRTH}
UNION
SELECT least(a.person_id, b.person_id), greatest(a.person_id, b.person_id) FROM named a JOIN named b
  ON b.name_key = a.name_key AND b.birth_date = a.swapped_date AND NOT b.year_only
UNION
SELECT least(a.person_id, b.person_id), greatest(a.person_id, b.person_id) FROM named a JOIN named b
  ON b.name_key = a.name_key AND b.birth_year = a.birth_year AND a.person_id <> b.person_id
  WHERE a.year_only
UNION
SELECT a.person_id, b.person_id FROM named a JOIN named b
  ON b.birth_date = a.birth_date AND b.commune_id = a.commune_id AND a.person_id < b.person_id
     AND b.name_key <> a.name_key
  WHERE NOT a.year_only AND NOT b.year_only
    AND similarity(a.folded_name, b.folded_name) >= %(similar)s
UNION
SELECT a.person_id, b.person_id FROM named a JOIN named b
  ON b.name_key = a.name_key AND b.commune_id = a.commune_id AND a.person_id < b.person_id
  WHERE a.number IS NOT NULL AND b.number IS NOT NULL AND b.birth_date <> a.birth_date
UNION
SELECT a.person_id, b.person_id FROM named a JOIN named b
  ON b.old_number = a.old_number AND a.person_id < b.person_id
"""
#: How alike two names must be as a whole before they are compared letter by letter.
_SIMILAR: Final = 0.4

_SIDE: Final = (
    "{s}.person_id, {s}.household_id, {s}.village_id, {s}.commune_id, {s}.full_name, {s}.sex,"
    " {s}.birth_date, {s}.year_only, {s}.number, {s}.old_number, {s}.is_head"
)
_READ: Final = f"""
SELECT {_SIDE.format(s="a")}, {_SIDE.format(s="b")}, coalesce(h.holders, 1),
  a.household_id <> b.household_id AND a.birth_date = b.birth_date AND EXISTS (
    SELECT 1 FROM households_membership x JOIN households_membership y
      ON y.household_id = x.household_id AND y.person_id = b.person_id
         AND daterange(y.valid_from, y.valid_to, '[]') && daterange(x.valid_from, x.valid_to, '[]')
    WHERE x.person_id = a.person_id)
FROM candidate c JOIN named a ON a.person_id = c.a JOIN named b ON b.person_id = c.b
LEFT JOIN holders h ON h.name_key = a.name_key AND b.name_key = a.name_key
ORDER BY c.a, c.b
"""
_CELLS: Final = _SIDE.count("{s}")
_SIZES: Final = "SELECT household_id, count(*) FROM standing GROUP BY household_id"


@dataclass(frozen=True)
class Side:
    """One person of a pair, where he lives now."""

    person_id: int
    household_id: int
    village_id: int
    commune_id: int
    entry: persons.Entry
    is_head: bool


@dataclass(frozen=True)
class Candidate:
    """Two persons, the lower id first; `around` without what only all pairs together show."""

    a: Side
    b: Side
    around: persons.Around


def prepare(branches: Sequence[str]) -> None:
    """Fill the temporary tables of the living persons of standing households in these branches
    (Area.inner_path). Inside a transaction, which drops them. Eight statements; names are sounded
    once each, however many bear them."""
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute("DROP TABLE IF EXISTS candidate, holders, named, sounding, standing")
        cursor.execute(_STANDING, {"branches": [f"{one}%" for one in branches]})
        cursor.execute("SELECT DISTINCT folded_name FROM standing")
        folded = [name for (name,) in cursor.fetchall()]
        cursor.execute(_NAMES)
        cursor.copy_expert("COPY sounding FROM STDIN", StringIO(_as_copy(folded)))
        for statement in _PREPARED:
            cursor.execute(statement)


def _as_copy(folded: list[str]) -> str:
    escaped = (
        (one.replace("\\", "\\\\"), names.name_key(one).replace("\\", "\\\\")) for one in folded
    )
    return "".join(f"{name}\t{key}\n" for name, key in escaped)


def pairs() -> Iterator[Candidate]:
    """All pairs of what prepare() found, read in pieces. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"similar": _SIMILAR})
        cursor.execute("ANALYZE candidate")
        cursor.execute(_READ)
        while rows := cursor.fetchmany(5_000):
            for row in rows:
                yield _candidate(row)


def sizes() -> dict[int, int]:
    """How many living members each household of prepare() has. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZES)
        return dict(cursor.fetchall())


def _candidate(row: Sequence[Any]) -> Candidate:
    a, b = _side(row[:_CELLS]), _side(row[_CELLS : 2 * _CELLS])
    holders, lived_together = row[2 * _CELLS :]
    return Candidate(
        a, b, persons.Around(place_of(a, b), holders=holders, lived_together=bool(lived_together))
    )


def _side(row: Sequence[Any]) -> Side:
    person, household, village, commune, name, sex, birth, year_only, number, old, is_head = row
    numbers = [decrypt_personal_id(one) if one else "" for one in (number, old)]
    entry = persons.Entry(name, sex, birth, bool(year_only), *numbers)
    return Side(person, household, village, commune, entry, is_head)


def place_of(a: Side, b: Side) -> str:
    """The smallest unit both live in, as likeness.persons.Around has it."""
    if a.household_id == b.household_id:
        return persons.IN_HOUSEHOLD
    if a.village_id == b.village_id:
        return persons.IN_VILLAGE
    return persons.IN_COMMUNE if a.commune_id == b.commune_id else ""


_LIKE: Final = """
WITH found AS (
  SELECT id FROM households_person WHERE birth_date = ANY(%(days)s)
  UNION
  SELECT id FROM households_person
  WHERE folded_name = ANY(%(orders)s) AND birth_date BETWEEN %(first)s AND %(last)s
    AND (%(year_only)s OR birth_precision = 'YEAR')
  UNION
  SELECT id FROM households_person WHERE old_number = %(old_number)s
)
SELECT p.id, m.household_id, c.village_id, v.parent_id, p.full_name, p.sex, p.birth_date,
       p.birth_precision = 'YEAR', p.personal_id, p.old_number, m.relation = 'head'
FROM found f JOIN households_person p ON p.id = f.id AND p.died_on IS NULL
JOIN households_membership m ON m.person_id = p.id AND m.valid_to IS NULL
JOIN households_householdcard c ON c.household_id = m.household_id AND NOT c.is_ended
JOIN households_area v ON v.id = c.village_id AND NOT v.is_practice
"""


def like(entry: persons.Entry) -> list[Side]:
    """Who of the whole register may be this person, before likeness judges: everyone born that day
    (or with day and month swapped), who has the name and says only the year, and who has the old
    number. One query of index look-ups; nobody for an entry without a birth date."""
    if entry.birth_date is None:
        return []
    turned = persons.swapped(entry.birth_date)
    days = [] if entry.is_year_only else [one for one in (entry.birth_date, turned) if one]
    with connection.cursor() as cursor:
        cursor.execute(
            _LIKE,
            {
                "days": days,
                "orders": _orders(entry.full_name),
                "first": dt.date(entry.birth_date.year, 1, 1),
                "last": dt.date(entry.birth_date.year, 12, 31),
                "year_only": entry.is_year_only,
                "old_number": encrypt_personal_id(entry.old_number) if entry.old_number else None,
            },
        )
        return [_side(row) for row in cursor.fetchall()]


def _orders(name: str) -> list[str]:
    words = fold(name).split()
    if len(words) > _MOST_WORDS:
        return [" ".join(words)]
    return sorted({" ".join(order) for order in permutations(words)})
