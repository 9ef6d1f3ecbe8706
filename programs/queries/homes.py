"""Where households live on a day, told of what another commune gave them or planned for them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from households.models import Area, Membership, Residence
from households.models.area_reach import branches_through_time
from programs.models import Benefit

#: A household and the commune that is asked about, by their keys.
Asked = tuple[int, int]


@dataclass(frozen=True)
class Home:
    """`village`, `commune`: where it lives on the day. `came_on`: since when, where it lived in
    another commune before. `is_elsewhere`: than in the commune asked about; what that became, or
    was made of, is no other."""

    village: Area
    commune: Area
    came_on: dt.date | None
    is_elsewhere: bool


def homes(asked: Collection[Asked], on: dt.date) -> dict[Asked, Home]:
    """Of each that lives somewhere on the day; who ended before is left out. Two queries."""
    lived: defaultdict[int, list[Residence]] = defaultdict(list)
    rows = Residence.objects.filter(household__in={pk for pk, _ in asked}, valid_from__lte=on)
    for row in rows.select_related("village__parent").order_by("-valid_from"):
        lived[row.household_id].append(row)
    communes = {commune for _, commune in asked}
    communes |= {_commune_of(row).pk for one in lived.values() for row in one}
    one_place = _OnePlace(communes)
    found: dict[Asked, Home] = {}
    for household, commune in asked:
        places = lived.get(household, [])
        if places and (places[0].valid_to is None or places[0].valid_to >= on):
            found[household, commune] = _home(places, commune, one_place)
    return found


class _OnePlace:
    """Whether two communes are one through time."""

    def __init__(self, communes: Iterable[int]) -> None:
        self._made_of = {
            pk: {int(path.rstrip(".").rsplit(".", 1)[-1]) for path in paths}
            for pk, paths in branches_through_time(communes).items()
        }

    def is_one(self, one: int, other: int) -> bool:
        return other in self._made_of.get(one, {one}) or one in self._made_of.get(other, {other})


def _commune_of(place: Residence) -> Area:
    assert place.village.parent is not None
    return place.village.parent


def _home(places: Sequence[Residence], commune: int, one_place: _OnePlace) -> Home:
    """`places`: the newest first."""
    village, now = places[0].village, _commune_of(places[0])
    came_on = places[0].valid_from
    for place in places[1:]:
        if not one_place.is_one(_commune_of(place).pk, now.pk):
            return Home(village, now, came_on, not one_place.is_one(commune, now.pk))
        came_on = place.valid_from
    return Home(village, now, None, not one_place.is_one(commune, now.pk))


def moved(benefits: Collection[Benefit], on: dt.date) -> Mapping[int, Home]:
    """By key of the benefit: those whose recipient lives in another commune today than where it was
    given; a person by the household he belongs to now. `came_on` is then the later of his two
    moves. Three queries."""
    persons = {one.person_id for one in benefits if one.person_id}
    belongs = {
        row.person_id: row
        for row in Membership.objects.filter(person__in=persons, valid_to__isnull=True)
    }
    asked: dict[int, Asked] = {}
    for one in benefits:
        row = belongs.get(one.person_id or 0)
        household = row.household_id if row else one.household_id
        if household is not None:
            asked[one.pk] = (household, one.commune_id)
    found = homes(set(asked.values()), on)
    told: dict[int, Home] = {}
    for one in benefits:
        home = found.get(asked.get(one.pk, (0, 0)))
        if home and home.is_elsewhere:
            row = belongs.get(one.person_id or 0)
            came = [day for day in (home.came_on, row and row.valid_from) if day]
            told[one.pk] = replace(home, came_on=max(came, default=None))
    return told
