"""What areas are to reach of programmes in a year, as decided by a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from households.models import Area
from programs.choices.money import Counted
from programs.models import Programme, Target
from programs.workflow.money import nearest


@dataclass(frozen=True)
class Planned:
    """A number to reach. `target` None: the area has none of its own, the number is the sum of
    those of the areas below it."""

    counts: Counted
    number: int
    target: Target | None


def targets_of(
    year: int, areas: Sequence[Area], on: dt.date, *, programme: Programme | None = None
) -> dict[tuple[int, int], list[Planned]]:
    """For each (programme, area) the targets in force on the day, in the order of Counted. One
    query."""
    stated = _stated(year, areas, on, programme)
    found: dict[tuple[int, int], list[Planned]] = defaultdict(list)
    for counts in Counted:
        for programme_pk in {of for of, what in stated if what == counts}:
            rows = stated[programme_pk, counts]
            numbers = {path: row.number for path, row in rows.items()}
            for area in areas:
                number = nearest(numbers, area.inner_path)
                if number is not None:
                    own = rows.get(area.inner_path)
                    found[programme_pk, area.pk].append(Planned(counts, number, own))
    return dict(found)


def revisions(programme: Programme, year: int, area: Area) -> list[Target]:
    """Every target the area itself was ever given for the year, the newest first. One query."""
    rows = Target.objects.filter(programme=programme, year=year, area=area)
    return list(rows.select_related("set_by").order_by("counts", "-decided_on"))


def _stated(
    year: int, areas: Sequence[Area], on: dt.date, programme: Programme | None
) -> dict[tuple[int, Counted], dict[str, Target]]:
    under = Area.objects.under_any([area.inner_path for area in areas])
    rows = Target.objects.filter(year=year, decided_on__lte=on, area__in=under)
    if programme:
        rows = rows.filter(programme=programme)
    newest = rows.order_by("programme_id", "area_id", "counts", "-decided_on", "-pk")
    found: dict[tuple[int, Counted], dict[str, Target]] = defaultdict(dict)
    for row in newest.distinct("programme_id", "area_id", "counts").select_related("area"):
        found[row.programme_id, Counted(row.counts)][row.area.inner_path] = row
    return found
