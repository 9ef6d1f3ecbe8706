"""Which unit of the answer each village of the register belongs to."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.errors import DomainError
from households.models import Area, AreaGroup, ReviewRound, Survey
from reports.choices import FigureLevel
from reports.queries import area_map, page_memo
from reports.queries.area_map import AreaMap, Place

_LEVELS = {
    FigureLevel.PROVINCE: AreaLevel.PROVINCE,
    FigureLevel.DISTRICT: AreaLevel.DISTRICT,
    FigureLevel.COMMUNE: AreaLevel.COMMUNE,
    FigureLevel.VILLAGE: AreaLevel.VILLAGE,
}
_ORDER = list(AreaLevel)


@dataclass(frozen=True)
class Unit:
    """A row of the answer: a unit of the map, or a group of communes (its code is empty)."""

    key: int
    code: str
    name: str


@dataclass(frozen=True)
class Units:
    """The rows of an answer and what lies in them.

    `villages` and `rows` go side by side: a village and the key of its row. `homes` is where a
    household counts as staying when it is read twice: `commune_of`, its commune on the round's day,
    or in a table of villages its village. `communes` are those of the round's day in the area, each
    with its rows; a commune in no one row has none. `then` is what communes of any day are on the
    round's day; `split` are rows that hold a part of a commune that was split.
    """

    rows: list[Unit]
    villages: list[int]
    row_of: list[int]
    homes: dict[int, int]
    commune_of: dict[int, int]
    communes: dict[int, list[int]]
    split: frozenset[int]
    then: dict[int, int]

    def commune_then(self, commune: int) -> int | None:
        """What a commune of any day is on the round's day."""
        return self.then.get(commune)

    @property
    def communes_of_rows(self) -> dict[int, set[int]]:
        """Key of a row to the communes of the round's day that have a part in it."""
        found: dict[int, set[int]] = {}
        for commune, rows in self.communes.items():
            for row in rows:
                found.setdefault(row, set()).add(commune)
        for village, row in zip(self.villages, self.row_of, strict=True):
            if village in self.commune_of:
                found.setdefault(row, set()).add(self.commune_of[village])
        return found

    @cached_property
    def villages_of_communes(self) -> dict[int, list[int]]:
        """Communes of the round's day to villages that lie in a row."""
        found: dict[int, list[int]] = {}
        for village in dict.fromkeys(self.villages):
            found.setdefault(self.commune_of[village], []).append(village)
        return found

    @cached_property
    def rows_of_communes(self) -> dict[int, set[int]] | None:
        """Communes of the round's day to the keys of the rows that hold them; None where one lies
        in rows by parts. Of groups a commune may lie in several."""
        rows_of: dict[int, set[int]] = {}
        for village, row in zip(self.villages, self.row_of, strict=True):
            rows_of.setdefault(village, set()).add(row)
        found: dict[int, set[int]] = {}
        for village, rows in rows_of.items():
            commune = self.commune_of.get(village)
            if commune is None or found.setdefault(commune, rows) != rows:
                return None
        return found

    @property
    def values(self) -> dict[str, list[int]]:
        """Parameters of HERE."""
        return {"villages": self.villages, "row_of": self.row_of}


#: Joins facts by `village_id` to their row `unit_id`.
HERE = (
    "JOIN unnest(%(villages)s::bigint[], %(row_of)s::bigint[]) AS here (village_id, unit_id)"
    " USING (village_id)"
)


def of(round: ReviewRound, area: Area, level: FigureLevel, on: dt.date) -> Units:
    """The units of a level in the area as they exist on a day. About five small queries; one at
    most where the map is as it was (page_memo.of_state).

    Raises DomainError: the level does not exist that day or lies above the area, and a unit with
    forms of the round that lies in no one unit of that day.
    """
    if level == FigureLevel.GROUP or not round.covers_all_communes:
        found, lost = _of(round, area, level, on)
    else:
        key = ("units", round.pk, round.as_of, area.pk, level, on)
        found, lost = page_memo.of_state(key, lambda: _of(round, area, level, on))
    if lost:
        _refuse_lost(round, lost, on, level)
    return found


def _of(round: ReviewRound, area: Area, level: FigureLevel, on: dt.date) -> tuple[Units, list[int]]:
    """With the villages that lie in no one unit of the day."""
    the_map = map_of(area)
    rows = _rows(the_map, round, area, level, on)
    rows_of = _rows_of(the_map, rows, level, on)
    villages, row_of, lost = [], [], []
    homes: dict[int, int] = {}
    commune_of: dict[int, int] = {}
    for pk, place in the_map.places.items():
        if place.level != AreaLevel.VILLAGE:
            continue
        then = the_map.on(pk, round.as_of)
        commune = then and the_map.above(then, AreaLevel.COMMUNE)
        if then and commune:
            commune_of[pk] = commune.pk
            homes[pk] = then.pk if level == FigureLevel.VILLAGE else commune.pk
        now = the_map.on(pk, on)
        if not _in_area(area, place, then, now):
            continue
        found = rows_of(now) if now else []
        villages += [pk] * len(found)
        row_of += found
        if not found:
            lost.append(pk)
    communes, split = _communes(the_map, round, area, rows_of, on)
    then_of = _then(the_map, round)
    units = Units(rows, villages, row_of, homes, commune_of, communes, frozenset(split), then_of)
    return units, lost


def map_of(area: Area) -> AreaMap:
    """The map that the area lies on, read once a page."""
    practice = area.is_practice
    found: AreaMap = page_memo.once(("map", practice), lambda: area_map.read(practice=practice))
    return found


