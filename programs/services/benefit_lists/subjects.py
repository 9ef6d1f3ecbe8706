"""Whom the rows of a list are about, where they lived on the day, and which ground held.

After the matching of rows by keys and by name with the whole birth date, who is not found by that
is looked for by name and birth in the commune that the row names: with the birth year alone only
within the village. Nothing is guessed: two that fit are told as such.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from programs.appraisal import compiled
from programs.choices import Recipient
from programs.choices.benefit_lists import BY_PLACE
from programs.models import BenefitList, Programme, ProgrammeTerms
from programs.queries.entitlement import rule_of
from programs.queries.facts import facts_of

_VALID: Final = "{0}.valid_from <= {1} AND ({0}.valid_to IS NULL OR {0}.valid_to >= {1})"

_BY_PLACE: Final = f"""
DROP TABLE IF EXISTS placed_row;
CREATE TEMP TABLE placed_row ON COMMIT DROP AS
SELECT r.line, min(p.id) AS person_id, min(m.household_id) AS household_id,
       count(DISTINCT CASE WHEN %(of_members)s THEN p.id ELSE m.household_id END) AS number
FROM list_row r JOIN matched_row x USING (line)
JOIN households_person p ON p.folded_name = r.folded_name
JOIN households_membership m ON m.person_id = p.id AND {_VALID.format("m", "%(listed_on)s")}
JOIN households_householdcard c ON c.household_id = m.household_id AND NOT c.is_ended
JOIN households_area v ON v.id = c.village_id AND v.parent_id = r.commune_id
WHERE x.why_not IN ('NO_KEY', 'UNKNOWN', 'SEVERAL') AND r.name <> '' AND NOT r.names_household
  AND r.birth_year IS NOT NULL AND (r.number IS NULL OR p.personal_id IS NULL)
  AND CASE WHEN r.birth IS NOT NULL AND p.birth_precision = 'DAY' THEN p.birth_date = r.birth
           ELSE c.village_id = r.village_id
                AND extract(year FROM p.birth_date) = r.birth_year END
GROUP BY r.line;
ANALYZE placed_row
"""

#: A person outside is one by name, birth year and commune.
_SUBJECTS: Final = f"""
DROP TABLE IF EXISTS subject_row;
CREATE TEMP TABLE subject_row ON COMMIT DROP AS
SELECT f.*, home.village_id AS home_village, home.commune_id AS home_commune,
  home.is_inside,
  CASE WHEN f.person_id IS NULL THEN true ELSE EXISTS (
    SELECT 1 FROM households_membership m WHERE m.person_id = f.person_id
      AND m.household_id = f.household_id AND {_VALID.format("m", "f.day")}) END AS is_member,
  coalesce(p.died_on < f.day, false) AS is_dead,
  CASE WHEN f.household_id IS NULL AND f.name <> '' AND f.commune_id IS NOT NULL
       THEN f.commune_id::text || '|' || coalesce(f.birth_year::text, '') || '|' || f.folded_name
  END AS outside
FROM (
  SELECT r.line, r.day, r.name, r.folded_name, r.birth_year, r.commune_id,
    coalesce(x.household_id, CASE WHEN w.number = 1 THEN w.household_id END) AS household_id,
    CASE WHEN %(of_members)s
         THEN coalesce(x.person_id, CASE WHEN w.number = 1 THEN w.person_id END) END AS person_id,
    CASE WHEN x.why_not = '' THEN x.found_by
         WHEN w.number = 1 THEN '{BY_PLACE}' ELSE '' END AS found_by,
    CASE WHEN w.number = 1 THEN '' WHEN w.number > 1 THEN 'SEVERAL' ELSE x.why_not END AS why_not
  FROM list_row r JOIN matched_row x USING (line) LEFT JOIN placed_row w USING (line)
) f
LEFT JOIN households_person p ON p.id = f.person_id
LEFT JOIN LATERAL (
  SELECT h.village_id, v.parent_id AS commune_id,
    EXISTS (SELECT 1 FROM unnest(%(branches)s::text[]) AS u(branch)
            WHERE starts_with(v.path || v.id || '.', u.branch)) AS is_inside
  FROM households_residence h JOIN households_area v ON v.id = h.village_id
  WHERE h.household_id = f.household_id AND {_VALID.format("h", "f.day")} LIMIT 1
) home ON true;
CREATE UNIQUE INDEX ON subject_row (line);
CREATE INDEX ON subject_row (household_id);
ANALYZE subject_row
"""

_GROUNDS: Final = """
DROP TABLE IF EXISTS held_ground;
CREATE TEMP TABLE held_ground (
  day date NOT NULL, household_id bigint NOT NULL, person_id bigint, best integer, holding integer[]
) ON COMMIT DROP
"""


def find(listed: BenefitList, branches: Sequence[str]) -> None:
    """Fill subject_row from list_row and matched_row. Two statements."""
    values: dict[str, Any] = {
        "of_members": listed.programme.recipient == Recipient.PERSON,
        "listed_on": listed.listed_on,
        "branches": list(branches),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_PLACE, values)
        cursor.execute(_SUBJECTS, values)


def hold_grounds(programme: Programme) -> None:
    """Fill held_ground: for each day of the list one statement over those who received on it."""
    with connection.cursor() as cursor:
        cursor.execute(_GROUNDS)
        cursor.execute(
            "SELECT day, array_agg(DISTINCT household_id) FROM subject_row"
            " WHERE household_id IS NOT NULL AND home_commune IS NOT NULL GROUP BY day ORDER BY day"
        )
        deciding = [one for one in terms_of(programme) if one.decides]
        for day, households in cursor.fetchall():
            in_force = [one for one in deciding if is_in_force(one, day)]
            if in_force:
                _hold_on(cursor, programme, in_force, day, households)
        cursor.execute(
            "CREATE INDEX ON held_ground (day, household_id, person_id); ANALYZE held_ground"
        )


def terms_of(programme: Programme) -> list[ProgrammeTerms]:
    """All terms of a programme, the best first (as programs.queries.entitlement.terms_on)."""
    found = ProgrammeTerms.objects.filter(programme=programme)
    return sorted(found.select_related("programme", "owner"), key=lambda terms: terms.order)


def is_in_force(terms: ProgrammeTerms, day: dt.date) -> bool:
    return terms.valid_from <= day and (terms.valid_to is None or terms.valid_to >= day)


def _hold_on(
    cursor: Any,
    programme: Programme,
    in_force: list[ProgrammeTerms],
    day: dt.date,
    households: list[int],
) -> None:
    facts = facts_of(Recipient(programme.recipient), day, households=households)
    verdicts = compiled([rule_of(terms) for terms in in_force], day)
    is_person = programme.recipient == Recipient.PERSON
    cursor.execute(
        f"""INSERT INTO held_ground (day, household_id, person_id, best, holding)
            {facts.with_facts}
            SELECT %(on_date)s, f.household_id, {"f.person_id" if is_person else "NULL::bigint"},
                   {verdicts.best}, {verdicts.holding}
            FROM facts f""",
        facts.parameters | verdicts.parameters,
    )
