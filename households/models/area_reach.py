"""What an area is made of through time: itself and the units that went into it whole."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from households.models.areas import Area

_REACH = """
WITH RECURSIVE reach (origin_id, area_id) AS (
  SELECT id, id FROM unnest(%s::bigint[]) AS id
  UNION
  SELECT reach.origin_id, c.from_area_id
  FROM reach JOIN households_areachange c
    ON c.to_area_id = reach.area_id AND c.is_whole AND c.kind IN ('MERGE', 'RENAME', 'MOVE')
)
SELECT origin_id, (SELECT a.path || a.id || '.' FROM households_area a WHERE a.id = area_id)
FROM reach
ORDER BY origin_id, area_id
"""


def branches_through_time(area_ids: Iterable[int]) -> dict[int, list[str]]:
    """For each area the inner paths (see Area.inner_path) of itself and of its predecessors, to
    any depth: who serves the commune of today serves the files of those it was made of. A unit
    that was split is nobody's alone and is left out. One query."""
    branches: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_REACH, [sorted(set(area_ids))])
        for origin_id, inner_path in cursor.fetchall():
            branches.setdefault(origin_id, []).append(inner_path)
    return branches


def made_of(area: Area) -> QuerySet[Area]:
    """The area and the units of its level that went into it whole, to any depth. One query, and the
    one of the result."""
    paths = branches_through_time([area.pk]).get(area.pk, [area.inner_path])
    return Area.objects.filter(pk__in=[int(path.rstrip(".").split(".")[-1]) for path in paths])
