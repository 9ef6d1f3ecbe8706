"""Which household of the register each head of a list is: by code, by personal number, by name with
birth and village, by name with the very day of birth in another village. Where two fit, the sheet
has to say which; nothing is guessed."""

from typing import Any, Final

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.services.imports.problems import LISTED, ProblemLog

#: povreg's own code: "H00001234".
_OWN_CODE: Final = r"'^[hH]0*[0-9]{1,9}$'"

# A code of the commune's own names a household only where the head is the same: other sources may
# have used it too.
_BY_CODE: Final = f"""
SELECT h.line, l.household_id FROM listed_head h JOIN living_household l
  ON l.household_id = CASE WHEN h.code ~ {_OWN_CODE} THEN substr(h.code, 2)::bigint END
UNION
SELECT h.line, l.household_id FROM listed_head h
JOIN households_householdkey k ON k.key = h.code
JOIN living_household l ON l.household_id = k.household_id
WHERE l.folded_name = h.folded_name OR l.personal_id = h.personal_id
"""

_BY_NUMBER: Final = """
SELECT h.line, m.household_id FROM listed_head h
JOIN households_person p ON p.personal_id = h.personal_id
JOIN households_membership m ON m.person_id = p.id AND m.valid_to IS NULL
JOIN living_household l ON l.household_id = m.household_id
"""

_SAME_BIRTH: Final = """
(l.birth_date = h.birth_date
 OR ((l.birth_precision = 'YEAR' OR h.birth_precision = 'YEAR')
     AND extract(year FROM l.birth_date) = extract(year FROM h.birth_date)))
"""
#: Two numbers are two persons.
_MAY_BE_ONE: Final = "(l.personal_id IS NULL OR h.personal_id IS NULL)"
_BY_NAME: Final = f"""
SELECT h.line, l.household_id FROM listed_head h
JOIN living_household l ON l.folded_name = h.folded_name AND {_MAY_BE_ONE} AND {_SAME_BIRTH}
WHERE h.village_id IS NULL OR h.village_id = l.village_id
"""

# It moved, or its village goes by another name: who has the name and the very day of birth in
# another village, and is nobody else in the sheet.
_BY_NAME_ELSEWHERE: Final = f"""
SELECT h.line, l.household_id FROM listed_head h
JOIN living_household l ON l.folded_name = h.folded_name AND {_MAY_BE_ONE}
  AND l.birth_date = h.birth_date AND 'YEAR' NOT IN (l.birth_precision, h.birth_precision)
WHERE NOT EXISTS (SELECT 1 FROM listed_row o
                  JOIN listed_head m ON m.line = o.line AND m.household_id = l.household_id)
"""

# The same name in the same village, and no birth or number that tells them apart.
_PERHAPS: Final = f"""
SELECT h.line, h.full_name FROM listed_head h
JOIN living_household l ON l.folded_name = h.folded_name AND {_MAY_BE_ONE}
WHERE h.household_id IS NULL AND (h.birth_date IS NULL OR l.birth_date IS NULL)
  AND (h.village_id IS NULL OR h.village_id = l.village_id)
  AND NOT EXISTS (SELECT 1 FROM listed_head o WHERE o.household_id = l.household_id)
"""

_WAYS: Final[tuple[tuple[str, str, str, Promise], ...]] = (
    ("code", _BY_CODE, "household_code",
     gettext_lazy("Several households of the commune have this code; write povreg's own.")),
    ("number", _BY_NUMBER, "cccd",
     gettext_lazy("Several households of the commune have this person.")),
    ("name", _BY_NAME, "full_name",
     gettext_lazy("Several households of the commune have a head with this name and birth. Write"
                  " the household's code or the head's personal number.")),
    ("name_elsewhere", _BY_NAME_ELSEWHERE, "full_name",
     gettext_lazy("Several households of the commune have a head with this name and birth. Write"
                  " the household's code or the head's personal number.")),
)  # fmt: skip

_TWICE: Final = """
SELECT line, full_name FROM (
  SELECT line, full_name, row_number() OVER (PARTITION BY household_id ORDER BY line) AS place
  FROM listed_head WHERE household_id IS NOT NULL) numbered
WHERE place > 1
"""

_NEW_TWICE: Final = """
SELECT h.line, h.full_name FROM listed_head h WHERE h.household_id IS NULL AND EXISTS (
  SELECT 1 FROM listed_head o
  WHERE o.folded_name = h.folded_name AND o.line < h.line AND o.household_id IS NULL
    AND o.birth_date IS NOT DISTINCT FROM h.birth_date
    AND o.village_id IS NOT DISTINCT FROM h.village_id
    AND (o.personal_id IS NULL OR h.personal_id IS NULL))
"""


_ALIKE: Final = """
SELECT h.line, h.full_name FROM listed_head h
WHERE h.birth_precision IS DISTINCT FROM 'YEAR' AND EXISTS (
  SELECT 1 FROM listed_head o
  WHERE o.folded_name = h.folded_name AND o.birth_date = h.birth_date AND o.line < h.line
    AND o.village_id <> h.village_id AND (o.personal_id IS NULL OR h.personal_id IS NULL))
"""


