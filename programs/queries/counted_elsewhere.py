"""What targets count that is no benefit of somebody: production projects, people reached."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

from django.db.models import Q, Sum

from programs.choices.money import Counted
from programs.models import Activity, Project
from programs.queries.project_counts import is_approved
from programs.queries.project_progress import standings
from programs.queries.reach import Reach, sums_by_unit

#: What is never counted from benefits, whether or not anybody counts it already.
ELSEWHERE = frozenset({Counted.PROJECTS, Counted.PEOPLE_REACHED})


class Count(Protocol):
    """Numbers of a calendar year up to `on`, by programme and unit: (programme id, area id) to
    number. Units may lie in each other. What is missing is nothing."""

    def __call__(
        self, year: int, units: Sequence[Reach], on: dt.date
    ) -> Mapping[tuple[int, int], int]: ...


def _approved_projects(
    year: int, units: Sequence[Reach], on: dt.date
) -> Mapping[tuple[int, int], int]:
    """Projects of the year's plan that are approved on the day, as the page of steps counts them,
    by the commune that keeps the dossier. Seven queries."""
    planned = standings(Project.objects.filter(_inside("commune", units), year=year), on)
    return sums_by_unit(
        [
            (one.project.programme_id, one.project.commune.path, one.project.commune_id, 1)
            for one in planned
            if is_approved(one)
        ],
        units,
    )


def _people_reached(
    year: int, units: Sequence[Reach], on: dt.date
) -> Mapping[tuple[int, int], int]:
    """People counted on the spot; who came twice is counted twice."""
    rows = Activity.objects.filter(
        _inside("commune", units),
        begins_on__year=year,
        begins_on__lte=on,
        people_reached__isnull=False,
        cancelled_because="",
    )
    summed = rows.order_by().values_list("programme", "commune__path", "commune")
    return sums_by_unit(summed.annotate(number=Sum("people_reached")), units)


def _inside(field: str, units: Sequence[Reach]) -> Q:
    wanted = Q(pk__in=[])
    for branch in {path for unit in units for path in unit.branches}:
        own = int(branch.rstrip(".").rsplit(".", 1)[-1])
        wanted |= Q(**{field: own}) | Q(**{f"{field}__path__startswith": branch})
    return wanted


COUNTS: dict[Counted, Count] = {
    Counted.PROJECTS: _approved_projects,
    Counted.PEOPLE_REACHED: _people_reached,
}


class Elsewhere:
    """The numbers of everybody in COUNTS, for one year and area."""

    def __init__(self, found: Mapping[Counted, Mapping[tuple[int, int], int]]) -> None:
        self.found = found

    def get(self, key: tuple[Counted, int, int]) -> int | None:
        """What (counted, programme id, area id) came to; None where nobody counts it."""
        counts, programme, area = key
        numbers = self.found.get(counts)
        return None if numbers is None else numbers.get((programme, area), 0)


def counted_elsewhere(year: int, units: Sequence[Reach], on: dt.date) -> Elsewhere:
    """Cost: what the counts of COUNTS cost."""
    return Elsewhere({counts: count(year, units, on) for counts, count in COUNTS.items()})
