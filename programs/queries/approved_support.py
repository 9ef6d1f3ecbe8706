"""Support approved in projects beside what entries of money committed: never added together."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from households.models import Area
from programs.models import Programme, Project
from programs.queries.money import NOTHING, money_of
from programs.queries.progress import Progress
from programs.queries.reach import Reach, sums_by_unit


@dataclass(frozen=True)
class ApprovedAbove:
    """More is approved in the projects of a programme, area and plan year than its entries
    committed for that year; in đồng."""

    programme: Programme
    area: Area
    approved_vnd: int
    committed_vnd: int

    @property
    def over_vnd(self) -> int:
        return self.approved_vnd - self.committed_vnd


def above_committed(
    rows: Sequence[Progress], year: int, units: Sequence[Reach], on: dt.date
) -> list[ApprovedAbove]:
    """Of each row that entries know of, in their order. One query."""
    approved = _approved(year, units, on)
    return [
        ApprovedAbove(row.programme, row.area, vnd, row.money.committed_vnd)
        for row in rows
        if row.money != NOTHING
        and (vnd := approved.get((row.programme.pk, row.area.pk), 0)) > row.money.committed_vnd
    ]


def above_committed_of(
    project: Project, units: Sequence[Reach], on: dt.date
) -> ApprovedAbove | None:
    """Of the first of the units that entries know of in the project's programme and year; None
    where no more is approved, or the ledger knows of none. Two queries."""
    money = money_of(project.year, units, on, programme=project.programme)
    for unit in units:
        key = (project.programme_id, unit.area.pk)
        if key in money:
            vnd = _approved(project.year, [unit], on).get(key, 0)
            committed_vnd = money[key].committed_vnd
            if vnd <= committed_vnd:
                return None
            return ApprovedAbove(project.programme, unit.area, vnd, committed_vnd)
    return None


def _approved(year: int, units: Sequence[Reach], on: dt.date) -> dict[tuple[int, int], int]:
    """By programme and unit, what decisions by the day approved; a project counts in the commune
    that keeps its dossier."""
    found = Project.objects.filter(year=year, committed_on__lte=on, committed_vnd__gt=0)
    summed = found.order_by().values_list("programme", "commune__path", "commune")
    return sums_by_unit(summed.annotate(vnd=Sum("committed_vnd")), units)
