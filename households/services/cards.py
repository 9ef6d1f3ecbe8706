"""Keeping the cards that lists read in line with members and homes."""

from collections.abc import Iterable

from django.db import connection

from households.models import HouseholdCard

_WANTED = "h.id = ANY(%(household_ids)s)"

_REFRESH = """
INSERT INTO households_householdcard (household_id, village_id, head_name, members)
SELECT h.id, home.village_id, coalesce(head.full_name, form.head_name, ''),
       coalesce(people.number, 0)
FROM households_household h
JOIN LATERAL (
  SELECT r.village_id FROM households_residence r WHERE r.household_id = h.id
  ORDER BY r.valid_to DESC NULLS FIRST, r.valid_from DESC LIMIT 1
) home ON true
LEFT JOIN LATERAL (
  SELECT count(*)::smallint AS number FROM households_membership m
  WHERE m.household_id = h.id AND m.valid_to IS NULL
) people ON true
LEFT JOIN LATERAL (
  SELECT p.full_name FROM households_membership m JOIN households_person p ON p.id = m.person_id
  WHERE m.household_id = h.id AND m.relation = 'head'
  ORDER BY m.valid_to DESC NULLS FIRST LIMIT 1
) head ON true
LEFT JOIN LATERAL (
  SELECT s.head_name FROM households_survey s WHERE s.household_id = h.id
  ORDER BY s.as_of DESC, s.id DESC LIMIT 1
) form ON head.full_name IS NULL
WHERE {wanted}
ON CONFLICT (household_id) DO UPDATE
SET village_id = excluded.village_id, head_name = excluded.head_name, members = excluded.members
WHERE (households_householdcard.village_id, households_householdcard.head_name,
       households_householdcard.members)
      IS DISTINCT FROM (excluded.village_id, excluded.head_name, excluded.members)
"""


#: For the migration that brings cards into a database that has households.
REFRESH_ALL = _REFRESH.format(wanted="true")


def refresh(*, household_ids: Iterable[int]) -> None:
    """Write the cards of these households anew where they differ. One statement; to be called in
    the act that changed members, names or homes."""
    ids = list(household_ids)
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH.format(wanted=_WANTED), {"household_ids": ids})


def remove(*, household_id: int) -> None:
    """Take away the card of a household that was entered by mistake and lives nowhere."""
    HouseholdCard.objects.filter(household=household_id).delete()
