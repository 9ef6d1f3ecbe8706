"""Who of a file the register knows already: households by key, persons by number, then by key.

Everything here reads the register and fills temporary tables; nothing of the register is written.
"""

from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from households.services.imports import own_codes
from households.services.imports.places import PLACE_KEY
from households.services.imports.problems import HOUSEHOLDS, MEMBERS, ProblemLog
from households.services.imports.target import Target

# A key of a province that became this one names the same household only where its commune became
# the file's commune or its head has the same name; else two provinces may have used the same key.
_EARLIER_HOUSEHOLD: Final = """
LEFT JOIN LATERAL (
  SELECT x.household_id FROM households_householdkey x
  WHERE k.household_id IS NULL AND x.key = h.household_id AND x.source = ANY(%(earlier)s)
    AND (
      EXISTS (
        SELECT 1 FROM households_residence r JOIN households_area w ON w.id = r.village_id
        WHERE r.household_id = x.household_id
          AND (w.parent_id = p.commune_id OR EXISTS (
            SELECT 1 FROM households_areachange c
            WHERE c.from_area_id = w.parent_id AND c.to_area_id = p.commune_id)))
      OR EXISTS (
        SELECT 1 FROM households_survey o
        WHERE o.household_id = x.household_id
          AND povreg_fold(o.head_name) = povreg_fold(h.head_name)))
  LIMIT 1) e ON true
"""

# One row per household that can be placed; new ones get their ids from the tables' own sequences.
_SURVEYS: Final = """
CREATE TEMP TABLE staged_survey ON COMMIT DROP AS
SELECT h.line, h.household_id AS key, h.as_of, p.commune_id, v.village_id,
       coalesce({known},
                nextval(pg_get_serial_sequence('households_household', 'id'))) AS household_id,
       {known} IS NULL AS is_new_household, {is_new_key} AS is_new_key,
       coalesce(s.id, nextval(pg_get_serial_sequence('households_survey', 'id'))) AS survey_id,
       s.id IS NULL AS is_new, s.commune_id AS old_commune_id, false AS is_changed
FROM (SELECT DISTINCT ON (household_id) *, {place_key} AS place_key FROM staged_household
      WHERE household_id IS NOT NULL ORDER BY household_id, line) h
LEFT JOIN staged_place p USING (place_key)
LEFT JOIN staged_village v ON v.commune_id = p.commune_id AND v.village = h.village
LEFT JOIN households_householdkey k ON k.source = %(source)s AND k.key = h.household_id
{own}
{earlier}
LEFT JOIN households_survey s ON s.household_id = {known} AND s.round_id = %(round_id)s
"""

_EARLIER_PERSON: Final = """
LEFT JOIN LATERAL (
  SELECT x.person_id FROM households_personkey x JOIN households_person q ON q.id = x.person_id
  WHERE k.person_id IS NULL AND x.key = m.member_id AND x.source = ANY(%(earlier)s)
    AND (q.folded_name = povreg_fold(m.full_name) OR q.birth_date = m.birth_date)
  LIMIT 1) e ON true
"""

_PERSONS: Final = """
CREATE TEMP TABLE staged_person ON COMMIT DROP AS
SELECT m.line, s.survey_id, s.household_id, s.as_of, s.is_new AS in_new_survey,
       n.id AS by_number, {known} AS by_key, {is_new_key} AS is_new_key,
       coalesce(n.id, {known},
                nextval(pg_get_serial_sequence('households_person', 'id'))) AS person_id,
       n.id IS NULL AND {known} IS NULL AS is_new
FROM staged_member m
JOIN staged_survey s ON s.key = m.household_id
LEFT JOIN households_person n ON n.personal_id = m.personal_id
LEFT JOIN households_personkey k ON k.source = %(source)s AND k.key = m.member_id
{own}
{earlier}
"""

