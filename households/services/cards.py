"""Keeping the cards that lists read in line with members and homes."""

from collections.abc import Iterable, Sequence

from django.db import connection

from households.models import HouseholdCard
from households.services import search_names

_REFRESH = """
INSERT INTO households_householdcard AS card
  (household_id, village_id, head_name, members, folded_names, is_ended)
SELECT h.id, home.village_id, coalesce(head.full_name, form.head_name, ''), people.number,
       coalesce(people.names, povreg_fold(coalesce(head.full_name, form.head_name, ''))),
       h.ended_on IS NOT NULL
FROM households_household h
JOIN LATERAL (
  SELECT r.village_id FROM households_residence r WHERE r.household_id = h.id
  ORDER BY r.valid_to DESC NULLS FIRST, r.valid_from DESC LIMIT 1
) home ON true
CROSS JOIN LATERAL (
  SELECT count(*)::smallint AS number, string_agg(p.folded_name, E'\n' ORDER BY p.id) AS names
  FROM households_membership m JOIN households_person p ON p.id = m.person_id
  WHERE m.household_id = h.id AND m.valid_to IS NULL
) people
LEFT JOIN LATERAL (
  SELECT p.full_name FROM households_membership m JOIN households_person p ON p.id = m.person_id
  WHERE m.household_id = h.id AND m.relation = 'head'
  ORDER BY m.valid_to DESC NULLS FIRST LIMIT 1
) head ON true
LEFT JOIN LATERAL (
  SELECT s.head_name FROM households_survey s WHERE s.household_id = h.id
  ORDER BY s.as_of DESC, s.id DESC LIMIT 1
) form ON head.full_name IS NULL
WHERE h.id = ANY(%s)
ON CONFLICT (household_id) DO UPDATE
SET village_id = excluded.village_id, head_name = excluded.head_name, members = excluded.members,
    folded_names = excluded.folded_names, is_ended = excluded.is_ended
WHERE (card.village_id, card.head_name, card.members, card.folded_names, card.is_ended)
      IS DISTINCT FROM (excluded.village_id, excluded.head_name, excluded.members,
                        excluded.folded_names, excluded.is_ended)
"""
_MOVE = """
UPDATE households_householdcard card SET village_id = moved.to_id
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS moved (household_id, from_id, to_id)
WHERE card.household_id = moved.household_id AND card.village_id = moved.from_id
"""
_REFRESH_AND_LEARN = search_names.learning_from(_REFRESH)


def refresh(*, household_ids: Iterable[int]) -> None:
    """Write the cards of these households anew where they differ, and take in their names for
    the search. One statement; to be called in the act that changed members, names or homes, or
    ended the household."""
    ids = list(household_ids)
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH_AND_LEARN, [ids])


def move(*, homes: Sequence[tuple[int, int, int]]) -> None:
    """Cards of households whose village became another: (household, its village, what that is
    now). As refresh, where nothing else changed, at half its cost. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [list(one) for one in zip(*homes, strict=True)])


def remove(*, household_id: int) -> None:
    """Take away the card of a household that was entered by mistake and lives nowhere."""
    HouseholdCard.objects.filter(household=household_id).delete()
