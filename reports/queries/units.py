"""Which unit of the answer each village of the register belongs to."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.errors import DomainError
from households.models import Area, AreaGroup, ReviewRound
from reports.choices import FigureLevel
from reports.queries import area_map, area_reach, page_memo
from reports.queries.area_map import AreaMap, Place
from reports.queries.area_reach import AreaReach

_LEVELS = {
    FigureLevel.PROVINCE: AreaLevel.PROVINCE,
    FigureLevel.DISTRICT: AreaLevel.DISTRICT,
    FigureLevel.COMMUNE: AreaLevel.COMMUNE,
    FigureLevel.VILLAGE: AreaLevel.VILLAGE,
}
_ORDER = list(AreaLevel)
#: The key of the row of what lies in no one unit of the day; no unit of the map has it.
NOWHERE = 0
_MOST_NAMED = 8


@dataclass(frozen=True)
class Unit:
    """A row of the answer: a unit of the map, or a group of communes (its code is empty). Also
    what lies in no one unit of the day (NOWHERE)."""

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
    round's day; `split` are rows that hold a part of a commune that was split. `nowhere` names the
    villages (with their commune) whose forms lie in no one unit of the day.
    """

    rows: list[Unit]
    villages: list[int]
    row_of: list[int]
    homes: dict[int, int]
    commune_of: dict[int, int]
    communes: dict[int, list[int]]
    split: frozenset[int]
    then: dict[int, int]
    nowhere: tuple[tuple[str, str], ...] = ()

    @property
    def not_recast(self) -> list[str]:
        """What cannot be said by these units, in words for whoever reads the figures."""
        if not self.nowhere:
            return []
        communes = list(dict.fromkeys(of for __, of in self.nowhere))
        named = ", ".join([*communes[:_MOST_NAMED], *(["…"] if communes[_MOST_NAMED:] else [])])
        told = {"count": len(self.nowhere), "communes": named}
        return [
            _(
                "Villages that were split or are not on this map: %(count)s, of %(communes)s. Their"
                " figures stand in a row of their own."
            )
            % told
        ]

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
    """The units of a level in the area as they exist on a day; of its own level the area itself.
    What has forms in the round and lies in no one unit of the day is a row of its own at the end:
    rows add up to the area. About five small queries; one at most where the map is as it was
    (page_memo.of_state).

    Raises DomainError: the level does not exist that day or lies above the area.
    """
    if level == FigureLevel.GROUP or not round.covers_all_communes:
        found, lost = _of(round, area, level, on)
    else:
        key = ("units", round.pk, round.as_of, area.pk, level, on)
        found, lost = page_memo.of_state(key, lambda: _of(round, area, level, on))
    return found if level == FigureLevel.GROUP else _with_lost(found, round, lost, on)


def _of(round: ReviewRound, area: Area, level: FigureLevel, on: dt.date) -> tuple[Units, list[int]]:
    """With the villages that lie in no one unit of the day."""
    the_map = map_of(area)
    reach = AreaReach(the_map, area, round.as_of, on)
    rows = _rows(reach, round, level)
    rows_of = _rows_of(reach, rows, level)
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
        if not reach.holds(place):
            continue
        now = the_map.on(pk, on)
        found = [area.pk] if _is_itself(area, level) else rows_of(now) if now else []
        villages += [pk] * len(found)
        row_of += found
        if not found:
            lost.append(pk)
    communes, split = _communes(reach, round, level, rows_of)
    then_of = _then(the_map, round)
    units = Units(rows, villages, row_of, homes, commune_of, communes, frozenset(split), then_of)
    return units, lost


def map_of(area: Area) -> AreaMap:
    """The map that the area lies on, read once a page."""
    practice = area.is_practice
    found: AreaMap = page_memo.once(("map", practice), lambda: area_map.read(practice=practice))
    return found


def _is_itself(area: Area, level: FigureLevel) -> bool:
    """Whatever became of it, the area as a whole is one row."""
    return level != FigureLevel.GROUP and _LEVELS[level] == area.level


def _rows(reach: AreaReach, round: ReviewRound, level: FigureLevel) -> list[Unit]:
    area = reach.area
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
    if _is_itself(area, level):
        return [Unit(area.pk, area.code, area.name)]
    held = area_reach.units_at(reach, round, wanted)
    return [Unit(one.pk, one.code, one.name) for one in held]


def _rows_of(
    reach: AreaReach, rows: list[Unit], level: FigureLevel
) -> Callable[[Place], list[int]]:
    """From a place of the day to the keys of its rows; several only where groups share it."""
    the_map, on = reach.the_map, reach.on
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
        if _is_itself(reach.area, level):
            return [reach.area.pk] if reach.holds(place) else []
        unit = the_map.above(place, _LEVELS[level])
        return [unit.pk] if unit and unit.pk in known else []

    return rows_of


def _communes(
    reach: AreaReach,
    round: ReviewRound,
    level: FigureLevel,
    rows_of: Callable[[Place], list[int]],
) -> tuple[dict[int, list[int]], set[int]]:
    """The communes of the round's day in the area with their rows, and rows that hold a part of a
    commune that was split. One whose parts all lie in the same row was not, for these rows."""
    the_map, members = reach.the_map, None
    if not round.covers_all_communes:
        members = set(round.commune_reviews.values_list("commune_id", flat=True))
    communes: dict[int, list[int]] = {}
    split: set[int] = set()
    for place in the_map.at(AreaLevel.COMMUNE, round.as_of, [round.province_id]):
        if (members is not None and place.pk not in members) or not reach.holds_part(place):
            continue
        found = [rows_of(part) for part in the_map.successors(place.pk, reach.on)]
        if _is_itself(reach.area, level) and reach.holds(place):
            found = [[reach.area.pk]]
        communes[place.pk] = found[0] if found and found.count(found[0]) == len(found) else []
        if not communes[place.pk]:
            split.update(row for part in found for row in part)
    return communes, split


def _with_lost(found: Units, round: ReviewRound, lost: Iterable[int], on: dt.date) -> Units:
    """With a row of the villages that have forms in the round and lie in no one unit of the day."""
    forms = area_reach.communes_with_forms(round, list(lost))
    if not forms:
        return found
    of_lost = {commune for commune, __, __ in forms.values()}
    placed = {
        found.commune_of[village] for village in found.villages if village in found.commune_of
    }
    communes = {
        pk: [NOWHERE] if pk in of_lost and not rows and pk not in placed else rows
        for pk, rows in found.communes.items()
    }
    is_split = any(NOWHERE not in communes.get(pk, []) for pk in of_lost)
    name = _("In no one unit of %(day)s") % {"day": f"{on:%d/%m/%Y}"}
    return replace(
        found,
        rows=[*found.rows, Unit(NOWHERE, "", name)],
        villages=[*found.villages, *forms],
        row_of=[*found.row_of, *[NOWHERE] * len(forms)],
        communes=communes,
        split=found.split | ({NOWHERE} if is_split else set()),
        nowhere=tuple(sorted({(name, of) for __, name, of in forms.values()})),
    )


def _then(the_map: AreaMap, round: ReviewRound) -> dict[int, int]:
    found = {
        pk: the_map.on(pk, round.as_of)
        for pk, place in the_map.places.items()
        if place.level == AreaLevel.COMMUNE
    }
    return {pk: place.pk for pk, place in found.items() if place}