# Entries that were merged have the keys of both.
_SAME_HOUSEHOLD: Final = """
SELECT line, key FROM (
  SELECT line, key, row_number() OVER (PARTITION BY household_id ORDER BY line) AS place
  FROM staged_survey WHERE NOT is_new_household) numbered
WHERE place > 1
"""

_INDEXES: Final = (
    "CREATE UNIQUE INDEX ON staged_survey (survey_id)",
    "CREATE INDEX ON staged_survey (household_id)",
    "ANALYZE staged_survey",
)

_KNOWN: Final = """
SELECT sp.line, m.member_id, m.full_name, m.birth_date, sp.by_number, sp.by_key,
       m.personal_id AS number,
       povreg_fold(m.full_name) <> p.folded_name AS other_name,
       m.birth_date <> p.birth_date AS other_birth, p.personal_id AS known_number
FROM staged_person sp JOIN staged_member m USING (line)
JOIN households_person p ON p.id = sp.person_id
WHERE NOT sp.is_new
"""

# A membership or a survey of this round in a household that the file does not carry. A household
# that it does carry has lost the person, for nobody stands twice in a file.
_ELSEWHERE: Final = """
SELECT sp.line, m.member_id FROM staged_person sp JOIN staged_member m USING (line)
WHERE NOT sp.is_new
  AND NOT EXISTS (SELECT 1 FROM staged_problem t WHERE t.file = %(file)s AND t.line = sp.line
                  AND t.code IN ('cccd_held_by_another', 'cccd_disagrees'))
  AND (
  EXISTS (
    SELECT 1 FROM households_membership b JOIN households_household h ON h.id = b.household_id
    WHERE b.person_id = sp.person_id AND b.household_id <> sp.household_id
      AND b.valid_from <= sp.as_of AND (b.valid_to IS NULL OR b.valid_to >= sp.as_of)
      AND (h.ended_on IS NULL OR h.ended_on > sp.as_of)
      AND NOT EXISTS (SELECT 1 FROM staged_survey s WHERE s.household_id = b.household_id))
  OR EXISTS (
    SELECT 1 FROM households_surveymember o JOIN households_survey r ON r.id = o.survey_id
    WHERE o.person_id = sp.person_id AND r.round_id = %(round_id)s
      AND r.household_id <> sp.household_id
      AND NOT EXISTS (SELECT 1 FROM staged_survey s WHERE s.household_id = r.household_id)))
"""

_TWICE: Final = """
SELECT line, member_id FROM (
  SELECT sp.line, m.member_id, sp.household_id,
         row_number() OVER (PARTITION BY sp.person_id ORDER BY sp.line) AS place
  FROM staged_person sp JOIN staged_member m USING (line) WHERE NOT sp.is_new) numbered
WHERE place > 1
"""


def match_households(target: Target, log: ProblemLog) -> None:
    """Fill staged_survey: which household and survey each row is, or becomes. A second row of one
    household is noted and left out."""
    has_own = own_codes.has_households()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged_survey")
        sql = _SURVEYS.format(
            place_key=PLACE_KEY,
            own=own_codes.HOUSEHOLD if has_own else "",
            earlier=_EARLIER_HOUSEHOLD if target.earlier_sources else "",
            known=_known("household_id", target, has_own),
            is_new_key=_is_new_key("household_id", has_own),
        )
        cursor.execute(sql, _parameters(target))
        log.add_rows(
            HOUSEHOLDS,
            "household_id",
            "household_twice",
            _("The register has this household and one of a row above as one."),
            _SAME_HOUSEHOLD,
        )
        cursor.execute(
            f"DELETE FROM staged_survey WHERE line IN (SELECT line FROM ({_SAME_HOUSEHOLD}) twice)"
        )
        for statement in _INDEXES:
            cursor.execute(statement)
    if has_own:
        own_codes.note_unknown_households(log)


