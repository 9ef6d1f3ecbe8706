"""The checks of exchange.checks for a whole file: SQL finds the doubtful households, Python judges.

One short pass in SQL picks every household that could have a problem (too many rather than too
few; a test holds the two together), and only those go through check_survey, whose words and rules
are the form's own.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from households.choices import Employment
from households.exchange.checks import check_survey
from households.exchange.checks_of_members import (
    AT_WORK_OR_SEEKING,
    EMPLOYMENT_ASKED_FROM_AGE,
    NUTRITION_ASKED_BELOW_AGE,
    OLDEST_AGE,
)
from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, Kind
from households.exchange.problems import Problem
from households.models.personal_id import decrypt_personal_id
from households.services.imports.cells import staged_columns
from households.services.imports.lookups import Lookups
from households.services.imports.problems import HOUSEHOLDS, MEMBERS, ProblemLog

_AT_ONCE: Final = 2000
_JSON: Final = {
    "b1_answers", *(column.name for column in HOUSEHOLD_COLUMNS if column.kind is Kind.CODES)
}  # fmt: skip

_HOUSEHOLD_REQUIRED: Final = [
    f"h.{column.name} IS NULL" for column in HOUSEHOLD_COLUMNS if column.required and column.field
]
_MEMBER_REQUIRED: Final = [
    f"m.{staged_columns(column)[0][0]} IS NULL"
    for column in MEMBER_COLUMNS
    if column.required and column.field
]

# Ages with a day to spare: what is picked in vain does no harm.
_MEMBER_DOUBTFUL: Final = f"""
  {" OR ".join(_MEMBER_REQUIRED)}
  OR m.birth_date > h.as_of
  OR m.birth_date <= (h.as_of - make_interval(years => %(oldest)s))::date + 1
  OR (m.employment IS NULL
      AND m.birth_date <= (h.as_of - make_interval(years => %(work_age)s))::date + 1)
  OR (m.employment IS NOT DISTINCT FROM '{Employment.WAGE.value}')
     <> (m.has_labour_contract IS NOT NULL)
  OR (NOT m.able_to_work AND coalesce(m.employment, '') = ANY(%(working)s))
  OR (m.able_to_work AND coalesce(m.employment, '') = '{Employment.NOT_ABLE.value}')
  OR (m.birth_date >= (h.as_of - make_interval(years => %(child_age)s))::date - 1
      AND (m.malnourished_height IS NULL OR m.malnourished_weight IS NULL))
  OR (m.birth_date <= (h.as_of - make_interval(years => %(child_age)s))::date + 1
      AND (m.malnourished_height IS NOT NULL OR m.malnourished_weight IS NOT NULL))
  OR m.number_place_known IS FALSE
  OR ((m.number_mark / 100 %% 2 = 1) <> (m.sex = 'F')) IS TRUE
  OR (1900 + m.number_mark / 200 * 100 + m.number_mark %% 100
      <> extract(year FROM m.birth_date)) IS TRUE
"""

_PICK: Final = f"""
DROP TABLE IF EXISTS doubtful_household;
CREATE TEMP TABLE doubtful_household ON COMMIT DROP AS
SELECT h.line, h.household_id
FROM (SELECT DISTINCT ON (household_id) * FROM staged_household
      WHERE household_id IS NOT NULL ORDER BY household_id, line) h
