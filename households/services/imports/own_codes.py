"""Rows that povreg itself wrote: their keys are numbers of the register.

Whoever knows a number must not thereby take a family of another commune: a household's counts only
where it lives or lived in the file's commune (or one that became it), a person's only where he was
met in one of the file's households. The code that pages show ("H00001234") may be another system's
too: it is povreg's only where the head has the same name.
"""

from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from households.exchange.own_keys import (
    HOUSEHOLD_PREFIX,
    PERSON_PREFIX,
    SHOWN_PREFIX,
    sql_number_of,
)
from households.services.imports.problems import HOUSEHOLDS, MEMBERS, ProblemLog

_OWN = sql_number_of(HOUSEHOLD_PREFIX, "h.household_id")
_SHOWN = sql_number_of(SHOWN_PREFIX, "h.household_id")
_SAME_HEAD = """EXISTS (
      SELECT 1 FROM households_householdcard c
      WHERE c.household_id = x.id AND c.folded_head_name = povreg_fold(h.head_name))"""
#: SQL joined to staged_household h, staged_place p and the kept key k.
HOUSEHOLD: Final = f"""
LEFT JOIN LATERAL (
  SELECT x.id AS household_id FROM households_household x
  WHERE k.household_id IS NULL
    AND x.id = coalesce({_OWN}, {_SHOWN})
    AND ({_OWN} IS NOT NULL OR {_SAME_HEAD})
    AND EXISTS (
      SELECT 1 FROM households_residence r JOIN households_area w ON w.id = r.village_id
      WHERE r.household_id = x.id
        AND (w.parent_id = p.commune_id OR EXISTS (
          SELECT 1 FROM households_areachange c
          WHERE c.from_area_id = w.parent_id AND c.to_area_id = p.commune_id)))
) o ON true
"""
#: SQL joined to staged_member m and the kept key k.
PERSON: Final = f"""
LEFT JOIN LATERAL (
  SELECT x.id AS person_id FROM households_person x
  WHERE k.person_id IS NULL
    AND x.id = {sql_number_of(PERSON_PREFIX, "m.member_id")}
    AND (EXISTS (
      SELECT 1 FROM households_surveymember b JOIN households_survey f ON f.id = b.survey_id
      WHERE b.person_id = x.id AND f.household_id IN (SELECT household_id FROM staged_survey))
    OR EXISTS (
      SELECT 1 FROM households_membership b
      WHERE b.person_id = x.id AND b.household_id IN (SELECT household_id FROM staged_survey)))
) o ON true
"""


def has_households() -> bool:
    """Whether the file may name any household by povreg's own number."""
    return _has(
        f"staged_household WHERE household_id LIKE '{HOUSEHOLD_PREFIX}%%'"
        f" OR household_id LIKE '{SHOWN_PREFIX}%%'"
    )


def has_members() -> bool:
    return _has(f"staged_member WHERE member_id LIKE '{PERSON_PREFIX}%%'")


def _has(rows: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {rows})", [])
        found: bool = cursor.fetchone()[0]
    return found


def note_unknown_households(log: ProblemLog) -> None:
    """A number that fits no household here must not become a second household."""
    log.add_rows(
        HOUSEHOLDS,
        "household_id",
        "unknown_own_key",
        _("The register has no household of this number in this commune."),
        f"""
        SELECT line, key FROM staged_survey
        WHERE is_new_household AND {sql_number_of(HOUSEHOLD_PREFIX, "key")} IS NOT NULL
        """,
    )
    log.add_rows(
        HOUSEHOLDS,
        "household_id",
        "shown_code_of_another",
        _(
            "The register has a household of this code here with another head; this row is read as"
            " another household. If it is the same, correct the head or take the code of the sheet"
            " that povreg gave out."
        ),
        f"""
        SELECT s.line, s.key FROM staged_survey s
        JOIN households_householdcard c ON c.household_id = {sql_number_of(SHOWN_PREFIX, "s.key")}
        JOIN households_area v ON v.id = c.village_id AND v.parent_id = s.commune_id
        WHERE s.is_new_household
        """,
        is_warning=True,
    )


def note_unknown_members(log: ProblemLog) -> None:
    log.add_rows(
        MEMBERS,
        "member_id",
        "unknown_own_key",
        _("The register has no person of this number in the households of the file."),
        f"""
        SELECT sp.line, m.member_id FROM staged_person sp JOIN staged_member m USING (line)
        WHERE sp.by_key IS NULL AND {sql_number_of(PERSON_PREFIX, "m.member_id")} IS NOT NULL
        """,
    )
