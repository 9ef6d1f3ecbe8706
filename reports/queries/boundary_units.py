"""Which unit each shape of a file is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.exchange.unit_names import same_unit
from households.models import Area
from reports.exchange.boundary_files import Feature
from reports.queries import area_map

#: Codes have as many digits; files that took them for numbers lost zeros in front.
_DIGITS = {AreaLevel.PROVINCE: 2, AreaLevel.DISTRICT: 3, AreaLevel.COMMUNE: 5}


@dataclass(frozen=True)
class Matched:
    """A shape and its unit."""

    feature: Feature
    area: Area


@dataclass(frozen=True)
class Unmatched:
    """A shape that is not used, and why. `row`: its number in the file, None for a unit whose
    shapes are not all there."""

    row: int | None
    label: str
    reason: str


def match(
    features: Iterable[Feature], *, on: dt.date, level: AreaLevel | None, province: str
) -> tuple[list[Matched], list[Unmatched]]:
    """By code among the units of the day; by name where a shape has no code. One query.

    A code whose unit bears another name than the shape is not taken: codes were given out again
    with other meanings.
    """
    units = _units(on, level, province)
    by_code: dict[str, list[Area]] = {}
    for area in units:
        by_code.setdefault(area.code, []).append(area)
    matched: list[Matched] = []
    unmatched: list[Unmatched] = []
    for one in features:
        found = _by_code(one, by_code, level) if one.code else _by_name(one, units)
        reason = _why_not(one, found)
        if reason:
            unmatched.append(Unmatched(one.row, one.label, reason))
        else:
            matched.append(Matched(one, found[0]))
    return matched, unmatched


def _units(on: dt.date, level: AreaLevel | None, province: str) -> list[Area]:
    wanted = Area.objects.real().on(on).filter(level__in=[level] if level else list(_DIGITS))
    if province:
        above = Area.objects.real().on(on).at(AreaLevel.PROVINCE).filter(code=province)
        wanted = wanted.under_any([one.inner_path for one in above])
    return list(wanted)


def _by_code(one: Feature, by_code: dict[str, list[Area]], level: AreaLevel | None) -> list[Area]:
    if level and one.code.isascii() and one.code.isdecimal():
        return by_code.get(one.code.zfill(_DIGITS[level]), [])
    return by_code.get(one.code, [])


def _by_name(one: Feature, units: Sequence[Area]) -> list[Area]:
    return [area for area in units if one.name and same_unit(one.name, area.name)]


def _why_not(one: Feature, found: Sequence[Area]) -> str:
    if not (one.code or one.name):
        return _("It has neither code nor name.")
    if not found:
        if one.code:
            return _("No unit has this code on that day.")
        return _("No unit has this name on that day.")
    if len(found) > 1:
        return _("Several units have this name; use codes.")
    if one.code and one.name and not same_unit(one.name, found[0].name):
        return _("This code is that of %(unit)s on that day.") % {"unit": found[0].name}
    return ""


def followed(
    by_area: dict[Area, list[Matched]], *, on: dt.date, onto: dt.date
) -> tuple[dict[Area, list[Matched]], list[Unmatched]]:
    """The units of `onto` that shapes of `on` make up whole; and those of which a part is missing
    or was split. Three queries."""
    the_map = area_map.read()
    have = {area.pk: shapes for area, shapes in by_area.items()}
    parts: dict[int, list[int]] = {}
    torn: set[int] = set()
    level = next(iter(by_area)).level if by_area else AreaLevel.COMMUNE
    for place in the_map.places.values():
        if place.level != level or not place.is_on(on):
            continue
        target = the_map.on(place.pk, onto)
        if target is None:
            torn.update(one.pk for one in the_map.successors(place.pk, onto))
        elif target.level == level:
            parts.setdefault(target.pk, []).append(place.pk)
    areas = Area.objects.in_bulk(list(parts))
    whole: dict[Area, list[Matched]] = {}
    missing: list[Unmatched] = []
    for target_id, made_of in parts.items():
        area = areas[target_id]
        absent = [the_map.places[pk].name for pk in made_of if pk not in have]
        if len(absent) == len(made_of):
            continue
        if absent or target_id in torn:
            told = _("Not all of it is in the file (%(parts)s).") % {
                "parts": ", ".join(absent) or _("a part of a unit that was split")
            }
            missing.append(Unmatched(None, area.name, told))
        else:
            whole[area] = [shape for pk in made_of for shape in have[pk]]
    return whole, missing


def without_boundary(areas: Sequence[Area], *, on: dt.date) -> list[Area]:
    """Units of the same levels in the same provinces on the day that have none. One query."""
    provinces = {f"{area.inner_path.split('.', 1)[0]}." for area in areas}
    wanted = (
        Area.objects.real()
        .on(on)
        .under_any(sorted(provinces))
        .filter(level__in={area.level for area in areas}, boundary=None)
    )
    drawn = {area.pk for area in areas}
    return [area for area in wanted if area.pk not in drawn]
