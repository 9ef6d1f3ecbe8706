"""Where every unit of the map lies on a day: itself, what it became, or what it was made of."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from households.choices import AreaLevel
from households.models import Area, AreaChange


@dataclass(frozen=True)
class Place:
    """A unit of the map, as little of it as figures need."""

    pk: int
    level: str
    code: str
    name: str
    parent_id: int | None
    path: str
    valid_from: dt.date
    valid_to: dt.date | None

    def is_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    @cached_property
    def line(self) -> list[int]:
        """The ids of all units above and its own, from the top."""
        return [*(int(one) for one in self.path.split(".") if one), self.pk]


@dataclass
class AreaMap:
    """All units with their changes, read once; nothing in it is counted.

    `on` follows whole arrows only: a unit that was split lies nowhere on the other map, nor does
    one that came of several on a map of before.
    """

    places: dict[int, Place]
    became: dict[int, list[tuple[int | None, bool]]]
    came_from: dict[int, list[tuple[int, bool]]]
    _found: dict[tuple[int, dt.date], Place | None] = field(default_factory=dict)

    def on(self, pk: int, day: dt.date) -> Place | None:
        """The unit that holds all of this one on the day; None where there is no such unit."""
        key = (pk, day)
        if key not in self._found:
            self._found[key] = self._search(pk, day)
        return self._found[key]

    def successors(self, pk: int, day: dt.date) -> list[Place]:
        """Every unit of the day that holds a part of this one."""
        place = self.places[pk]
        if self._stands(place, day):
            return [place]
        nexts = [to for to, __ in self._next(place, day)]
        return [one for to in nexts for one in self.successors(to, day)]

    def above(self, place: Place, level: AreaLevel) -> Place | None:
        """The unit of the level that it is or lies in."""
        return next(
            (one for one in map(self.places.get, place.line) if one and one.level == level), None
        )

    def at(self, level: AreaLevel, day: dt.date, under: Iterable[int]) -> list[Place]:
        """The units of a level on a day in (or equal to) any of the units named."""
        wanted = set(under)
        found = [
            one
            for one in self.places.values()
            if one.level == level and one.is_on(day) and wanted.intersection(one.line)
        ]
        return sorted(found, key=lambda one: (one.code, one.name, one.pk))

    def _search(self, pk: int, day: dt.date) -> Place | None:
        place = self.places[pk]
        if self._stands(place, day):
            return place
        nexts = self._next(place, day)
        if not nexts and place.level == AreaLevel.VILLAGE and place.parent_id is not None:
            # A village of which no change is told went with its commune.
            return self.on(place.parent_id, day)
        is_back = place.valid_from > day
        if len(nexts) > 1 and place.level == AreaLevel.VILLAGE and not is_back:
            return self._commune_of_parts(place, day)
        if len(nexts) != 1 or not (nexts[0][1] or is_back):
            return None
        return self.on(nexts[0][0], day)

    def _commune_of_parts(self, village: Place, day: dt.date) -> Place | None:
        """The one commune in which all that a village was split into lies."""
        parts = self.successors(village.pk, day)
        communes = {one.pk: one for part in parts if (one := self.above(part, AreaLevel.COMMUNE))}
        return next(iter(communes.values())) if len(communes) == 1 else None

    def _stands(self, place: Place, day: dt.date) -> bool:
        """A village stands only in a commune that does: its end is not told apart from its
        commune's."""
        commune = self.places.get(place.parent_id or 0)
        if place.level == AreaLevel.VILLAGE and commune is not None and not commune.is_on(day):
            return False
        return place.is_on(day)

    def _next(self, place: Place, day: dt.date) -> list[tuple[int, bool]]:
        """One step towards the day: what it became, or what it was made of, and whether whole."""
        if place.valid_from > day:
            return self.came_from.get(place.pk, [])
        return [(one, whole) for one, whole in self.became.get(place.pk, []) if one is not None]


def read(*, practice: bool = False) -> AreaMap:
    """Two queries, and one row a unit."""
    fields = ("pk", "level", "code", "name", "parent_id", "path", "valid_from", "valid_to")
    rows = Area.objects.filter(is_practice=practice).values_list(*fields)
    places = {row[0]: Place(*row) for row in rows}
    became: dict[int, list[tuple[int | None, bool]]] = {}
    came_from: dict[int, list[tuple[int, bool]]] = {}
    changes = AreaChange.objects.order_by("changed_on", "pk")
    for old, new, whole in changes.values_list("from_area_id", "to_area_id", "is_whole"):
        if old in places and (new is None or new in places) and old != new:
            became.setdefault(old, []).append((new, whole))
            if new is not None:
                came_from.setdefault(new, []).append((old, whole))
    return AreaMap(places, became, came_from)
