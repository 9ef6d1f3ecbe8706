"""The dry run: what a draft will do, in numbers and by name. Reads only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from households.choices import AreaLevel, AreaType
from households.choices.reorganisations import OF_COMMUNES, ReorganisationKind
from households.models import (
    Assignment,
    Reorganisation,
)
from households.services.reorganisation import facts as facts_of
from households.services.reorganisation import open_work, relations, told
from households.services.reorganisation.facts import PartFacts
from households.services.reorganisation.plans import NewUnit, Obstacle

_K = ReorganisationKind
#: Rows of these follow or are told of themselves.
_TOLD_APART = frozenset(
    {
        "households.area", "households.areatrait", "households.areachange", "households.assignment",
        "households.residence", "households.householdcard", "households.residentcount",
        "households.certificate", "households.areagroup", "households.reorganisation",
        "households.auditevent", "households.assessment",
    }
)  # fmt: skip


@dataclass
class Coming:
    """A unit of the day: from which units, how many villages, households and people it has then.
    `villages` are (name then, name before, commune before)."""

    name: str
    code: str
    type_name: str
    sources: list[str] = field(default_factory=list)
    villages: list[tuple[str, str, str]] = field(default_factory=list)
    households: int = 0
    people: int = 0

    @property
    def renamed(self) -> list[tuple[str, str, str]]:
        return [one for one in self.villages if one[0] != one[1]]


@dataclass(frozen=True)
class Staff:
    """Somebody's scope: what it is now and then ("": it ends)."""

    who: str
    role: str
    before: str
    then: str


@dataclass(frozen=True)
class Forecast:
    """One part. `certificates`, `traits`, `groups`, `residents` are sentences; `going_on`
    what is open, with its page."""

    kind: ReorganisationKind
    coming: list[Coming]
    staff: list[Staff]
    certificates: list[str]
    traits: list[str]
    groups: list[str]
    residents: list[str]
    going_on: list[Obstacle]


@dataclass(frozen=True)
class DryRun:
    """What all parts do. `kept` are (kind of row, number) that go on naming the old units;
    `villages`, `households` and `people` those that an act touches."""

    parts: list[Forecast]
    kept: list[tuple[str, int]]

    @property
    def coming(self) -> list[Coming]:
        return [unit for part in self.parts for unit in part.coming]

    @property
    def villages(self) -> int:
        return sum(len(one.villages) for one in self.coming)

    @property
    def households(self) -> int:
        return sum(one.households for one in self.coming)

    @property
    def people(self) -> int:
        return sum(one.people for one in self.coming)


def dry_run(reorganisation: Reorganisation) -> DryRun:
    """The day has to be known. Some fifteen queries a part, and one for each kind of row that names
    units."""
    parts = facts_of.read(reorganisation)
    return DryRun([_of_part(one) for one in parts], _kept(parts))


def _of_part(facts: PartFacts) -> Forecast:
    coming = _coming(facts)
    return Forecast(
        kind=facts.kind,
        coming=list(coming.values()),
        staff=_staff(facts),
        certificates=told.certificates(facts),
        traits=told.traits(facts),
        groups=told.groups(facts),
        residents=[*told.residents(facts), *told.undivided(facts)],
        going_on=open_work.going_on(facts),
    )


def _coming(facts: PartFacts) -> dict[str, Coming]:
    villages = facts.units if facts.kind in OF_COMMUNES else facts.villages
    if facts.kind == _K.VILLAGE_SPLIT:
        return _coming_of_homes(facts)
    if facts.kind == _K.LEVEL_ENDS:
        found = {str(one.pk): Coming(one.name, one.code, "") for one in facts.communes}
        key_of = {one.pk: str(one.parent_id) for one in villages}
    else:
        found = {new.key: _begin(new, facts) for new in facts.part.becomes}
        key_of = {one.pk: new.key for one in villages if (new := facts.goes_to(one))}
    for village in villages:
        unit = found.get(key_of.get(village.pk, ""))
        if unit is None:
            continue
        source = str(village) if facts.kind in OF_COMMUNES else str(village.parent)
        if source not in unit.sources:
            unit.sources.append(source)
        if facts.kind not in OF_COMMUNES:
            unit.villages.append((facts.name_of(village), village.name, str(village.parent)))
        households, people = facts.living.get(village.pk, (0, 0))
        unit.households += households
        unit.people += people
    return found


