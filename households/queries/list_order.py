"""The orders a list of households can stand in, and how one goes on from a place in them."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Q

from households.models import Household
from households.models.people import HouseholdQuerySet

#: What one household's columns hold, in the order's own sequence: where a page ends.
Place = tuple[str | int, ...]

_NAME: tuple[str, type] = ("card__folded_head_name", str)
_CODE: tuple[str, type] = ("card__household", int)
_VILLAGE: tuple[str, type] = ("card__village__folded_name", str)
_COMMUNE: tuple[str, type] = ("card__village__parent__folded_name", str)
_MEMBERS: tuple[str, type] = ("card__members", int)
#: By what a reader sorts; all end with the household, so that no two stand at one place.
COLUMNS: dict[str, tuple[tuple[str, type], ...]] = {
    "name": (_NAME, _CODE),
    "code": (_CODE,),
    "village": (_VILLAGE, _NAME, _CODE),
    "commune": (_COMMUNE, _VILLAGE, _NAME, _CODE),
    "members": (_MEMBERS, _NAME, _CODE),
}


@dataclass(frozen=True)
class Order:
    """One order, as the address of a list writes it: "members", or "-members" from the last."""

    by: str = "name"
    is_descending: bool = False

    @classmethod
    def read(cls, text: str) -> "Order":
        """What the address says; what it does not know is the order by name."""
        by = text.removeprefix("-")
        return cls(by, text.startswith("-")) if by in COLUMNS else cls()

    @property
    def text(self) -> str:
        return f"-{self.by}" if self.is_descending else self.by

    def turned(self, by: str) -> "Order":
        """What a click on a column's head gives: that column, or the other way round."""
        return Order(by, by == self.by and not self.is_descending)

    def sorted(self, households: HouseholdQuerySet) -> HouseholdQuerySet:
        sign = "-" if self.is_descending else ""
        in_order: HouseholdQuerySet = households.select_related("card__village__parent").order_by(
            *(f"{sign}{column}" for column, __ in COLUMNS[self.by])
        )
        return in_order

    def after(self, households: HouseholdQuerySet, place: Place) -> HouseholdQuerySet:
        return households.filter(self._beyond(place, "lt" if self.is_descending else "gt"))

    def before(self, households: HouseholdQuerySet, place: Place) -> HouseholdQuerySet:
        return households.filter(self._beyond(place, "gt" if self.is_descending else "lt"))

    def place_of(self, household: Household) -> Place:
        """Of a household that `sorted` gave; no query."""
        paths = (column.replace("__", ".") for column, __ in COLUMNS[self.by][:-1])
        return (*(attrgetter(path)(household) for path in paths), household.pk)

    def is_place(self, values: object) -> bool:
        """Whether something from outside can be a place in this order."""
        kinds = [kind for __, kind in COLUMNS[self.by]]
        return (
            isinstance(values, list)
            and len(values) == len(kinds)
            and all(type(one) is kind for one, kind in zip(values, kinds, strict=True))
        )

    def _beyond(self, place: Place, sign: str) -> Q:
        wanted, same = Q(), Q()
        for (column, __), value in zip(COLUMNS[self.by], place, strict=True):
            beyond: dict[str, Any] = {f"{column}__{sign}": value}
            wanted |= same & Q(**beyond)
            same &= Q(**{column: value})
        return wanted
