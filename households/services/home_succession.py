"""On the day of a change of the map households go on in what their village became.

Units, their traits and assignments are dated and written when the change is signed; a household's
home follows when the day is there, so that what happens in between is not lost. Commune by
commune, each in a transaction of its own: a killed job leaves none half way, and the next goes on.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from celery import signature
from django.db import connection, transaction

from households import clock
from households.models import Area, ReviewRound, User
from households.services import audit, cards, job_locks, marks
from households.services.system_user import system_user

#: Households that follow while one waits; more of them follow in a job (as ordered_files).
MOST_AT_ONCE: Final = 5_000

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
_IN_COMMUNES = f"""
SELECT now.parent_id, count(*) FROM ({_FOLLOWING})
  AS f (id, household_id, from_village_id, to_village_id, changed_on, is_later)
JOIN households_area now ON now.id = f.to_village_id
WHERE %(day)s::date IS NULL OR f.changed_on = %(day)s
GROUP BY now.parent_id ORDER BY now.parent_id
"""
_CREATE = f"""
DROP TABLE IF EXISTS home_following;
CREATE TEMP TABLE home_following ON COMMIT DROP AS
SELECT f.* FROM ({_FOLLOWING})
  AS f (id, household_id, from_village_id, to_village_id, changed_on, is_later)
JOIN households_area now ON now.id = f.to_village_id
WHERE now.parent_id IS NOT DISTINCT FROM %(commune)s;
ANALYZE home_following
"""
_LIVING = """
SELECT count(*) FROM households_householdcard card WHERE NOT card.is_ended AND card.village_id IN (
  SELECT c.to_area_id FROM households_areachange c
  JOIN households_area v ON v.id = c.from_area_id AND v.level = 'VILLAGE'
  WHERE c.changed_on = %s AND c.to_area_id IS NOT NULL)
"""
_MOVED = "SELECT household_id, from_village_id, to_village_id FROM home_following"
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


@dataclass(frozen=True)
class Following:
    """How many households went on in what their village became, of those that do."""

    done: int
    total: int


def follow(*, by: User | None = None) -> int:
    """Let households of villages that became others until today follow; how many homes did.

    One act a commune. Repeating it does no harm; two at once wait for each other. `by`: who signed
    a change of today; the system where the day came. Some twelve statements each.
    """
    found: set[int] = set()
    # A village may have become another that became a third.
    while communes := _waiting():
        for commune_id in communes:
            found |= _one_commune(commune_id, by or system_user())
    return len(found)


def follow_or_order(*, by: User) -> int:
    """As follow, in the running transaction; 0 where they are so many that a job does it after its
    commit (see following)."""
    if sum(_waiting().values()) <= MOST_AT_ONCE:
        return follow(by=by)
    transaction.on_commit(_fire, robust=True)  # a broker that is away: the job of the hour
    return 0


def _fire() -> None:
    signature("households.follow_the_map").delay()


def following(changed_on: dt.date) -> Following | None:
    """How far the households of a day's changes are; None: nobody is on the way. Two queries."""
    left = sum(_waiting(changed_on).values())
    if not left:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_LIVING, [changed_on])
        living = int(cursor.fetchone()[0])
    return Following(living, living + left)


def _waiting(day: dt.date | None = None) -> dict[int | None, int]:
    """Homes that have to follow until today, or of one day, by commune that they come to."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_COMMUNES, {"today": clock.today(), "day": day})
        return dict(cursor.fetchall())


def _one_commune(commune_id: int | None, by: User) -> set[int]:
    with transaction.atomic():
        job_locks.wait_until_commit(job_locks.MAP)
        with connection.cursor() as cursor:
            cursor.execute(_CREATE, {"today": clock.today(), "commune": commune_id})
            cursor.execute(_MOVED)
            moved = cursor.fetchall()
        if moved:
            _move(moved, by)
    return {household for household, *__ in moved}


def _move(moved: list[tuple[int, int, int]], by: User) -> None:
    """All of `home_following`, in one act."""
    told = {"homes": len(moved)}
    with (
        audit.act(by=by, verb="area.households_follow", details=told),
        connection.cursor() as cursor,
    ):
        for statement in _MOVE:
            cursor.execute(statement)
        cards.move(homes=moved)
        _mark({village for __, *villages in moved for village in villages})


def _mark(villages: set[int]) -> None:
    """Figures of rounds under way follow in the communes that households left and came to."""
    above = Area.objects.filter(pk__in=villages, parent__isnull=False)
    communes = set(above.values_list("parent_id", flat=True))
    for round_id in ReviewRound.objects.filter(is_closed=False).values_list("pk", flat=True):
        marks.mark_changed(round_id=round_id, commune_ids=communes)
