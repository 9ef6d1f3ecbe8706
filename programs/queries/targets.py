"""What areas are to reach of programmes in a year, as decided by a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from households.models import Area
from households.models.area_reach import branches_through_time
from programs.choices.money import Counted
from programs.models import Programme, Target
from programs.queries.reach import Reach
from programs.workflow.money import nearest


@dataclass(frozen=True)
class Planned:
    """A number to reach. `target` None: the area has none of its own, the number is the sum of
    those of the areas below it."""

    counts: Counted
    number: int
    target: Target | None


def targets_of(
    year: int, units: Sequence[Reach], on: dt.date, *, programme: Programme | None = None
) -> dict[tuple[int, int], list[Planned]]:
    """For each (programme, area) the targets in force on the day, in the order of Counted. A unit
    without one of its own has the sum of those below it and of what went into it; what went into
    a unit that has one is not asked any more. One query, and one where any is set."""
    stated = _stated(year, units, on, programme)
    found: dict[tuple[int, int], list[Planned]] = defaultdict(list)
    for counts in Counted:
        for programme_pk in {of for of, what in stated if what == counts}:
            rows = stated[programme_pk, counts]
            numbers = {path: row.number for path, row in rows.items()}
            for unit in units:
                several = [nearest(numbers, path) for path in unit.branches]
                known = [number for number in several if number is not None]
                if known:
                    own = rows.get(unit.area.inner_path)
                    found[programme_pk, unit.area.pk].append(Planned(counts, sum(known), own))
    return dict(found)


def revisions(programme: Programme, year: int, area: Area) -> list[Target]:
    """Every target the area itself was ever given for the year, the newest first. One query."""
    rows = Target.objects.filter(programme=programme, year=year, area=area)
    return list(rows.select_related("set_by").order_by("counts", "-decided_on"))


def _stated(
    year: int, units: Sequence[Reach], on: dt.date, programme: Programme | None
) -> dict[tuple[int, Counted], dict[str, Target]]:
    under = Area.objects.under_any([path for unit in units for path in unit.branches])
    rows = Target.objects.filter(year=year, decided_on__lte=on, area__in=under)
    if programme:
        rows = rows.filter(programme=programme)
    newest = rows.order_by("programme_id", "area_id", "counts", "-decided_on", "-pk")
    found: dict[tuple[int, Counted], dict[str, Target]] = defaultdict(dict)
    for row in newest.distinct("programme_id", "area_id", "counts").select_related("area"):
        found[row.programme_id, Counted(row.counts)][row.area.inner_path] = row
    if found:
        _drop_replaced(found.values())
    return found


def _drop_replaced(several: Collection[dict[str, Target]]) -> None:
    """Those of what a unit was made of, where the unit has one for the same. One query."""
    through = branches_through_time({row.area_id for rows in several for row in rows.values()})
    for rows in several:
        formers = {
            former
            for path, row in rows.items()
            for former in through[row.area_id]
            if former != path
        }
        for path in [path for path in rows if any(path.startswith(one) for one in formers)]:
            del rows[path]
