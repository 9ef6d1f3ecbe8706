"""Persons a file brings as new who may be in the register already: told, never refused."""

from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from households.services.imports.problems import MEMBERS, ProblemLog

# The same name as it sounds and the same birth date, and nothing that tells them apart: of both
# numbers known they would be two. Where the other lives is told by commune, never by household.
_LIKELY: Final = """
SELECT DISTINCT ON (sp.line) sp.line, m.full_name || ' – ' || coalesce(c.name, '')
FROM staged_person sp
JOIN staged_member m USING (line)
JOIN households_person p
  ON p.folded_name = povreg_fold(m.full_name) AND p.birth_date = m.birth_date
     AND p.sex = m.sex AND p.died_on IS NULL
     AND (p.personal_id IS NULL OR m.personal_id IS NULL)
JOIN households_membership b ON b.person_id = p.id AND b.valid_to IS NULL
LEFT JOIN households_householdcard k ON k.household_id = b.household_id
LEFT JOIN households_area v ON v.id = k.village_id
LEFT JOIN households_area c ON c.id = v.parent_id
WHERE sp.is_new AND b.household_id <> sp.household_id
ORDER BY sp.line, p.id
"""


# A 9-digit number that somebody else has, in the register or in the file: some were given out
# twice, so the two are told and nothing is refused.
_OLD_NUMBER: Final = """
SELECT DISTINCT ON (sp.line) sp.line, coalesce(c.name, '')
FROM staged_person sp
JOIN staged_member m USING (line)
JOIN households_person p
  ON p.old_number = m.old_number AND p.id <> sp.person_id AND p.died_on IS NULL
JOIN households_membership b ON b.person_id = p.id AND b.valid_to IS NULL
LEFT JOIN households_householdcard k ON k.household_id = b.household_id
LEFT JOIN households_area v ON v.id = k.village_id
LEFT JOIN households_area c ON c.id = v.parent_id
ORDER BY sp.line, p.id
"""
_OLD_NUMBER_TWICE: Final = """
SELECT line, full_name FROM (
  SELECT line, full_name, row_number() OVER (PARTITION BY old_number ORDER BY line) AS place
  FROM staged_member WHERE old_number IS NOT NULL) numbered
WHERE place > 1
"""


def _knows_anybody() -> bool:
    """Whether there is anybody to be like. An empty table full of rows that were taken back, as
    after a trial of a whole province, would be read through for each new person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM households_person)")
        return bool(cursor.fetchone()[0])


def note_likely(log: ProblemLog) -> None:
    """Note each new person whose name and birth date somebody of another household has, and each
    old number that two have. To be called once persons are matched. Four queries, by index for
    each new person."""
    log.add_rows(
        MEMBERS,
        "cmnd",
        "old_number_twice",
        _("Another row of the file has this 9-digit number; check both."),
        _OLD_NUMBER_TWICE,
        is_warning=True,
    )
    if not _knows_anybody():
        return
    log.add_rows(
        MEMBERS,
        "cmnd",
        "possible_duplicate",
        _(
            "The register has somebody with this 9-digit number, in the commune named; if it is"
            " the same person, give his key or personal number."
        ),
        _OLD_NUMBER,
        is_warning=True,
    )
    log.add_rows(
        MEMBERS,
        "full_name",
        "possible_duplicate",
        _(
            "The register has somebody with this name and birth date, in the commune named; if it"
            " is the same person, give his key or personal number."
        ),
        _LIKELY,
        is_warning=True,
    )
