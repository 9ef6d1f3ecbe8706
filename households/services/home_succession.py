"""On the day of a change of the map households go on in what their village became.

Units, their traits and assignments are dated and written when the change is signed; a household's
home follows when the day is there, so that what happens in between is not lost.
"""

from django.db import connection

from households import clock
from households.models import Area, ReviewRound, User
from households.services import audit, cards, marks
from households.services.system_user import system_user

#: Villages that became another one whole, and homes in them that run on past that day; of villages
#: that were split where the act says each household goes, the first village where it came later.
#: Homes that begin after the day are in the wrong village from the first.
_FOLLOWING = """
SELECT r.id, r.household_id, r.village_id, c.to_area_id, c.changed_on, r.valid_from >= c.changed_on
FROM households_areachange c
JOIN households_area v ON v.id = c.from_area_id AND v.level = 'VILLAGE'
JOIN households_residence r ON r.village_id = v.id
  AND (r.valid_to IS NULL OR r.valid_to >= c.changed_on)
WHERE c.is_whole AND c.to_area_id IS NOT NULL AND c.to_area_id <> c.from_area_id
  AND c.changed_on <= %(today)s
UNION ALL
SELECT r.id, r.household_id, r.village_id, (new.unit ->> 'area_id')::bigint, a.changed_on,
       r.valid_from >= a.changed_on
FROM households_reorganisation a
CROSS JOIN LATERAL jsonb_array_elements(a.parts) AS p (part)
JOIN households_residence r ON r.village_id = (p.part -> 'units' ->> 0)::bigint
  AND (r.valid_to IS NULL OR r.valid_to >= a.changed_on)
JOIN LATERAL jsonb_array_elements(p.part -> 'becomes') AS new (unit)
  ON new.unit ->> 'key' = coalesce(
    p.part -> 'goes' ->> r.household_id::text, p.part -> 'becomes' -> 0 ->> 'key')
WHERE a.state = 'SIGNED' AND p.part ->> 'kind' = 'VILLAGE_SPLIT' AND a.changed_on <= %(today)s
"""
_CREATE = f"""
DROP TABLE IF EXISTS home_following;
CREATE TEMP TABLE home_following (
  id, household_id, from_village_id, to_village_id, changed_on, is_later
) ON COMMIT DROP AS {_FOLLOWING}
"""
_MOVE = (
    """
    CREATE TEMP TABLE home_again ON COMMIT DROP AS
    SELECT r.household_id, f.to_village_id, f.changed_on, r.valid_to
    FROM home_following f JOIN households_residence r ON r.id = f.id WHERE NOT f.is_later
    """,
    """
    UPDATE households_residence r SET village_id = f.to_village_id
    FROM home_following f WHERE f.id = r.id AND f.is_later
    """,
    """
    UPDATE households_residence r SET valid_to = f.changed_on - 1
    FROM home_following f WHERE f.id = r.id AND NOT f.is_later
    """,
    """
    INSERT INTO households_residence (household_id, village_id, valid_from, valid_to)
    SELECT household_id, to_village_id, changed_on, valid_to FROM home_again ORDER BY household_id
    """,
    "DROP TABLE home_again",
)


def follow(*, by: User | None = None) -> int:
    """Let households of villages that became others until today follow; how many did.

    One act a step of changes. Repeating it does no harm. `by`: who signed a
    change of today; the system where the day came. Some ten statements each.
    """
    found: set[int] = set()
    # A village may have become another that became a third.
    while step := _one_step(by or system_user()):
        found |= step
    return len(found)


def _one_step(by: User) -> set[int]:
    given = {"today": clock.today()}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_FOLLOWING}) following", given)
        count = cursor.fetchone()[0]
    if not count:
        return set()
    told = {"homes": count}
    with (
        audit.act(by=by, verb="area.households_follow", details=told),
        connection.cursor() as cursor,
    ):
        cursor.execute(_CREATE, given)
        for statement in _MOVE:
            cursor.execute(statement)
        cursor.execute("SELECT household_id, from_village_id, to_village_id FROM home_following")
        moved = cursor.fetchall()
        cursor.execute("DROP TABLE home_following")
        households = {household for household, *__ in moved}
        cards.refresh(household_ids=households)
        _mark({village for __, *villages in moved for village in villages})
    return households


def _mark(villages: set[int]) -> None:
    """Figures of rounds under way follow in the communes that households left and came to."""
    above = Area.objects.filter(pk__in=villages, parent__isnull=False)
    communes = set(above.values_list("parent_id", flat=True))
    for round_id in ReviewRound.objects.filter(is_closed=False).values_list("pk", flat=True):
        marks.mark_changed(round_id=round_id, commune_ids=communes)
