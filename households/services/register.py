"""The register follows the newest review: who belongs to a household, where it lives, who they are.

Set by set in SQL, so that one saved form and an imported province take the same way. A survey
counts as the newest of its household when no complete survey of the household has a later date
and nothing in the register of that household begins after it.
"""

from collections.abc import Iterable

from django.db import connection

from households.services import cards

_NEWEST = """
CREATE TEMP TABLE newest_survey ON COMMIT DROP AS
SELECT s.id AS survey_id, s.household_id, s.village_id, s.as_of
FROM households_survey s
WHERE s.id = ANY(%(survey_ids)s) AND s.state = 'COMPLETE'
  AND NOT EXISTS (SELECT 1 FROM households_survey later
                  WHERE later.household_id = s.household_id AND later.state = 'COMPLETE'
                    AND (later.as_of, later.id) > (s.as_of, s.id))
  AND NOT EXISTS (SELECT 1 FROM households_membership h
                  WHERE h.household_id = s.household_id AND h.valid_from > s.as_of)
  AND NOT EXISTS (SELECT 1 FROM households_residence r
                  WHERE r.household_id = s.household_id AND r.valid_from > s.as_of)
"""

_FOUND = """
CREATE TEMP TABLE found_member ON COMMIT DROP AS
SELECT n.household_id, n.as_of, m.person_id, m.relation, m.full_name, m.sex, m.birth_date,
       m.birth_precision, m.ethnic_group_id, m.personal_id, m.old_number
FROM newest_survey n JOIN households_surveymember m ON m.survey_id = n.survey_id
WHERE m.person_id IS NOT NULL
  AND m.person_id NOT IN (SELECT gone_id FROM households_mergedperson)
  AND NOT EXISTS (SELECT 1 FROM households_membership later
                  WHERE later.person_id = m.person_id AND later.valid_from > n.as_of)
"""

# A number that no survey of the person states any more is taken back, so that a slip of the pen
# does not lock out its rightful owner; one that another survey still states is kept. An old number
# locks nobody out, and many forms do not ask for it: it stays until it is corrected.
_PERSONS = """
UPDATE households_person p
SET full_name = f.full_name, sex = f.sex, birth_date = f.birth_date,
    birth_precision = f.birth_precision, ethnic_group_id = {ethnic_group},
    personal_id = {number}, old_number = coalesce(f.old_number, p.old_number)
FROM found_member f
WHERE p.id = f.person_id AND f.sex <> ''
  AND (p.full_name, p.sex, p.birth_date, p.birth_precision, p.ethnic_group_id, p.personal_id,
       p.old_number)
      IS DISTINCT FROM
      (f.full_name, f.sex, f.birth_date, f.birth_precision, {ethnic_group}, {number},
       coalesce(f.old_number, p.old_number))
""".format(
    ethnic_group="coalesce(f.ethnic_group_id, p.ethnic_group_id)",
    # The look-up runs only for a person with a number whose newest survey states none.
    number="""coalesce(f.personal_id, CASE WHEN p.personal_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM households_surveymember said
        WHERE said.person_id = p.id AND said.personal_id = p.personal_id)
        THEN p.personal_id END)""",
)

# Memberships that the survey contradicts: of the surveyed households, and of the found persons
# elsewhere. What began on the survey's own date was never true and goes; the rest ends the day
# before.
_CONTRADICTED = """
CREATE TEMP TABLE contradicted ON COMMIT DROP AS
SELECT h.id, h.valid_from, n.as_of
FROM households_membership h JOIN newest_survey n ON n.household_id = h.household_id
LEFT JOIN found_member f ON f.person_id = h.person_id AND f.household_id = h.household_id
WHERE (h.valid_to IS NULL OR h.valid_to >= n.as_of)
  AND (f.person_id IS NULL OR f.relation <> h.relation)
UNION
SELECT h.id, h.valid_from, f.as_of
FROM households_membership h JOIN found_member f ON f.person_id = h.person_id
WHERE h.household_id <> f.household_id AND (h.valid_to IS NULL OR h.valid_to >= f.as_of)
"""