def match_persons(target: Target, log: ProblemLog) -> None:
    """Fill staged_person and note the rows whose number, key and household do not go together."""
    has_own = own_codes.has_members()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged_person")
        sql = _PERSONS.format(
            own=own_codes.PERSON if has_own else "",
            earlier=_EARLIER_PERSON if target.earlier_sources else "",
            known=_known("person_id", target, has_own),
            is_new_key=_is_new_key("person_id", has_own),
        )
        cursor.execute(sql, _parameters(target))
        cursor.execute("CREATE INDEX ON staged_person (survey_id)")
        cursor.execute("ANALYZE staged_person")
        cursor.execute("SELECT EXISTS (SELECT 1 FROM staged_person WHERE NOT is_new)")
        knows_someone: bool = cursor.fetchone()[0]
    if has_own:
        own_codes.note_unknown_members(log)
    if knows_someone:
        _note_numbers(log)
        _note_places(target, log)


def _note_numbers(log: ProblemLog) -> None:
    log.add_rows(
        MEMBERS,
        "cccd",
        "cccd_disagrees",
        _("The register knows this member's key and this personal number as two persons."),
        f"SELECT line, number FROM ({_KNOWN}) known WHERE by_number <> by_key",
    )
    # A number that nobody else holds corrects a slip of the pen if the person is the same.
    changed = f"""
        SELECT line, number FROM ({_KNOWN}) known
        WHERE by_number IS NULL AND number <> known_number
    """
    log.add_rows(
        MEMBERS,
        "cccd",
        "cccd_disagrees",
        _("The member's key belongs to a person with another number, name and birth date."),
        f"{changed} AND other_name AND other_birth IS NOT FALSE",
    )
    log.add_rows(
        MEMBERS,
        "cccd",
        "cccd_changed",
        _("The register has another number for this person; the file's is taken."),
        f"{changed} AND NOT (other_name AND other_birth IS NOT FALSE)",
        is_warning=True,
    )
    log.add_rows(
        MEMBERS,
        "cccd",
        "cccd_held_by_another",
        _("The register has this number for a person with another name and birth date."),
        f"""
        SELECT line, number FROM ({_KNOWN}) known
        WHERE by_number IS NOT NULL AND by_key IS NULL AND other_name AND other_birth IS NOT FALSE
        """,
    )
    log.add_rows(
        MEMBERS,
        "full_name",
        "person_differs",
        _("The register has another name and birth date for this person."),
        f"""
        SELECT line, full_name FROM ({_KNOWN}) known
        WHERE by_key = coalesce(by_number, by_key) AND other_name AND other_birth
          AND number IS NOT DISTINCT FROM known_number
        """,
        is_warning=True,
    )


def _note_places(target: Target, log: ProblemLog) -> None:
    log.add_rows(
        MEMBERS,
        "member_id",
        "person_in_two_households",
        _("Two rows of the file are the same person of the register."),
        _TWICE,
    )
    log.add_rows(
        MEMBERS,
        "member_id",
        "person_in_other_household",
        _(
            "The register has this person in another household. A move is taken over when the"
            " file also holds that household without the person."
        ),
        _ELSEWHERE,
        {**_parameters(target), "file": MEMBERS},
    )


def _parameters(target: Target) -> dict[str, Any]:
    return {
        "source": target.source,
        "earlier": target.earlier_sources,
        "round_id": target.round.pk if target.round else None,
    }


def _known(column: str, target: Target, has_own: bool) -> str:
    """SQL: what the key names, in its own source, as povreg's own number, in an earlier source."""
    joined = ["k", *(["o"] if has_own else []), *(["e"] if target.earlier_sources else [])]
    return f"coalesce({', '.join(f'{one}.{column}' for one in joined)})"


def _is_new_key(column: str, has_own: bool) -> str:
    """SQL: whether the key is to be kept; povreg's own numbers are not."""
    return f"k.{column} IS NULL" + (f" AND o.{column} IS NULL" if has_own else "")
