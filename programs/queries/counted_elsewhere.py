"""What targets count that is no benefit of somebody: production projects, people reached."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from django.db.models import Q, Sum

from households.choices import AreaLevel
from households.models import Area
from programs.choices.money import Counted
from programs.models import Activity, Project
from programs.queries.project_counts import is_approved
from programs.queries.project_progress import standings

#: What is never counted from benefits, whether or not anybody counts it already.
ELSEWHERE = frozenset({Counted.PROJECTS, Counted.PEOPLE_REACHED})


class Count(Protocol):
    """Numbers of a calendar year up to `on`, by programme and by unit of `level` in `branches`
    (Area.inner_path): (programme id, area id) to number. What is missing is nothing."""

    def __call__(
        self, year: int, *, branches: Sequence[str], level: AreaLevel, on: dt.date
    ) -> Mapping[tuple[int, int], int]: ...


def _approved_projects(
    year: int, *, branches: Sequence[str], level: AreaLevel, on: dt.date
) -> Mapping[tuple[int, int], int]:
    """Projects of the year's plan that are approved on the day, as the page of steps counts them,
    by the commune that keeps the dossier. Seven queries."""
    planned = standings(Project.objects.filter(_inside("commune", branches), year=year), on)
    return _by_unit(
        [
            (one.project.programme_id, one.project.commune.path, one.project.commune_id, 1)
            for one in planned
            if is_approved(one)
        ],
        level,
    )


def _people_reached(
    year: int, *, branches: Sequence[str], level: AreaLevel, on: dt.date
) -> Mapping[tuple[int, int], int]:
    """People counted on the spot; who came twice is counted twice."""
    rows = Activity.objects.filter(
        _inside("commune", branches),
        begins_on__year=year,
        begins_on__lte=on,
        people_reached__isnull=False,
        cancelled_because="",
    )
    summed = rows.order_by().values_list("programme", "commune__path", "commune")
    return _by_unit(summed.annotate(number=Sum("people_reached")), level)


def _inside(field: str, branches: Sequence[str]) -> Q:
    wanted = Q(pk__in=[])
    for branch in branches:
        own = int(branch.rstrip(".").rsplit(".", 1)[-1])
        wanted |= Q(**{field: own}) | Q(**{f"{field}__path__startswith": branch})
    return wanted


def _by_unit(
    rows: Iterable[tuple[int, str, int, int]], level: AreaLevel
) -> Mapping[tuple[int, int], int]:
    """(programme, path and key of the commune, number) summed for the units of `level` above it."""
    found: Counter[tuple[int, int]] = Counter()
    told = list(rows)
    above = {int(one) for _p, path, own, _n in told for one in f"{path}{own}".split(".")}
    units = set(Area.objects.at(level).filter(pk__in=above).values_list("pk", flat=True))
    for programme, path, own, number in told:
        for one in units.intersection(map(int, f"{path}{own}".split("."))):
            found[programme, one] += number
    return found


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


def counted_elsewhere(
    year: int, *, branches: Sequence[str], level: AreaLevel, on: dt.date
) -> Elsewhere:
    """Cost: what the counts of COUNTS cost."""
    return Elsewhere(
        {
            counts: count(year, branches=branches, level=level, on=on)
            for counts, count in COUNTS.items()
        }
    )
