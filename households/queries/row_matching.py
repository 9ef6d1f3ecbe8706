"""Rows of any sheet → the households and persons of an area that they are about.

The machinery of returned layouts, and of whatever else comes in as a list of people (cards of an
insurer, payments of a treasury): what a row says of its subject goes into a staging table by COPY,
and one statement finds all of them. Nothing of the register is written.
"""

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db import connection

from households.choices import Relation
from households.choices.returns import FoundBy, WhyNotFound
from households.exchange.own_keys import HOUSEHOLD_PREFIX, PERSON_PREFIX, sql_number_of
from households.models import Area

_PIECE: Final = 20_000


@dataclass(frozen=True, slots=True)
class RowKeys:
    """What a row says of its subject; empty or None where it does not say.

    `household_code` is povreg's own ("H00000012"), `household_key` and `person_key` are those of a
    source, or povreg's as files carry them. `personal_id` is the stored cipher. `name` and `birth`
    (or the `birth_year` alone) are of the person, for a row about a household of its head.
    """

    line: int
    household_code: str = ""
    household_key: str = ""
    person_key: str = ""
    personal_id: bytes | None = None
    name: str = ""
    birth: dt.date | None = None
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Whom the row of a line is about. `person_id` None: a household as a whole. Either `found_by`
    or `why_not` is told."""

    line: int
    household_id: int | None
    person_id: int | None
    found_by: str
    why_not: str


_TABLES: Final = """
DROP TABLE IF EXISTS staged_row, matched_row;
CREATE TEMP TABLE staged_row (
  line integer NOT NULL, household_code text, household_key text, person_key text, number bytea,
  name text, birth date, birth_year integer,
  folded_name text GENERATED ALWAYS AS (povreg_fold(name)) STORED
) ON COMMIT DROP
"""
_COPY: Final = (
    "COPY staged_row (line, household_code, household_key, person_key, number, name, birth,"
    " birth_year) FROM STDIN"
)
_CODE: Final = "r.household_code ~ '^[Hh]?0*[0-9]{1,9}$'"

#: Each row with what its keys name; a person's home is where he belongs on the day.
_KEYED: Final = f"""
CREATE TEMP TABLE keyed_row ON COMMIT DROP AS
SELECT r.line, r.folded_name, r.birth, r.birth_year, r.number,
       n.id AS by_number, coalesce(pk.person_id, po.id) AS by_key,
       hc.id AS by_code, coalesce(hk.household_id, ho.id) AS by_household_key,
       coalesce(n.id, pk.person_id, po.id) AS person_id,
       coalesce(hc.id, hk.household_id, ho.id) AS household_id
FROM staged_row r
LEFT JOIN households_person n ON n.personal_id = r.number
LEFT JOIN households_personkey pk ON pk.source = %(source)s AND pk.key = r.person_key
LEFT JOIN households_person po
  ON pk.person_id IS NULL AND po.id = {sql_number_of(PERSON_PREFIX, "r.person_key")}
LEFT JOIN households_household hc
  ON hc.id = CASE WHEN {_CODE} THEN substring(r.household_code FROM '[0-9]+')::bigint END
LEFT JOIN households_householdkey hk ON hk.source = %(source)s AND hk.key = r.household_key
LEFT JOIN households_household ho
  ON hk.household_id IS NULL AND ho.id = {sql_number_of(HOUSEHOLD_PREFIX, "r.household_key")};