def match(log: ProblemLog) -> None:
    """Set household_id and matched_by of each head that one household fits; note where several do,
    where the sheet contradicts itself, and who stands in it twice. Some fifteen statements."""
    with connection.cursor() as cursor:
        for name, candidates, column, reason in _WAYS:
            cursor.execute("DROP TABLE IF EXISTS fitting")
            cursor.execute(
                f"CREATE TEMP TABLE fitting ON COMMIT DROP AS {candidates}".replace(
                    "FROM listed_head h",
                    "FROM (SELECT * FROM listed_head WHERE household_id IS NULL) h",
                )
            )
            log.add_rows(
                LISTED, column, "several_fit", reason,
                """
                SELECT f.line, string_agg('H' || lpad(f.household_id::text, 8, '0'), ', '
                                          ORDER BY f.household_id)
                FROM fitting f GROUP BY f.line HAVING count(DISTINCT f.household_id) > 1
                """,
            )  # fmt: skip
            cursor.execute(
                """
                UPDATE listed_head h SET household_id = f.household_id, matched_by = %s
                FROM (SELECT line, min(household_id) AS household_id FROM fitting
                      GROUP BY line HAVING count(DISTINCT household_id) = 1) f
                WHERE h.line = f.line
                """,
                [name],
            )
        cursor.execute("DROP TABLE fitting")
    _note_codes_and_numbers(log)
    log.add_rows(
        LISTED, "full_name", "who_is_it",
        _(
            "The village has a household of this name, and no birth or number tells whether it is"
            " the same. Write the birth date, the personal number or the household's code."
        ),
        _PERHAPS,
    )  # fmt: skip
    twice = _("This household stands in a row above too.")
    log.add_rows(LISTED, "full_name", "household_twice", twice, _TWICE)
    log.add_rows(LISTED, "full_name", "household_twice", twice, _NEW_TWICE)
    log.add_rows(
        LISTED, "full_name", "perhaps_twice",
        _("A row above has this name and day of birth in another village; see that it is not the"
          " same household."),
        _ALIKE,
        is_warning=True,
    )  # fmt: skip


def _note_codes_and_numbers(log: ProblemLog) -> None:
    log.add_rows(
        LISTED, "household_code", "unknown_code",
        _("No household of this commune has this code in povreg."),
        f"""
        SELECT line, code FROM listed_head
        WHERE code ~ {_OWN_CODE} AND matched_by IS DISTINCT FROM 'code'
        """,
    )  # fmt: skip
    log.add_rows(
        LISTED, "cccd", "number_disagrees",
        _("Code and personal number are those of two households."),
        f"""
        SELECT n.line, h.personal_id FROM ({_BY_NUMBER}) n JOIN listed_head h USING (line)
        WHERE h.matched_by = 'code' AND n.household_id <> h.household_id
        """,
    )  # fmt: skip
    log.add_rows(
        LISTED, "household_code", "code_twice",
        _("This code stands in a row above too."),
        """
        SELECT line, code FROM (
          SELECT line, code, row_number() OVER (PARTITION BY lower(code) ORDER BY line) AS place
          FROM listed_head WHERE code IS NOT NULL) numbered
        WHERE place > 1
        """,
    )  # fmt: skip
    log.add_rows(
        LISTED, "full_name", "other_head",
        _("The register has another head of this household; he stays until it is changed there."),
        """
        SELECT DISTINCT h.line, h.full_name FROM listed_head h
        JOIN living_household l ON l.household_id = h.household_id
        WHERE l.folded_name <> h.folded_name
        """,
        is_warning=True,
    )  # fmt: skip
    log.add_rows(
        LISTED, "village", "other_village",
        _("The register has this household in another village; it stays there."),
        """
        SELECT h.line, h.village FROM listed_head h
        WHERE h.village_id IS NOT NULL AND h.household_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM living_household l
          WHERE l.household_id = h.household_id AND l.village_id = h.village_id)
        """,
        is_warning=True,
    )  # fmt: skip


def number_households(given: dict[str, Any]) -> None:
    """What becomes of each head: new, another or a first class, the same. New households get their
    ids from the table's own sequence. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE listed_head h SET becomes = CASE
              WHEN h.household_id IS NULL THEN 'new'
              WHEN p.id IS NULL THEN 'listed'
              WHEN p.poverty_class = h.poverty_class AND p.standard_id = %(standard_id)s THEN 'same'
              ELSE 'other' END
            FROM listed_head o
            LEFT JOIN households_statusperiod p ON p.household_id = o.household_id
              AND p.valid_to IS NULL AND p.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
            WHERE h.line = o.line
            """,
            given,
        )
        cursor.execute(
            """
            UPDATE listed_head SET
              household_id = nextval(pg_get_serial_sequence('households_household', 'id'))
            WHERE becomes = 'new'
            """
        )