_STEPS = (
    _NEWEST,
    # Before its members are looked up: a few forms are found by index, not by reading all members.
    "ANALYZE newest_survey",
    _FOUND,
    "ANALYZE found_member",
    _PERSONS,
    _CONTRADICTED,
    """
    DELETE FROM households_membership h USING contradicted c
    WHERE h.id = c.id AND c.valid_from >= c.as_of
    """,
    """
    UPDATE households_membership h SET valid_to = c.as_of - 1
    FROM contradicted c WHERE h.id = c.id AND c.valid_from < c.as_of
    """,
    # Worked out before it is inserted: a plan made for a nearly empty table would otherwise read
    # the growing table again for each row.
    """
    CREATE TEMP TABLE new_membership ON COMMIT DROP AS
    SELECT f.household_id, f.person_id, f.relation, f.as_of FROM found_member f
    WHERE NOT EXISTS (SELECT 1 FROM households_membership h
                      WHERE h.person_id = f.person_id AND h.household_id = f.household_id
                        AND (h.valid_to IS NULL OR h.valid_to >= f.as_of))
    """,
    """
    INSERT INTO households_membership (household_id, person_id, relation, valid_from)
    SELECT household_id, person_id, relation, as_of FROM new_membership
    """,
    """
    DELETE FROM households_residence r USING newest_survey n
    WHERE r.household_id = n.household_id AND r.village_id <> n.village_id
      AND r.valid_from >= n.as_of
    """,
    """
    UPDATE households_residence r SET valid_to = n.as_of - 1 FROM newest_survey n
    WHERE r.household_id = n.household_id AND r.village_id <> n.village_id
      AND (r.valid_to IS NULL OR r.valid_to >= n.as_of)
    """,
    """
    CREATE TEMP TABLE new_residence ON COMMIT DROP AS
    SELECT n.household_id, n.village_id, n.as_of FROM newest_survey n
    WHERE NOT EXISTS (SELECT 1 FROM households_residence r
                      WHERE r.household_id = n.household_id
                        AND (r.valid_to IS NULL OR r.valid_to >= n.as_of))
    """,
    """
    INSERT INTO households_residence (household_id, village_id, valid_from)
    SELECT household_id, village_id, as_of FROM new_residence
    """,
    "DROP TABLE new_residence, new_membership, contradicted, found_member, newest_survey",
)


# The surveyed households, and those that their members still belong to.
_TOUCHED = """
SELECT s.household_id, coalesce(h.household_id, s.household_id)
FROM households_survey s
LEFT JOIN households_surveymember m ON m.survey_id = s.id
LEFT JOIN households_membership h ON h.person_id = m.person_id AND h.valid_to IS NULL
WHERE s.id = ANY(%(survey_ids)s)
GROUP BY 1, 2
"""


#: Some tens of forms are quick however they are planned.
_WORTH_NEW_STATISTICS = 30


def follow_surveys(*, survey_ids: Iterable[int]) -> None:
    """Bring persons, memberships and residences in line with these surveys where each is the
    newest of its household. To be called inside an act, whose id the rows carry.

    Cost: a fixed number of statements, whatever the number of surveys.
    Raises IntegrityError when a number belongs to someone else; callers check before.
    """
    wanted = {"survey_ids": list(survey_ids)}
    if not wanted["survey_ids"]:
        return
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, wanted)
        touched = {household_id for row in cursor.fetchall() for household_id in row}
        for step in _STEPS:
            cursor.execute(step, wanted if "%(" in step else None)
        if len(wanted["survey_ids"]) >= _WORTH_NEW_STATISTICS:
            # After a trial that was taken back the tables are counted as empty; the cards would be
            # planned for that, and all of it read once more for each household.
            cursor.execute("ANALYZE households_membership, households_residence")
    cards.refresh(household_ids=sorted(touched))
