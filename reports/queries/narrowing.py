"""Figures of a part of an area alone: its urban or its rural villages, or a group of communes.

A village is urban or rural as its own mark of the round's day says, else its commune's: by what its
forms were judged. A group holds the communes it names and what became of them, or what they were
made of, as in tables by group.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from households.choices import AreaLevel, Settlement, TraitKind
from households.models import AreaGroup, AreaTrait, ReviewRound
from reports.queries.area_map import AreaMap
from reports.queries.units import Units


@dataclass(frozen=True)
class Narrowing:
    """What is left of an area; None: nothing is left out for it."""

    settlement: Settlement | None = None
    #: Key of an AreaGroup.
    group: int | None = None

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """As parts of answers tell it."""
        told = []
        if self.settlement is not None:
            told.append(("settlement", self.settlement.value.lower()))
        if self.group is not None:
            told.append(("group", str(self.group)))
        return tuple(told)


WHOLE: Final = Narrowing()


def narrowed(
    found: Units, the_map: AreaMap, round: ReviewRound, on: dt.date, to: Narrowing
) -> Units:
    """Without villages and communes that do not belong to it, and rows that hold none any more.
    Two queries at most."""
    if to == WHOLE:
        return found
    settlements = _settlements(the_map, round) if to.settlement else {}
    communes_in = _communes_in(the_map, to.group, on) if to.group is not None else None

    def belongs(pk: int) -> bool:
        now = the_map.on(pk, on)
        commune = now and the_map.above(now, AreaLevel.COMMUNE)
        if communes_in is not None and (commune is None or commune.pk not in communes_in):
            return False
        return to.settlement is None or settlements.get(pk) == to.settlement

    pairs = [pair for pair in zip(found.villages, found.row_of, strict=True) if belongs(pair[0])]
    held: dict[int, set[int]] = {}
    for village, row in pairs:
        if village in found.commune_of:
            held.setdefault(found.commune_of[village], set()).add(row)
    communes = {pk: sorted(held[pk]) for pk in found.communes if pk in held}
    rows = {row for __, row in pairs}
    homes = found.homes
    if to.settlement:
        # Who moves from the urban part of a commune to its rural one leaves what is looked at.
        homes = {
            pk: home if settlements.get(pk) == to.settlement else -home
            for pk, home in homes.items()
        }
    return replace(
        found,
        rows=[one for one in found.rows if one.key in rows],
        villages=[village for village, __ in pairs],
        row_of=[row for __, row in pairs],
        homes=homes,
        communes=communes,
        split=found.split & rows,
    )


def _settlements(the_map: AreaMap, round: ReviewRound) -> Mapping[int, str]:
    """By village of any day, as it lies on the round's; without those of which nobody said it. One
    query."""
    traits = AreaTrait.objects.on(round.as_of).filter(kind=TraitKind.SETTLEMENT)
    said = dict(traits.values_list("area_id", "value"))
    found = {}
    for pk, place in the_map.places.items():
        then = the_map.on(pk, round.as_of) if place.level == AreaLevel.VILLAGE else None
        value = then and (said.get(then.pk) or said.get(then.parent_id or 0))
        if value:
            found[pk] = value
    return found


def _communes_in(the_map: AreaMap, group: int, on: dt.date) -> set[int]:
    """Communes of the day. One query."""
    named = AreaGroup.communes.through.objects.filter(areagroup=group)
    found = set()
    for pk in named.values_list("area_id", flat=True):
        now = the_map.on(pk, on) if pk in the_map.places else None
        found |= {pk, now.pk} if now else {pk}
    return found
