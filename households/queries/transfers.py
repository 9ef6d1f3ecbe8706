"""Households between two communes: offered, and moved within a year."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from households.choices import PovertyClass
from households.choices.transfers import TransferState
from households.models import Area, HouseholdTransfer

_WITH = (
    "household__card", "from_commune", "from_village", "to_commune", "to_village", "offered_by",
    "settled_by",
)  # fmt: skip


def of_commune(commune: Area) -> QuerySet[HouseholdTransfer]:
    """Offered to it or by it: what waits first, then the newest."""
    found = HouseholdTransfer.objects.filter(Q(to_commune=commune) | Q(from_commune=commune))
    return found.select_related(*_WITH).order_by("settled_on", "-pk")


@dataclass(frozen=True)
class Moved:
    """A household that left one commune of the province for another. In the province's table the
    decrease of the one and the increase of the other cancel."""

    transfer: HouseholdTransfer

    @property
    def poverty_class(self) -> PovertyClass | None:
        found = self.transfer.poverty_class
        return PovertyClass(found) if found else None


def moved_within(province: Area, first: dt.date, last: dt.date) -> list[Moved]:
    """Those taken over with a day of the move in that time, by old commune and day. One query."""
    found = HouseholdTransfer.objects.filter(
        state=TransferState.ACCEPTED,
        moved_on__range=(first, last),
        from_commune__path__startswith=province.inner_path,
    )
    rows = found.select_related(*_WITH).order_by("from_commune__folded_name", "moved_on", "pk")
    return [Moved(one) for one in rows]
