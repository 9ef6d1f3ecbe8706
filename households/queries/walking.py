"""The order in which a village is walked, and who comes before and after a household in it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, QuerySet, Window
from django.db.models.functions import Lag, Lead, RowNumber

from households.models import Area, HouseholdCard

_ORDER = (F("household__walking_no").asc(nulls_last=True), F("household_id").asc())
_STOP = ("household_id", "head_name", "household__walking_no")


@dataclass(frozen=True)
class Stop:
    """A household on the walk."""

    household_id: int
    head_name: str
    walking_no: int | None

    @property
    def code(self) -> str:
        return f"H{self.household_id:08d}"


@dataclass(frozen=True)
class Neighbours:
    """Where a household stands on the walk; the ends have nobody beyond."""

    previous: Stop | None
    next: Stop | None
    place: int
    total: int


def of_village(village: Area) -> list[Stop]:
    """Households that live there, by walking number, those without one last, by code. One query."""
    return [Stop(*row) for row in _in_order(village).values_list(*_STOP)]


def _in_order(village: Area) -> QuerySet[HouseholdCard]:
    cards = HouseholdCard.objects.filter(village=village, household__ended_on__isnull=True)
    return cards.order_by(*_ORDER)


def neighbours(household_id: int, village: Area) -> Neighbours | None:
    """None for a household that does not live there any more. One query, one row."""
    # Asked of a window, so that the others are still there when the windows are counted.
    here = Window(Max("household_id"), partition_by=[F("household_id")])
    own = _in_order(village).annotate(here=here, place=Window(RowNumber(), order_by=_ORDER))
    own = own.annotate(
        total=Window(Count("*")),
        **{f"before_{name}": Window(Lag(name), order_by=_ORDER) for name in _STOP},
        **{f"after_{name}": Window(Lead(name), order_by=_ORDER) for name in _STOP},
    )
    found: Any = own.filter(here=household_id).values().first()
    if found is None:
        return None
    sides = [[found[f"{side}_{name}"] for name in _STOP] for side in ("before", "after")]
    previous, after = (Stop(*values) if values[0] else None for values in sides)
    return Neighbours(previous=previous, next=after, place=found["place"], total=found["total"])