ANALYZE keyed_row
"""
_IN_AREA: Final = "NOT c.is_ended AND (v.id = %(area_id)s OR v.path LIKE %(below)s)"
_TODAY: Final = "m.valid_from <= %(on)s AND (m.valid_to IS NULL OR m.valid_to >= %(on)s)"
_SAME_BIRTH: Final = """(k.birth IS NULL OR p.birth_date IS NULL OR k.birth = p.birth_date
  OR (p.birth_precision = 'YEAR' AND extract(year FROM k.birth) = extract(year FROM p.birth_date)))
  AND (k.birth_year IS NULL OR p.birth_date IS NULL
       OR k.birth_year = extract(year FROM p.birth_date))"""
#: Who has the name: within the household that the row names, else with the very birth date in the
#: area. Somebody with another personal number than the row's is somebody else.
_NAMED: Final = f"""
CREATE TEMP TABLE named_row ON COMMIT DROP AS
SELECT k.line, min(p.id) AS person_id, min(m.household_id) AS household_id, count(*) AS number
FROM keyed_row k
JOIN households_membership m ON m.household_id = k.household_id AND {_TODAY}
JOIN households_person p ON p.id = m.person_id AND p.folded_name = k.folded_name
WHERE %(of_members)s AND k.person_id IS NULL AND k.folded_name <> '' AND {_SAME_BIRTH}
  AND (k.number IS NULL OR p.personal_id IS NULL)
GROUP BY k.line
UNION ALL
SELECT k.line, min(p.id), min(m.household_id), count(*)
FROM keyed_row k
JOIN households_person p ON p.folded_name = k.folded_name AND p.birth_date = k.birth
  AND p.birth_precision = 'DAY'
JOIN households_membership m ON m.person_id = p.id AND {_TODAY}
JOIN households_householdcard c ON c.household_id = m.household_id
JOIN households_area v ON v.id = c.village_id
WHERE k.person_id IS NULL AND k.household_id IS NULL AND k.folded_name <> ''
  AND (k.number IS NULL OR p.personal_id IS NULL)
  AND (%(of_members)s OR m.relation = '{Relation.HEAD.value}') AND {_IN_AREA}
GROUP BY k.line
"""
_JUDGED: Final = f"""
CREATE TEMP TABLE matched_row ON COMMIT DROP AS
WITH known AS (
  SELECT k.*, coalesce(k.person_id, CASE WHEN w.number = 1 THEN w.person_id END) AS found_person,
    coalesce(k.household_id, m.household_id, CASE WHEN w.number = 1 THEN w.household_id END)
      AS found_household,
    m.household_id AS home, w.number AS named, p.folded_name AS other_name,
    k.person_id IS NOT NULL AND NOT ({_SAME_BIRTH}) AS other_birth
  FROM keyed_row k
  LEFT JOIN named_row w USING (line)
  LEFT JOIN households_person p ON p.id = k.person_id
  LEFT JOIN households_membership m ON m.person_id = k.person_id AND {_TODAY}
), judged AS (
  SELECT k.*, CASE
    WHEN k.by_number <> k.by_key OR k.by_code <> k.by_household_key
      OR k.household_id <> k.home THEN '{WhyNotFound.DISAGREE.value}'
    WHEN k.person_id IS NOT NULL AND k.home IS NULL THEN '{WhyNotFound.ELSEWHERE.value}'
    WHEN k.folded_name <> '' AND k.folded_name <> k.other_name AND k.other_birth
      THEN '{WhyNotFound.OTHER_PERSON.value}'
    WHEN k.found_household IS NOT NULL AND NOT coalesce(({_IN_AREA}), false)
      THEN '{WhyNotFound.ELSEWHERE.value}'
    WHEN k.named > 1 AND k.found_person IS NULL AND (%(of_members)s OR k.household_id IS NULL)
      THEN '{WhyNotFound.SEVERAL.value}'
    WHEN k.found_household IS NULL AND NOT s.says_something THEN '{WhyNotFound.NO_KEY.value}'
    WHEN k.found_household IS NULL OR (%(of_members)s AND k.found_person IS NULL)
      THEN '{WhyNotFound.UNKNOWN.value}'
    ELSE '' END AS why_not
  FROM known k
  JOIN (SELECT line, number IS NOT NULL OR person_key <> '' OR household_code <> ''
               OR household_key <> '' OR (folded_name <> '' AND birth IS NOT NULL)
               AS says_something FROM staged_row) s USING (line)
  LEFT JOIN households_householdcard c ON c.household_id = k.found_household
  LEFT JOIN households_area v ON v.id = c.village_id
), placed AS (
  SELECT j.*, row_number() OVER (
    PARTITION BY why_not = '', CASE WHEN %(of_members)s THEN found_person ELSE found_household END
    ORDER BY line) AS place
  FROM judged j
)
SELECT line,
  CASE WHEN kept THEN found_household END AS household_id,
  CASE WHEN kept AND %(of_members)s THEN found_person END AS person_id,
  CASE WHEN NOT kept THEN ''
    WHEN by_number IS NOT NULL THEN '{FoundBy.NUMBER.value}'
    WHEN by_key IS NOT NULL THEN '{FoundBy.PERSON_KEY.value}'
    WHEN household_id IS NULL THEN '{FoundBy.NAME_AND_BIRTH.value}'
    WHEN %(of_members)s THEN '{FoundBy.NAME_IN_HOUSEHOLD.value}'
    ELSE '{FoundBy.HOUSEHOLD_KEY.value}' END AS found_by,
  CASE WHEN why_not = '' AND NOT kept THEN '{WhyNotFound.TWICE.value}' ELSE why_not END AS why_not