def _rows(
    the_map: AreaMap, round: ReviewRound, area: Area, level: FigureLevel, on: dt.date
) -> list[Unit]:
    if level == FigureLevel.GROUP:
        groups = AreaGroup.objects.filter(province=round.province_id).order_by("name")
        found = [Unit(one.pk, "", one.name) for one in groups]
        if not found:
            raise DomainError(_("There is no group of communes."))
        return found
    wanted = _LEVELS[level]
    if _ORDER.index(wanted) < _ORDER.index(AreaLevel(area.level)):
        raise DomainError(
            _("%(level)s lies above %(area)s.") % {"level": level.label, "area": area.name}
        )
    touched = {
        above
        for pk, place in the_map.places.items()
        if area.pk in place.line and (went := the_map.on(pk, on))
        for above in went.line
    }
    held = [
        one
        for one in the_map.places.values()
        if one.level == wanted and one.is_on(on) and (area.pk in one.line or one.pk in touched)
    ]
    if not held:
        raise DomainError(
            _("There is no level %(level)s in %(area)s on %(day)s.")
            % {"level": level.label, "area": area.name, "day": f"{on:%d/%m/%Y}"}
        )
    held.sort(key=lambda one: (one.code, one.name, one.pk))
    _refuse_more(the_map, round, area, [one for one in held if area.pk not in one.line], on)
    return [Unit(one.pk, one.code, one.name) for one in held]


def _refuse_more(
    the_map: AreaMap, round: ReviewRound, area: Area, rows: list[Place], on: dt.date
) -> None:
    """A unit of the other map that holds more than the area would be half told: a commune of then
    that is not in the area, or one of that day that nothing of the area went into."""
    held = {one.pk for one in rows}
    went_in = set()
    for place in the_map.places.values():
        now = the_map.on(place.pk, on) if held and place.is_on(round.as_of) else None
        row = next((pk for pk in now.line if pk in held), None) if now else None
        if now and row and _in_area(area, place, now):
            went_in.update(now.line)
        elif row and place.level == AreaLevel.COMMUNE:
            _refuse_unit(the_map.places[row], place, area)
    for place in the_map.at(AreaLevel.COMMUNE, on, held):
        if place.pk not in went_in:
            row = next(pk for pk in place.line if pk in held)
            _refuse_unit(the_map.places[row], place, area)


def _refuse_unit(unit: Place, commune: Place, area: Area) -> None:
    raise DomainError(
        _("%(unit)s also holds %(commune)s, which is not in %(area)s.")
        % {"unit": unit.name, "commune": commune.name, "area": area.name}
    )


def _rows_of(
    the_map: AreaMap, rows: list[Unit], level: FigureLevel, on: dt.date
) -> Callable[[Place], list[int]]:
    """From a place of the day to the keys of its rows; several only where groups share it."""
    known = {one.key for one in rows}
    groups: dict[int, list[int]] = {}
    if level == FigureLevel.GROUP:
        for key, commune in AreaGroup.communes.through.objects.filter(
            areagroup__in=known
        ).values_list("areagroup_id", "area_id"):
            groups.setdefault(commune, []).append(key)
            now = the_map.on(commune, on) if commune in the_map.places else None
            if now and now.pk != commune:
                groups.setdefault(now.pk, []).append(key)

    def rows_of(place: Place) -> list[int]:
        if level == FigureLevel.GROUP:
            commune = the_map.above(place, AreaLevel.COMMUNE)
            return sorted(set(groups.get(commune.pk, []))) if commune else []
        unit = the_map.above(place, _LEVELS[level])
        return [unit.pk] if unit and unit.pk in known else []

    return rows_of


def _in_area(area: Area, *places: Place | None) -> bool:
    return any(one is not None and area.pk in one.line for one in places)


def _refuse_lost(round: ReviewRound, lost: Iterable[int], on: dt.date, level: FigureLevel) -> None:
    """Who has forms in the round and lies in no one unit of the day cannot be shown on it."""
    if level == FigureLevel.GROUP:
        return
    surveyed = Survey.objects.filter(round=round, village__in=list(lost))
    village = surveyed.values_list("village__name", "commune__name").order_by("pk").first()
    if village:
        raise DomainError(
            _("%(village)s, %(commune)s was split or given up; it lies in no one unit of %(day)s.")
            % {"village": village[0], "commune": village[1], "day": f"{on:%d/%m/%Y}"}
        )


def _communes(
    the_map: AreaMap,
    round: ReviewRound,
    area: Area,
    rows_of: Callable[[Place], list[int]],
    on: dt.date,
) -> tuple[dict[int, list[int]], set[int]]:
    """The communes of the round's day in the area with their rows, and rows that hold a part of a
    commune that was split."""
    members = None
    if not round.covers_all_communes:
        members = set(round.commune_reviews.values_list("commune_id", flat=True))
    communes: dict[int, list[int]] = {}
    split: set[int] = set()
    for place in the_map.at(AreaLevel.COMMUNE, round.as_of, [round.province_id]):
        now = the_map.on(place.pk, on)
        if (members is not None and place.pk not in members) or not _in_area(area, place, now):
            continue
        communes[place.pk] = rows_of(now) if now else []
        if now is None:
            for part in the_map.successors(place.pk, on):
                split.update(rows_of(part))
    return communes, split


def _then(the_map: AreaMap, round: ReviewRound) -> dict[int, int]:
    found = {
        pk: the_map.on(pk, round.as_of)
        for pk, place in the_map.places.items()
        if place.level == AreaLevel.COMMUNE
    }
    return {pk: place.pk for pk, place in found.items() if place}
