"""What a unit of one time is at another, by the arrows of the map."""

import datetime as dt
from collections.abc import Sequence

from households.models import Area, AreaChange


def standing_for(area: Area, day: dt.date) -> list[Area]:
    """The units of `day` that hold what `area` was, or that went into what it will be: itself
    where it is on the map then, several where it was split or is made of several, none where
    nothing is known. Two queries for each change between."""
    found = _step({area.pk: area}, day)
    return sorted(found.values(), key=lambda one: (one.code, one.pk))


def is_whole_in(area: Area, day: dt.date) -> Area | None:
    """The one unit of `day` in which all of `area` lies; None where there is no such one."""
    found = standing_for(area, day)
    return found[0] if len(found) == 1 else None


def villages_of_then(villages: Sequence[Area], day: dt.date) -> dict[int, list[Area]]:
    """For each village of today those of `day` that it was made of: itself where it was there
    already, or where nothing is known of before. No query unless one began later; then one a
    change between."""
    found = {one.pk: [one] for one in villages}
    later = {one.pk: {one.pk} for one in villages if one.valid_from > day}
    while later:
        origins = {pk for pks in later.values() for pk in pks}
        arrows = AreaChange.objects.filter(to_area__in=origins, changed_on__gt=day)
        before: dict[int, dict[int, Area]] = {}
        for arrow in arrows.select_related("from_area__parent"):
            before.setdefault(arrow.to_area_id or 0, {})[arrow.from_area_id] = arrow.from_area
        still: dict[int, set[int]] = {}
        for pk, coming in later.items():
            made_of = {key: one for area in coming for key, one in before.get(area, {}).items()}
            if not made_of:
                continue
            kept = [one for one in found[pk] if one.pk not in coming]
            found[pk] = [*kept, *(one for one in made_of.values() if one.valid_from <= day)]
            if beyond := {one.pk: one for one in made_of.values() if one.valid_from > day}:
                found[pk] += beyond.values()
                still[pk] = set(beyond)
        later = still
    return found


def went_into(area: Area) -> set[int]:
    """The area and all units that it went into, whole or in part, to any depth. A query a step."""
    found = {area.pk}
    step = found
    while step:
        later = AreaChange.objects.filter(from_area__in=step, to_area__isnull=False)
        step = set(later.values_list("to_area", flat=True)) - found
        found |= step
    return found


def _step(areas: dict[int, Area], day: dt.date) -> dict[int, Area]:
    there = {pk: one for pk, one in areas.items() if one.is_valid_on(day)}
    gone = {pk for pk, one in areas.items() if one.valid_to is not None and one.valid_to < day}
    coming = {pk for pk, one in areas.items() if one.valid_from > day}
    if not gone and not coming:
        return there
    nexts = {
        arrow.to_area_id or 0
        for arrow in AreaChange.objects.filter(
            from_area__in=gone, to_area__isnull=False, changed_on__lte=day
        )
    } | {
        arrow.from_area_id
        for arrow in AreaChange.objects.filter(to_area__in=coming, changed_on__gt=day)
    }
    rows = Area.objects.filter(pk__in=nexts - set(areas)).select_related("parent__parent")
    following = {one.pk: one for one in rows}
    return there | (_step(following, day) if following else {})
