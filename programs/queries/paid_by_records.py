"""What records say was paid, beside what the ledger of money entries says: never added together.

A house may stand on the benefit and in the payments of its case, a project's money in payments and
on the benefits of who takes part. So each kind of record is compared with the entries alone.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from programs.choices.money import PaidRecord
from programs.models import Benefit, Programme, ProjectPayment, SitePayment
from programs.queries.reach import Reach, sums_by_unit
from programs.workflow import SERVED_STATES


@dataclass(frozen=True)
class Compared:
    """One kind of record of a programme in an area and year: `paid_vnd` by records, `disbursed_vnd`
    by entries, in đồng. `difference_vnd`: how much more the entries say."""

    record: PaidRecord
    paid_vnd: int
    disbursed_vnd: int

    @property
    def difference_vnd(self) -> int:
        return self.disbursed_vnd - self.paid_vnd

    @property
    def over_vnd(self) -> int:
        """How much more the records say; nothing where they say less."""
        return max(0, -self.difference_vnd)


Paid = dict[tuple[int, int], dict[PaidRecord, int]]


def payments_of(year: int, units: Sequence[Reach], on: dt.date) -> Paid:
    """By programme and unit, what was paid in the year up to the day for houses, works and
    projects. Three queries."""
    found: Paid = {}
    for record in (PaidRecord.PROJECTS, PaidRecord.HOUSES, PaidRecord.WORKS):
        rows = _rows(record, year, on).order_by()
        summed = rows.values_list("of_programme", "of_path", "of_commune").annotate(
            vnd=Sum("amount_vnd")
        )
        for key, vnd in sums_by_unit(summed, units).items():
            found.setdefault(key, {})[record] = vnd
    return found


def compared(
    key: tuple[int, int], payments: Paid, benefits_vnd: int, disbursed_vnd: int
) -> list[Compared]:
    """Each kind of record of which there is any; the benefits' amounts also where only entries
    know of money. Empty where neither does."""
    known = dict(payments.get(key, {}))
    if benefits_vnd or (disbursed_vnd and not known):
        known[PaidRecord.BENEFITS] = benefits_vnd
    return [Compared(one, known[one], disbursed_vnd) for one in PaidRecord if one in known]


def rows_of(
    record: PaidRecord, programme: Programme, year: int, unit: Reach, on: dt.date
) -> QuerySet[Any]:
    """The records behind one figure, the newest first, with the work, house or project they are
    about. One query."""
    rows = _rows(record, year, on).filter(of_programme=programme.pk)
    inside = Q(pk__in=[])
    for path in unit.branches:
        top = int(path.rstrip(".").rsplit(".", 1)[-1])
        inside |= Q(of_commune=top) | Q(of_path__startswith=path)
    day = "-served_on" if record == PaidRecord.BENEFITS else "-paid_on"
    return rows.filter(inside).select_related(*_SHOWN[record]).order_by(day, "-pk")


_SHOWN = {
    PaidRecord.BENEFITS: ("commune",),
    PaidRecord.PROJECTS: ("project__commune",),
    PaidRecord.HOUSES: ("case__benefit__commune",),
    PaidRecord.WORKS: ("works__commune",),
}


def _rows(record: PaidRecord, year: int, on: dt.date) -> QuerySet[Any]:
    if record == PaidRecord.BENEFITS:
        return _placed(
            Benefit.objects.filter(
                state__in=sorted(SERVED_STATES), served_on__year=year, served_on__lte=on,
                amount_vnd__gt=0,
            ),
            "",
        )  # fmt: skip
    days = {"paid_on__year": year, "paid_on__lte": on}
    if record == PaidRecord.PROJECTS:
        return _placed(ProjectPayment.objects.filter(void_reason="", **days), "project__")
    sites = SitePayment.objects.filter(taken_back_because="", **days)
    if record == PaidRecord.HOUSES:
        return _placed(sites.filter(case__isnull=False), "case__benefit__")
    return _placed(sites.filter(works__isnull=False), "works__")


def _placed(rows: QuerySet[Any], owner: str) -> QuerySet[Any]:
    """With programme, commune and the path of the commune."""
    found: QuerySet[Any] = rows.annotate(
        of_programme=F(f"{owner}programme"),
        of_commune=F(f"{owner}commune"),
        of_path=F(f"{owner}commune__path"),
    )
    return found
