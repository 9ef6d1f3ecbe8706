"""The dry run: what a draft will do, in numbers and by name. Reads only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Max, Model, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.choices import AreaLevel, AreaType, Settlement, TraitKind
from households.choices.reorganisations import OF_COMMUNES, ReorganisationKind
from households.models import (
    Area,
    AreaGroup,
    AreaTrait,
    Assignment,
    Certificate,
    HouseholdCard,
    Reorganisation,
    ResidentCount,
)
from households.services.reorganisation import facts as facts_of
from households.services.reorganisation import laying, open_work
from households.services.reorganisation.facts import PartFacts
from households.services.reorganisation.plans import NewUnit

_K = ReorganisationKind
#: Rows of these follow or are told of themselves.
_TOLD_APART = frozenset(
    {
        "households.area", "households.areatrait", "households.areachange", "households.assignment",
        "households.residence", "households.householdcard", "households.residentcount",
        "households.certificate", "households.areagroup", "households.reorganisation",
        "households.auditevent", "households.changemark", "households.notice",
        "households.odditycheck", "households.odditydismissal", "reports.summary",
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
    """One part. `certificates`, `traits`, `groups`, `residents`, `going_on` are sentences."""

    kind: ReorganisationKind
    coming: list[Coming]
    staff: list[Staff]
    certificates: list[str]
    traits: list[str]
    groups: list[str]
    residents: list[str]
    going_on: list[str]


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
        certificates=_certificates(facts),
        traits=_traits(facts),
        groups=_groups(facts),
        residents=_residents(facts),
        going_on=[one.reason for one in open_work.going_on(facts)],
    )


def _coming(facts: PartFacts) -> dict[str, Coming]:
    villages = facts.units if facts.kind in OF_COMMUNES else facts.villages
    living = _living(villages)
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
        households, people = living.get(village.pk, (0, 0))
        unit.households += households
        unit.people += people
    return found


def _begin(new: NewUnit, facts: PartFacts) -> Coming:
    there = facts.existing.get(new.area_id or 0)
    unit = facts.units[0] if facts.units else None
    if there is not None and facts.kind != _K.MOVE:
        return Coming(there.name, there.code, "")
    if unit is None or facts.kind in (_K.MERGE, _K.SPLIT, _K.TRANSFER, _K.VILLAGE_MERGE):
        return Coming(facts.label(new), new.code, _type_word(new.area_type))
    return Coming(new.name or unit.name, new.code or unit.code, _type_word(new.area_type))


def _type_word(area_type: str) -> str:
    return str(AreaType(area_type).label) if area_type in AreaType.values else ""


def _living(villages: Iterable[Area]) -> dict[int, tuple[int, int]]:
    """Households and people of each village now. One query."""
    cards = HouseholdCard.objects.filter(village__in=list(villages), is_ended=False)
    rows = cards.values_list("village").annotate(Count("pk"), Sum("members"))
    return {pk: (households, people) for pk, households, people in rows.order_by()}


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
    if facts.kind == _K.SPLIT:
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


def _certificates(facts: PartFacts) -> list[str]:
    """Numbers given keep their commune and their number; a new unit begins its own series."""
    given = Certificate.objects.filter(commune__in=open_work.communes_of(facts))
    if facts.kind in (_K.TYPE, *OF_COMMUNES):
        return []
    return [
        ngettext(
            "%(commune)s has given %(count)s certificate, the last of %(year)s is number"
            " %(last)s. It keeps its number; the new unit begins a series of its own with 1.",
            "%(commune)s has given %(count)s certificates, the last of %(year)s is number"
            " %(last)s. They keep their numbers; the new unit begins a series of its own with 1.",
            count,
        )
        % {"commune": commune, "count": count, "year": year, "last": last}
        for commune, year, count, last in given.values_list("commune__name", "year")
        .annotate(Count("pk"), Max("serial"))
        .order_by("commune__name", "year")
    ]


def _traits(facts: PartFacts) -> list[str]:
    """What is carried over, what has to be stated anew, who becomes urban or rural. Two queries."""
    told = []
    if facts.kind in (_K.MERGE, _K.SPLIT):
        common = laying.common_traits(facts)
        for kind in sorted({one.kind for one in facts.traits}):
            if kind in (TraitKind.TYPE, TraitKind.SETTLEMENT):
                continue
            label = TraitKind(kind).label
            if kind in common:
                told.append(
                    _("%(what)s: %(value)s, as before.") % {"what": label, "value": common[kind]}
                )
            else:
                told.append(
                    _("%(what)s differs between the units: state it anew when it is decided.")
                    % {"what": label}
                )
    return told + _settlements(facts)


def _settlements(facts: PartFacts) -> list[str]:
    """Households whose point line changes because their unit becomes urban or rural."""
    communes = facts.units
    before = dict(
        AreaTrait.objects.on(facts.law.last_day)
        .filter(area__in=communes, kind=TraitKind.SETTLEMENT)
        .values_list("area_id", "value")
    )
    living = _living(facts.villages)
    changed: Counter[tuple[str, str]] = Counter()
    for village in facts.villages:
        new = facts.part.becomes[0] if facts.kind == _K.TYPE else facts.goes_to(village)
        was = before.get(village.parent_id or 0, "")
        if new and new.settlement and was and new.settlement != was:
            changed[was, new.settlement] += living.get(village.pk, (0, 0))[0]
    label = {str(value): str(name) for value, name in Settlement.choices}
    return [
        _("%(count)s households are %(was)s and become %(then)s: reviews from that day on use the"
          " other line.")
        % {"count": count, "was": label[was].lower(), "then": label[then].lower()}
        for (was, then), count in changed.items()
    ]  # fmt: skip


def _groups(facts: PartFacts) -> list[str]:
    if facts.kind == _K.LEVEL_ENDS:
        return [
            _("%(group)s stays as a group of communes for showing figures.")
            % {"group": laying.group_name(one)}
            for one in facts.units
        ]
    found = AreaGroup.objects.filter(communes__in=facts.units).distinct()
    return [
        _("Group %(group)s: what its communes become is shown in it.") % {"group": one}
        for one in found
    ]


def _residents(facts: PartFacts) -> list[str]:
    if facts.kind not in (_K.MERGE, _K.SPLIT, _K.TRANSFER):
        return []
    counts = ResidentCount.objects.filter(commune__in=facts.units)
    days = sorted(set(counts.values_list("as_of", flat=True)))
    if not days:
        return []
    told = {"days": ", ".join(f"{day:%d/%m/%Y}" for day in days)}
    if facts.kind == _K.MERGE:
        return [
            _("Residents of %(days)s stay with the former units and are added up for the new one;"
              " later ones are entered for the new unit.") % told
        ]  # fmt: skip
    return [
        _("Residents of %(days)s stay with the old commune: they cannot be told apart by village."
          " Enter those of the new units.") % told
    ]  # fmt: skip


def _kept(parts: Sequence[PartFacts]) -> list[tuple[str, int]]:
    """Rows of every kind, of other apps too, that name the units and go on doing so."""
    ids = [
        one.pk
        for facts in parts
        if facts.kind != _K.TYPE
        for one in [*facts.units, *facts.communes, *facts.goers]
    ]
    found: Counter[str] = Counter()
    for relation in Area._meta.related_objects:
        model: type[Model] = relation.related_model
        if model._meta.label_lower in _TOLD_APART or relation.many_to_many:
            continue
        rows = model._default_manager.filter(**{f"{relation.field.name}__in": ids})
        if count := rows.count():
            name = str(model._meta.verbose_name)
            found[name] = max(found[name], count)
    return sorted(((f"{one[:1].upper()}{one[1:]}", count) for one, count in found.items()))
