"""The orders a list of households can stand in, and how one goes on from a place in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Q

from households.models import Area, HouseholdCard
from households.models.cards import HouseholdCardQuerySet

#: What one household's columns hold, in the order's own sequence: where a page ends.
Place = tuple[str | int, ...]

_NAME: tuple[str, type] = ("folded_head_name", str)
_CODE: tuple[str, type] = ("household_id", int)
_VILLAGE: tuple[str, type] = ("village__folded_name", str)
_COMMUNE: tuple[str, type] = ("village__parent__folded_name", str)
_MEMBERS: tuple[str, type] = ("members", int)
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

    def sorted(self, cards: HouseholdCardQuerySet) -> HouseholdCardQuerySet:
        sign = "-" if self.is_descending else ""
        in_order: HouseholdCardQuerySet = (
            cards.select_related("village__parent")
            .defer("folded_names")
            .order_by(*(f"{sign}{column}" for column, __ in COLUMNS[self.by]))
        )
        return in_order

    @property
    def _place_columns(self) -> int:
        """How many of its first columns are names of the village and what it lies in."""
        return sum(column.startswith("village__") for column, __ in COLUMNS[self.by])

    @property
    def goes_by_village(self) -> bool:
        return self._place_columns > 0

    def villages_ahead(
        self, numbers: Mapping[int, int], place: Place | None, *, back: bool, enough: int
    ) -> list[int]:
        """Of the villages with these numbers of households, those in which the next `enough`
        after `place` (before it: `back`) lie in an order that goes by village. One query; without
        it a page would sort all households of a province."""
        columns = [column for column, __ in COLUMNS[self.by][: self._place_columns]]
        paths = [column.removeprefix("village__") for column in columns]
        named = Area.objects.filter(pk__in=numbers).values_list(*paths, "pk")
        is_turned = self.is_descending != back
        taken: list[int] = []
        ahead = 0
        for names, group in groupby(sorted(named, reverse=is_turned), key=lambda row: row[:-1]):
            here = place[: len(names)] if place else None
            if here and (names > here if is_turned else names < here):
                continue
            if ahead >= enough:
                break
            ids = [row[-1] for row in group]
            taken += ids
            ahead += 0 if names == here else sum(numbers[pk] for pk in ids)
        return taken

    def after(self, cards: HouseholdCardQuerySet, place: Place) -> HouseholdCardQuerySet:
        return cards.filter(self._beyond(place, "lt" if self.is_descending else "gt"))

    def before(self, cards: HouseholdCardQuerySet, place: Place) -> HouseholdCardQuerySet:
        return cards.filter(self._beyond(place, "gt" if self.is_descending else "lt"))

    def place_of(self, card: HouseholdCard) -> Place:
        """Of a household that `sorted` gave; no query."""
        paths = (column.replace("__", ".") for column, __ in COLUMNS[self.by])
        return tuple(attrgetter(path)(card) for path in paths)

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
        # Implied by the rest, and the one condition by which an index begins at the place.
        bound: dict[str, Any] = {f"{COLUMNS[self.by][0][0]}__{sign}e": place[0]}
        return Q(**bound) & wanted