FROM (SELECT p.*, why_not = '' AND (place = 1 OR NOT %(each_once)s) AS kept FROM placed p) done;
CREATE UNIQUE INDEX ON matched_row (line);
ANALYZE matched_row
"""


def match_rows(
    rows: Iterable[RowKeys],
    *,
    area: Area,
    on: dt.date,
    source: str,
    of_members: bool,
    each_once: bool = True,
) -> Iterator[Match]:
    """Find whom each row is about: who lives in `area` on the day, nobody else.

    A personal number counts first, then the key of a person, then the household with the name
    within it; a name with a whole birth date alone only where one of the area has them and no other
    number is known of him. Keys that name different ones, and a key of somebody with another name
    and another birth date, find nobody. `of_members`: rows are about persons (else about
    households, by their head). `each_once`: a second row about the same one is refused; lists of
    payments have one a month. `source` is whose keys the file carries.

    To be called in a transaction: until its end, the temporary tables staged_row and matched_row
    (line, household_id, person_id, found_by, why_not) can be joined. Seven statements, whatever the
    number of rows; lines must differ.
    """
    parameters: dict[str, Any] = {
        "source": source,
        "area_id": area.pk,
        "below": f"{area.inner_path}%",
        "on": on,
        "of_members": of_members,
        "each_once": each_once,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        _stage(cursor, rows)
        cursor.execute("DROP TABLE IF EXISTS keyed_row, named_row; ANALYZE staged_row")
        for statement in (_KEYED, _NAMED, _JUDGED):
            cursor.execute(statement, parameters)
    return _matches()


def _matches() -> Iterator[Match]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT line, household_id, person_id, found_by, why_not FROM matched_row ORDER BY line"
        )
        for row in cursor:
            yield Match(*row)


def _stage(cursor: Any, rows: Iterable[RowKeys]) -> None:
    left = iter(rows)
    while piece := list(islice(left, _PIECE)):
        cursor.copy_expert(_COPY, io.StringIO("".join(map(_copied, piece))))


def _copied(row: RowKeys) -> str:
    number = rf"\\x{bytes(row.personal_id).hex()}" if row.personal_id else r"\N"
    cells = (
        str(row.line),
        _text(row.household_code),
        _text(row.household_key),
        _text(row.person_key),
        number,
        _text(row.name),
        row.birth.isoformat() if row.birth else r"\N",
        str(row.birth_year) if row.birth_year else r"\N",
    )
    return "\t".join(cells) + "\n"


def _text(value: str) -> str:
    """As COPY reads it: empty stays an empty text."""
    escaped = value.replace("\\", r"\\").replace("\t", r"\t")
    return escaped.replace("\n", r"\n").replace("\r", r"\r")
