"""Which person of the register each row of a list is, and who is new."""

from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from households.services.imports.problems import LISTED, ProblemLog

_SAME_BIRTH: Final = """
(p.birth_date = r.birth_date
 OR ((p.birth_precision = 'YEAR' OR r.birth_precision = 'YEAR')
     AND extract(year FROM p.birth_date) = extract(year FROM r.birth_date)))
"""

# By number; then, within the household, by name and birth: of a head by the name alone, which is
# how his household was found.
_PERSONS: Final = f"""
DROP TABLE IF EXISTS listed_person;
CREATE TEMP TABLE listed_person ON COMMIT DROP AS
SELECT r.line, r.is_head, r.head_line, h.household_id, h.becomes = 'new' AS in_new_household,
       n.id AS by_number, coalesce(n.id, k.person_id) AS person_id,
       k.person_id IS NOT NULL AS belongs,
       coalesce(n.id, k.person_id) IS NULL AS is_new
FROM listed_row r
JOIN listed_head h ON h.line = r.head_line
LEFT JOIN households_person n ON n.personal_id = r.personal_id
LEFT JOIN LATERAL (
  SELECT m.person_id FROM households_membership m JOIN households_person p ON p.id = m.person_id
  WHERE m.household_id = h.household_id AND m.valid_to IS NULL
    AND (p.id = n.id OR (n.id IS NULL AND p.folded_name = r.folded_name
         AND (p.personal_id IS NULL OR r.personal_id IS NULL)
         AND ({_SAME_BIRTH} OR (r.is_head AND m.relation = 'head'))))
  ORDER BY p.id = n.id DESC NULLS LAST, m.id LIMIT 1) k ON true
"""

# The head of a known household whose name the register does not have there: told, left alone.
_OTHER_HEADS: Final = """
DELETE FROM listed_person WHERE is_head AND NOT in_new_household AND NOT belongs
"""

_NUMBER: Final = """
UPDATE listed_person SET person_id = nextval(pg_get_serial_sequence('households_person', 'id'))
WHERE is_new
"""

_ELSEWHERE: Final = """
SELECT p.line, coalesce(c.name, '') FROM listed_person p
JOIN households_membership m ON m.person_id = p.person_id AND m.household_id <> p.household_id
  AND (m.valid_to IS NULL OR m.valid_to >= %(counts_from)s)
LEFT JOIN households_householdcard k ON k.household_id = m.household_id
LEFT JOIN households_area v ON v.id = k.village_id
LEFT JOIN households_area c ON c.id = v.parent_id
WHERE NOT p.is_new
"""

# Never by household: whom another commune has is told by the commune alone.
_LIKELY: Final = """
SELECT DISTINCT ON (r.line) r.line, r.full_name || ' – ' || coalesce(c.name, '')
FROM listed_person lp JOIN listed_row r ON r.line = lp.line
JOIN households_person p ON p.folded_name = r.folded_name AND p.birth_date = r.birth_date
  AND p.died_on IS NULL AND (p.personal_id IS NULL OR r.personal_id IS NULL)
JOIN households_membership m ON m.person_id = p.id AND m.valid_to IS NULL
LEFT JOIN households_householdcard k ON k.household_id = m.household_id
LEFT JOIN households_area v ON v.id = k.village_id
LEFT JOIN households_area c ON c.id = v.parent_id
WHERE lp.is_new AND m.household_id <> lp.household_id
ORDER BY r.line, p.id
"""


def match(given: dict[str, Any], log: ProblemLog) -> None:
    """Fill listed_person and note who is held elsewhere, who is somebody else, and what a new
    person lacks. Some ten statements, whatever the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(_PERSONS)
        cursor.execute(_OTHER_HEADS)
        cursor.execute(_NUMBER)
        cursor.execute("CREATE INDEX ON listed_person (line); ANALYZE listed_person")
    log.add_rows(
        LISTED, "cccd", "person_in_other_household",
        _("The register has this person in another household, in the commune named."),
        _ELSEWHERE, given,
    )  # fmt: skip
    log.add_rows(
        LISTED, "full_name", "person_died",
        _("The register has this person as died before the list counts."),
        """
        SELECT r.line, r.full_name FROM listed_person lp
        JOIN listed_row r ON r.line = lp.line
        JOIN households_person p ON p.id = lp.person_id AND NOT lp.is_new
        WHERE p.died_on < %(counts_from)s
        """,
        given,
    )  # fmt: skip
    log.add_rows(
        LISTED, "cccd", "cccd_held_by_another",
        _("The register has this number for a person with another name and birth date."),
        """
        SELECT r.line, r.personal_id FROM listed_row r
        JOIN households_person p ON p.personal_id = r.personal_id
        WHERE p.folded_name <> r.folded_name AND p.birth_date IS DISTINCT FROM r.birth_date
        """,
    )  # fmt: skip
    _note_new(log)


def _note_new(log: ProblemLog) -> None:
    log.add_rows(
        LISTED, "sex", "missing_value",
        _("Man or woman is not told: by a column, the column of the birth, or the number."),
        """
        SELECT r.line, NULL FROM listed_person p JOIN listed_row r ON r.line = p.line
        WHERE p.is_new AND r.known_sex IS NULL
        """,
    )  # fmt: skip
    log.add_rows(
        LISTED, "village", "missing_value",
        _("The village of a new household is missing: by a column, or a line above."),
        "SELECT line, NULL FROM listed_head WHERE becomes = 'new' AND village_id IS NULL",
    )  # fmt: skip
    log.add_rows(
        LISTED, "full_name", "possible_duplicate",
        _(
            "The register has somebody with this name and birth date, in the commune named; if it"
            " is the same person, give his personal number or the household's code."
        ),
        _LIKELY, is_warning=True,
    )  # fmt: skip