LEFT JOIN (
  SELECT m.household_id, count(*) AS members,
         bool_or({_MEMBER_DOUBTFUL}) AS doubtful,
         count(*) FILTER (WHERE m.relation = 'head') AS heads,
         count(*) FILTER (WHERE m.relation = 'spouse') AS spouses,
         max(m.full_name) FILTER (WHERE m.relation = 'head') AS head_name,
         max(m.birth_date) FILTER (WHERE m.relation = 'head') AS head_born,
         min(m.birth_date) FILTER (WHERE m.relation IN ('child', 'grandchild')) AS oldest_below,
         max(m.birth_date) FILTER (WHERE m.relation IN ('parent', 'grandparent'))
           AS youngest_above,
         bit_count(bit_or(1::bigint << (m.member_no %% 63))::bit(64)) AS numbers,
         count(DISTINCT m.birth_date) AS birth_dates,
         count(m.personal_id) - count(DISTINCT m.personal_id) AS numbers_twice
  FROM staged_member m
  JOIN (SELECT DISTINCT ON (household_id) household_id, as_of FROM staged_household
        ORDER BY household_id, line) h USING (household_id)
  GROUP BY m.household_id
) f USING (household_id)
WHERE h.as_of IS NOT NULL AND (
  f.members IS NULL OR f.doubtful
  OR {" OR ".join(_HOUSEHOLD_REQUIRED)}
  OR h.household_size <> f.members
  OR f.heads <> 1 OR f.spouses > 1 OR f.head_name <> h.head_name
  OR f.oldest_below <= f.head_born OR f.youngest_above >= f.head_born
  OR f.numbers <> f.members OR f.birth_dates <> f.members OR f.numbers_twice > 0
  OR (h.income_per_capita_month_vnd IS NULL AND h.b1_points_paper IS NULL
      AND coalesce(h.b1_answers, '{{}}') = '{{}}')
  OR h.shock_on > h.as_of
)
"""


def check_households(lookups: Lookups, log: ProblemLog) -> int:
    """Note the problems of every household of the file; give the number that were looked at.

    Households whose `as_of` is unknown are left out: nothing can be judged, and that is noted
    already. Ages are judged on each row's own `as_of`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _PICK,
            {
                "oldest": OLDEST_AGE + 1,
                "work_age": EMPLOYMENT_ASKED_FROM_AGE,
                "child_age": NUTRITION_ASKED_BELOW_AGE,
                "working": sorted(AT_WORK_OR_SEEKING),
            },
        )
        cursor.execute("ANALYZE doubtful_household")
        cursor.execute("SELECT count(*) FROM doubtful_household")
        picked: int = cursor.fetchone()[0]
    for household, members in _doubtful():
        found = check_survey(
            household, members, as_of=household["as_of"], birth_places=lookups.birth_places
        )
        for problem in found:
            _note(problem, household, members, log)
    log.flush()
    return picked


def _doubtful() -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The picked households with their members, keyed by column; in pieces, by line."""
    after = 0
    while True:
        households = _rows(
            """
            SELECT h.* FROM staged_household h JOIN doubtful_household d USING (line)
            WHERE line > %s ORDER BY line LIMIT %s
            """,
            [after, _AT_ONCE],
        )
        if not households:
            return
        after = households[-1]["line"]
        keys = [household["household_id"] for household in households]
        members: dict[str, list[dict[str, Any]]] = {}
        for member in _rows(
            "SELECT * FROM staged_member WHERE household_id = ANY(%s) ORDER BY line", [keys]
        ):
            members.setdefault(member["household_id"], []).append(member)
        for household in households:
            yield household, members.get(household["household_id"], [])


def _rows(sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        # Django leaves JSON of plain queries as text.
        row |= {name: json.loads(row[name]) for name in _JSON & row.keys() if row[name]}
        row["ethnic_group"] = row["ethnic_group_id"]
        if row.get("personal_id") is not None:
            row["cccd"] = decrypt_personal_id(row["personal_id"])
    return rows


def _note(
    problem: Problem, household: dict[str, Any], members: list[dict[str, Any]], log: ProblemLog
) -> None:
    index = problem.member_index
    file, line = (
        (HOUSEHOLDS, household["line"]) if index is None else (MEMBERS, members[index]["line"])
    )
    log.add(
        file,
        line,
        problem.column,
        problem.code,
        problem.reason,
        as_written(problem.value),
        is_warning=problem.is_warning,
    )


def as_written(value: Any) -> str:
    """A value as the file would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)