def _coming_of_homes(facts: PartFacts) -> dict[str, Coming]:
    """Of a village that is split: household by household."""
    found = {new.key: _begin(new, facts) for new in facts.part.becomes}
    for card in facts.homes:
        if unit := found.get(facts.part.goes.get(card.pk, "")):
            unit.sources = [str(one) for one in facts.units]
            unit.households += 1
            unit.people += card.members
    return found


def _begin(new: NewUnit, facts: PartFacts) -> Coming:
    there = facts.existing.get(new.area_id or 0)
    unit = facts.units[0] if facts.units else None
    if there is not None and facts.kind != _K.MOVE:
        return Coming(there.name, there.code, "")
    if unit is None or facts.kind in (
        _K.MERGE,
        _K.SPLIT,
        _K.TRANSFER,
        _K.VILLAGE_MERGE,
        _K.VILLAGE_SPLIT,
    ):
        return Coming(facts.label(new), new.code, _type_word(new.area_type))
    return Coming(new.name or unit.name, new.code or unit.code, _type_word(new.area_type))


def _type_word(area_type: str) -> str:
    return str(AreaType(area_type).label) if area_type in AreaType.values else ""


def _staff(facts: PartFacts) -> list[Staff]:
    """Of the units, and of the villages that go. Two queries."""
    if facts.kind == _K.TYPE:
        return []
    of_villages = Assignment.objects.filter(area__in=facts.goers).on(facts.law.last_day)
    held = [] if facts.kind == _K.TRANSFER else list(facts.staff)
    held += list(of_villages.select_related("user", "area__parent").order_by("area", "pk"))
    return [
        Staff(str(one.user), str(one.get_role_display()), str(one.area), _then(one, facts))
        for one in held
    ]


def _then(one: Assignment, facts: PartFacts) -> str:
    if one.area.level == AreaLevel.DISTRICT:
        return ""
    if one.area.level == AreaLevel.VILLAGE and facts.kind not in OF_COMMUNES:
        new = facts.goes_to(one.area)
        above = _name(new, facts) if new else str(one.area.parent)
        return f"{facts.name_of(one.area)}, {above}"
    if facts.kind in (_K.SPLIT, _K.VILLAGE_SPLIT):
        return _name(facts.part.new_unit(facts.part.staff.get(one.pk, "")), facts)
    if facts.kind == _K.MOVE:
        return str(one.area)
    return _name(facts.part.becomes[0], facts) if facts.part.becomes else ""


def _name(new: NewUnit | None, facts: PartFacts) -> str:
    if new is None:
        return ""
    if facts.kind == _K.MOVE:
        return str(facts.units[0])
    return str(facts.existing.get(new.area_id or 0) or new.name)


def _kept(parts: Sequence[PartFacts]) -> list[tuple[str, int]]:
    """Rows of every kind, of other apps too, that name the units and go on doing so."""
    ids = [
        one.pk
        for facts in parts
        if facts.kind != _K.TYPE
        for one in [*facts.units, *facts.communes, *facts.goers]
    ]
    found: Counter[str] = Counter()
    for model, name_of_unit in relations.naming_areas(kept=True):
        if model._meta.label_lower in _TOLD_APART:
            continue
        rows = model._default_manager.filter(**{f"{name_of_unit}__in": ids})
        if count := rows.count():
            name = str(model._meta.verbose_name)
            found[name] = max(found[name], count)
    return sorted(((f"{one[:1].upper()}{one[1:]}", count) for one, count in found.items()))
