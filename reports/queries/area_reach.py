"""What an area holds of a round, whichever day's units it is of; and what no map of a day has."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.errors import DomainError
from households.models import Area, ReviewRound, Survey
from reports.queries.area_map import AreaMap, Place


@dataclass(frozen=True)
class AreaReach:
    """Units that lie in the area on the round's day, on the day of the map or, where the area is
    there on neither of them, on the day of its own that is nearest to the round's."""

    the_map: AreaMap
    area: Area
    as_of: dt.date
    on: dt.date

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        own = self.area
        if any(own.is_valid_on(day) for day in (self.as_of, self.on)):
            return self.as_of, self.on
        nearest = max(self.as_of, own.valid_from)
        return self.as_of, self.on, min(nearest, own.valid_to or nearest)

    def holds(self, place: Place) -> bool:
        """A unit that lies there as a whole."""
        if self._is_in(place):
            return True
        if place.level == AreaLevel.COMMUNE:
            # One that was merged lies nowhere on the map of before, but all of its parts may.
            return any(
                all(map(self._is_in, parts))
                for day in self.days
                if (parts := self.the_map.successors(place.pk, day))
            )
        return any(
            self._is_in(found) for day in self.days if (found := self.the_map.on(place.pk, day))
        )

    def holds_part(self, place: Place) -> bool:
        """A unit that lies there whole or by some of what it became or was made of."""
        return self.holds(place) or any(
            self._is_in(part)
            for day in self.days
            for part in self.the_map.successors(place.pk, day)
        )

    def _is_in(self, place: Place) -> bool:
        return self.area.pk in place.line


def units_at(reach: AreaReach, round: ReviewRound, level: AreaLevel) -> list[Place]:
    """The units of a level below the area's own on the day of the map that hold anything of it.

    Raises DomainError: there are none, or one of them holds more than the area.
    """
    the_map, area, on = reach.the_map, reach.area, reach.on
    touched = {
        above
        for pk, place in the_map.places.items()
        if area.pk in place.line and (went := the_map.on(pk, on))
        for above in went.line
    }
    held = [
        one
        for one in the_map.places.values()
        if one.level == level and one.is_on(on) and (area.pk in one.line or one.pk in touched)
    ]
    if not held:
        raise DomainError(
            _("There is no level %(level)s in %(area)s on %(day)s.")
            % {"level": level.label, "area": area.name, "day": f"{on:%d/%m/%Y}"}
        )
    if reach.on != round.as_of and level != AreaLevel.VILLAGE:
        # Units into which nothing of the round's map went had nobody to review.
        reached = _reached(the_map, round, on)
        held = [one for one in held if one.pk in reached]
    held.sort(key=lambda one: (one.code, one.name, one.pk))
    _refuse_more(reach, [one for one in held if area.pk not in one.line])
    return held


def _reached(the_map: AreaMap, round: ReviewRound, on: dt.date) -> set[int]:
    """The units of a day that hold anything of the round's map, with those above them."""
    found: set[int] = set()
    for place in the_map.places.values():
        of_round = place.is_on(round.as_of) and round.province_id in place.line
        if of_round and place.level in (AreaLevel.COMMUNE, AreaLevel.VILLAGE):
            for part in the_map.successors(place.pk, on):
                found.update(part.line)
    return found


def _refuse_more(reach: AreaReach, rows: list[Place]) -> None:
    """A unit of the other map that holds more than the area would be half told: a village or a
    commune of then that is not in the area, or a commune of that day that nothing of the area went
    into."""
    the_map, area = reach.the_map, reach.area
    held = {one.pk for one in rows}
    went_in = set()
    for place in the_map.places.values():
        now = the_map.on(place.pk, reach.on) if held and place.is_on(reach.as_of) else None
        row = next((pk for pk in now.line if pk in held), None) if now else None
        if now and row and reach.holds(place):
            went_in.update(now.line)
        elif row and (commune := the_map.above(place, AreaLevel.COMMUNE)):
            _refuse_unit(the_map.places[row], commune, area)
    for place in the_map.at(AreaLevel.COMMUNE, reach.on, held):
        if place.pk not in went_in:
            row = next(pk for pk in place.line if pk in held)
            _refuse_unit(the_map.places[row], place, area)


def _refuse_unit(unit: Place, commune: Place, area: Area) -> None:
    raise DomainError(
        _("%(unit)s also holds %(commune)s, which is not in %(area)s.")
        % {"unit": unit.name, "commune": commune.name, "area": area.name}
    )


def communes_with_forms(
    round: ReviewRound, villages: Collection[int]
) -> dict[int, tuple[int, str, str]]:
    """Of villages those that have forms in the round: with their commune then, and both names. One
    query, none where there are no villages."""
    if not villages:
        return {}
    surveyed = Survey.objects.filter(round=round, village__in=list(villages))
    told = surveyed.values_list("village", "commune", "village__name", "commune__name").distinct()
    return {village: (commune, name, of) for village, commune, name, of in told}
