"""The order in which a village is walked, and who comes before and after a household in it."""

from dataclasses import dataclass

from django.db.models import F

from households.models import Area, HouseholdCard


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
    cards = HouseholdCard.objects.filter(village=village, household__ended_on__isnull=True)
    in_order = cards.order_by(F("household__walking_no").asc(nulls_last=True), "household_id")
    return [
        Stop(*row)
        for row in in_order.values_list("household_id", "head_name", "household__walking_no")
    ]


def neighbours(household_id: int, village: Area) -> Neighbours | None:
    """None for a household that does not live there any more. One query."""
    stops = of_village(village)
    place = next((i for i, one in enumerate(stops) if one.household_id == household_id), None)
    if place is None:
        return None
    return Neighbours(
        previous=stops[place - 1] if place else None,
        next=stops[place + 1] if place + 1 < len(stops) else None,
        place=place + 1,
        total=len(stops),
    )
