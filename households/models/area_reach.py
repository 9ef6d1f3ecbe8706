"""What an area is made of through time: itself and the units that went into it whole."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from households.models.areas import Area

#: One step back: a unit that went into the area whole, or a village of it that came from a commune
#: which did not.
_REACH = """
WITH RECURSIVE reach (origin_id, area_id) AS (
  SELECT id, id FROM unnest(%s::bigint[]) AS id
  UNION
  SELECT reach.origin_id, came.from_area_id
  FROM reach CROSS JOIN LATERAL (
    SELECT c.from_area_id FROM households_areachange c
    WHERE c.to_area_id = reach.area_id AND c.is_whole AND c.kind IN ('MERGE', 'RENAME', 'MOVE')
    UNION ALL
    SELECT c.from_area_id
    FROM households_area v
    JOIN households_areachange c
      ON c.to_area_id = v.id AND c.is_whole AND c.kind IN ('MERGE', 'RENAME', 'MOVE')
    JOIN households_area f ON f.id = c.from_area_id AND f.parent_id <> v.parent_id
    WHERE v.parent_id = reach.area_id AND v.level = 'VILLAGE'
      AND NOT EXISTS (
        SELECT 1 FROM households_areachange w
        WHERE w.from_area_id = f.parent_id AND w.to_area_id = v.parent_id AND w.is_whole)
  ) came
)
SELECT origin_id, (SELECT a.path || a.id || '.' FROM households_area a WHERE a.id = area_id)
FROM reach
ORDER BY origin_id, area_id
"""

#: All that units in an area became, whole or by a part; of each the province.
_LATER = """
WITH RECURSIVE later (id) AS (
  SELECT id FROM households_area WHERE id = %s OR starts_with(path, %s)
  UNION
  SELECT c.to_area_id FROM later JOIN households_areachange c ON c.from_area_id = later.id
  WHERE c.to_area_id IS NOT NULL
)
SELECT DISTINCT split_part(a.path || a.id || '.', '.', 1)::bigint
FROM later JOIN households_area a ON a.id = later.id
"""


def branches_through_time(area_ids: Iterable[int]) -> dict[int, list[str]]:
    """For each area the inner paths (see Area.inner_path) of itself and of its predecessors, to
    any depth: who serves the commune of today serves the files of those it was made of. A commune
    that was split is nobody's alone; of it, who serves a part serves the villages that came into
    that part. One query."""
    branches: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_REACH, [sorted(set(area_ids))])
        for origin_id, inner_path in cursor.fetchall():
            branches.setdefault(origin_id, []).append(inner_path)
    return branches


def reached(area_ids: Iterable[int]) -> dict[int, list[int]]:
    """As branches_through_time, by the keys of the units: itself, its predecessors, and villages
    that came from others. One query."""
    return {
        pk: [int(path.rstrip(".").rsplit(".", 1)[-1]) for path in paths]
        for pk, paths in branches_through_time(area_ids).items()
    }


def provinces_of(area: Area, branches: Iterable[str]) -> set[int]:
    """Provinces in which the area lay: of what it was made of (`branches`), and of an area that
    ended those in which its units lie since. One query for one that ended."""
    found = {int(path.partition(".")[0]) for path in branches}
    if area.valid_to is None:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_LATER, [area.pk, area.inner_path])
        return found | {pk for (pk,) in cursor.fetchall()}


def made_of(area: Area) -> QuerySet[Area]:
    """The area and the units of its level that went into it whole, to any depth. One query, and the
    one of the result."""
    found = reached([area.pk]).get(area.pk, [area.pk])
    return Area.objects.filter(pk__in=found, level=area.level)
