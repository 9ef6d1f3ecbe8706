"""Units with what went into them whole, so that figures do not end where the map changed."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from households.choices import AreaLevel
from households.models import Area
from households.models.area_reach import branches_through_time

_BELOW = {
    AreaLevel.PROVINCE: (AreaLevel.DISTRICT, AreaLevel.COMMUNE),
    AreaLevel.DISTRICT: (AreaLevel.COMMUNE,),
}


@dataclass(frozen=True)
class Reach:
    """A unit and its `branches`: inner paths (Area.inner_path) of itself, first, and of those that
    went into it whole. None lies inside another."""

    area: Area
    branches: tuple[str, ...]

    @property
    def tops(self) -> list[int]:
        """Keys of the units of the branches."""
        return [int(path.rstrip(".").rsplit(".", 1)[-1]) for path in self.branches]

    @classmethod
    def alone(cls, area: Area) -> "Reach":
        """Without what it was made of."""
        return cls(area, (area.inner_path,))


def reaches(areas: Sequence[Area], held: Sequence[str]) -> list[Reach]:
    """Each area with what went into it, to any depth, as far as it lies in the branches `held`. One
    query."""
    through = branches_through_time([one.pk for one in areas])
    return [Reach(one, _branches(one, through.get(one.pk, []), held)) for one in areas]


def _branches(area: Area, through: Sequence[str], held: Sequence[str]) -> tuple[str, ...]:
    own = area.inner_path
    seen = [path for path in through if path != own and _is_inside(path, held)]
    others = [one for one in seen if not _is_inside(one, [p for p in (own, *seen) if p != one])]
    return (own, *others)


def _is_inside(path: str, branches: Sequence[str]) -> bool:
    return any(path.startswith(branch) for branch in branches)


def units_below(whole: Reach, on: dt.date) -> list[Area]:
    """The districts of a province (its communes, where it has no districts on the day), the
    communes of a district, by name; with those that were there before. One or two queries."""
    for level in _BELOW.get(AreaLevel(whole.area.level), ()):
        units = Area.objects.under_any(list(whole.branches)).at(level).real()
        known = units.filter(valid_from__lte=on).select_related("parent")
        found = list(known.order_by("folded_name", "valid_from"))
        if any(is_valid(one, on) for one in found):
            return found
    return []


def parts_of(whole: Reach, on: dt.date) -> list[Reach]:
    """`units_below` with what went into each; what went into one of them is not told beside it. At
    most three queries."""
    return _parts(units_below(whole, on), whole, on)


def parts_at(whole: Reach, level: AreaLevel, on: dt.date) -> list[Reach]:
    """As `parts_of`, of any level below the unit, by code. At most two queries."""
    units = Area.objects.under_any(list(whole.branches)).at(level).real()
    known = units.filter(valid_from__lte=on).order_by("code", "folded_name", "valid_from")
    return _parts(list(known), whole, on)


def _parts(units: Sequence[Area], whole: Reach, on: dt.date) -> list[Reach]:
    found = reaches(units, whole.branches) if units else []
    gone = {path for one in found for path in one.branches[1:]}
    return [one for one in found if is_valid(one.area, on) or one.area.inner_path not in gone]


def is_valid(area: Area, on: dt.date) -> bool:
    """Whether the unit is there on the day."""
    return area.valid_from <= on and (area.valid_to is None or area.valid_to >= on)


def sums_by_unit(
    rows: Iterable[tuple[int, str, int, int]], units: Sequence[Reach]
) -> Counter[tuple[int, int]]:
    """By programme and unit, out of sums by programme, path of the commune, commune."""
    found: Counter[tuple[int, int]] = Counter()
    for programme, path, commune, number in rows:
        for unit in units:
            if f"{path}{commune}.".startswith(unit.branches):
                found[programme, unit.area.pk] += number
    return found
