"""The rows of a list: heads, their members, and who lives in the commune today. Temporary tables
only; nothing of the register is written."""

from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from households.services.imports.problems import LISTED, ProblemLog
from households.services.taking_over.facts import ListFacts

#: Odd in the fourth digit of a personal number: a woman.
_SEX_OF_NUMBER: Final = "CASE WHEN mod(number_mark / 100, 2) = 1 THEN 'F' ELSE 'M' END"

# Who is no head says how he is related; a row that says nothing is a head.
_ROWS: Final = f"""
DROP TABLE IF EXISTS listed_row, listed_head;
CREATE TEMP TABLE listed_row ON COMMIT DROP AS
SELECT l.*, coalesce(relation, 'head') = 'head' AS is_head,
       max(line) FILTER (WHERE coalesce(relation, 'head') = 'head') OVER (ORDER BY line)
         AS head_line,
       povreg_fold(full_name) AS folded_name,
       coalesce(sex, CASE WHEN number_mark IS NOT NULL THEN {_SEX_OF_NUMBER} END) AS known_sex
FROM staged_listed l WHERE full_name IS NOT NULL;
CREATE TEMP TABLE listed_head ON COMMIT DROP AS
SELECT r.line, r.listed_no, r.household_code AS code, r.village, r.full_name, r.folded_name,
       r.birth_date, r.birth_precision, r.personal_id, r.household_size, r.poverty_class, r.aside,
       m.number AS people, NULL::bigint AS village_id, NULL::bigint AS household_id,
       NULL::text AS matched_by, NULL::text AS becomes
FROM listed_row r
JOIN (SELECT head_line, count(*)::int AS number FROM listed_row GROUP BY head_line) m
  ON m.head_line = r.line
WHERE r.is_head;
CREATE INDEX ON listed_row (head_line);
CREATE INDEX ON listed_head (folded_name);
CREATE INDEX ON listed_head (household_id);
ANALYZE listed_row;
ANALYZE listed_head
"""

# Where two villages became one, a household is there once for each.
_LIVING: Final = """
DROP TABLE IF EXISTS living_household;
CREATE TEMP TABLE living_household ON COMMIT DROP AS
SELECT home.household_id, home.then_id AS village_id, p.id AS head_id, p.birth_date,
       p.birth_precision, p.personal_id, coalesce(p.folded_name, k.folded_head_name) AS folded_name
FROM (
  SELECT r.household_id, home.then_id FROM households_residence r
  JOIN village_home home USING (village_id) WHERE r.valid_to IS NULL
  UNION
  SELECT r.household_id, r.village_id FROM households_residence r
  JOIN households_area v ON v.id = r.village_id
  WHERE %(is_former)s AND v.parent_id = %(commune_id)s AND r.valid_from <= %(counts_from)s
    AND r.valid_to >= %(counts_from)s
) home
JOIN households_household h ON h.id = home.household_id AND h.ended_on IS NULL
LEFT JOIN households_householdcard k ON k.household_id = h.id
LEFT JOIN households_membership m
  ON m.household_id = h.id AND m.relation = 'head' AND m.valid_to IS NULL
LEFT JOIN households_person p ON p.id = m.person_id;
CREATE INDEX ON living_household (folded_name);
CREATE INDEX ON living_household (household_id);
ANALYZE living_household
"""

_ESCAPED: Final = """
UPDATE staged_listed SET poverty_class =
  coalesce(replace(poverty_class, 'ESCAPED_', ''), %(only)s)
"""

_OF_A_LIST: Final = "('POOR', 'NEAR_POOR')"


def build(facts: ListFacts, log: ProblemLog) -> None:
    """Fill listed_row and listed_head; note what a row lacks by itself. Who escaped from a class
    was in it, and where the paper has one class only, a sheet need not say it. Some twelve
    statements, whatever the number of rows."""
    with connection.cursor() as cursor:
        if facts.of_escapes:
            cursor.execute(_ESCAPED, {"only": facts.totals.only_class})
        cursor.execute(_ROWS)
        cursor.execute("SELECT EXISTS (SELECT 1 FROM listed_head)")
        if not cursor.fetchone()[0]:
            log.add(LISTED, 1, "", "no_rows", _("The file has headings but no rows."))
    _note_heads(log)
    _note_numbers(log)


def find_living(given: dict[str, Any]) -> None:
    """Fill living_household, by village_home (services.taking_over.courses). One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LIVING, given)


def _note_heads(log: ProblemLog) -> None:
    log.add_rows(
        LISTED, "full_name", "no_head",
        _("No head stands above this member."),
        "SELECT line, full_name FROM listed_row WHERE head_line IS NULL",
    )  # fmt: skip
    log.add_rows(
        LISTED, "poverty_class", "missing_value",
        _("Whether poor or near-poor is not told: by a column, a cross, or a line above."),
        "SELECT h.line, NULL FROM listed_head h WHERE h.poverty_class IS NULL",
    )  # fmt: skip
    log.add_rows(
        LISTED, "poverty_class", "escaped_in_a_list",
        _("This household escaped. Take over who escaped by a sheet of its own, as escapes."),
        "SELECT line, full_name FROM listed_head"
        " WHERE starts_with(poverty_class, 'ESCAPED_')",
    )  # fmt: skip
    log.add_rows(
        LISTED, "poverty_class", "not_of_a_list",
        _("A list has poor and near-poor households only."),
        f"SELECT line, full_name FROM listed_head"
        f" WHERE poverty_class NOT IN {_OF_A_LIST} AND NOT starts_with(poverty_class, 'ESCAPED_')",
    )  # fmt: skip
    log.add_rows(
        LISTED, "household_size", "size_differs",
        _("The number of members is not that of the rows of this household."),
        """
        SELECT line, household_size FROM listed_head
        WHERE household_size <> people
          AND EXISTS (SELECT 1 FROM listed_row WHERE NOT is_head)
        """,
    )  # fmt: skip


def _note_numbers(log: ProblemLog) -> None:
    log.add_rows(
        LISTED, "cccd", "number_twice",
        _("This personal number stands in a row above too."),
        """
        SELECT line, personal_id FROM (
          SELECT line, personal_id, row_number() OVER (PARTITION BY personal_id ORDER BY line) AS n
          FROM listed_row WHERE personal_id IS NOT NULL) numbered
        WHERE n > 1
        """,
    )  # fmt: skip
    log.add_rows(
        LISTED, "sex", "number_says_other_sex",
        _("The personal number says the other sex."),
        f"""
        SELECT line, sex FROM listed_row
        WHERE sex IS NOT NULL AND number_mark IS NOT NULL AND sex <> {_SEX_OF_NUMBER}
        """,
        is_warning=True,
    )  # fmt: skip
