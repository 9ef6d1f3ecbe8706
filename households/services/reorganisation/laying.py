"""Writing a reorganisation onto the map: units end, others begin, arrows tell what became of what.

Called by signing inside its act, for a draft against which nothing stands.
"""

from collections.abc import Iterable, Sequence

from households.choices import AreaChangeKind, AreaLevel, TraitKind
from households.choices.reorganisations import ReorganisationKind
from households.models import Area, AreaChange, AreaGroup, AreaTrait
from households.services import area_succession
from households.services.area_names import unit_name
from households.services.area_succession import Law, Step
from households.services.reorganisation.facts import PartFacts
from households.services.reorganisation.plans import NewUnit

_K = ReorganisationKind


def lay(facts: Sequence[PartFacts]) -> None:
    """All parts. Units that merge or split end first, so that new ones may take their codes;
    districts end last, with what is left in them. Some twenty statements a part."""
    ended_districts = {unit.pk for one in facts if one.kind == _K.LEVEL_ENDS for unit in one.units}
    for one in facts:
        if one.kind in (_K.MERGE, _K.SPLIT):
            area_succession.end(one.units, last_day=one.law.last_day)
    for one in facts:
        if one.kind in (_K.MERGE, _K.SPLIT, _K.TRANSFER):
            _make_of_villages(one, ended_districts)
        elif one.kind in (_K.RENAME, _K.MOVE, _K.VILLAGE_RENAME):
            _replace(one)
        elif one.kind in (_K.VILLAGE_MERGE, _K.VILLAGE_SPLIT):
            _change_villages(one)
        elif one.kind == _K.TYPE:
            _state_all(one.units, one.part.becomes[0], one.law)
    for one in facts:
        if one.kind == _K.LEVEL_ENDS:
            _end_districts(one)


def _make_of_villages(facts: PartFacts, ended_districts: set[int]) -> None:
    """A merger, a split, or villages that go elsewhere: each village is one of a new unit."""
    made = {new.key: _taking(new, facts, ended_districts) for new in facts.part.becomes}
    _replace_villages(facts, made)
    new = [made[one.key] for one in facts.part.becomes if one.area_id is None]
    area_succession.pass_on_arrows(
        {unit.pk: new for unit in facts.units}, facts.law, are_left=facts.kind != _K.TRANSFER
    )
    if facts.kind == _K.TRANSFER:
        return
    is_whole = facts.kind == _K.MERGE
    _draw(
        ((unit, area) for unit in facts.units for area in made.values() if area.pk != unit.pk),
        AreaChangeKind.MERGE if is_whole else AreaChangeKind.SPLIT,
        facts.law,
        is_whole=is_whole,
    )
    if is_whole:
        only = next(iter(made.values()))
        area_succession.pass_on_assignments(
            {unit.pk: only for unit in facts.units if unit.pk != only.pk}, facts.law.changed_on
        )
        return
    area_succession.pass_on(
        {one: made.get(facts.part.staff.get(one.pk, "")) for one in facts.staff},
        facts.law.changed_on,
    )
    for group in AreaGroup.objects.filter(communes__in=facts.units):
        group.communes.add(*made.values())


def _taking(new: NewUnit, facts: PartFacts, ended_districts: set[int]) -> Area:
    if new.area_id is not None:
        return facts.existing[new.area_id]
    parent = facts.parent
    if parent is not None and parent.pk in ended_districts:
        parent = parent.parent
    made: Area = Area.objects.create(
        level=facts.units[0].level,
        code=new.code,
        name=new.name,
        parent=parent,
        valid_from=facts.law.changed_on,
        valid_to=facts.ends,
        is_practice=facts.units[0].is_practice,
        source=facts.law.legal_basis[:300],
    )
    made.refresh_from_db()
    for kind, value in common_traits(facts).items():
        _state(made, kind, value, facts.law)
    _state_all([made], new, facts.law)
    return made


def common_traits(facts: PartFacts) -> dict[str, str]:
    """What is said of all of the units alike, but for type and settlement, which the resolution
    tells: zone, poor district. What they differ in is to be stated anew."""
    values: dict[str, set[str]] = {}
    count: dict[str, int] = {}
    for trait in facts.traits:
        values.setdefault(trait.kind, set()).add(trait.value)
        count[trait.kind] = count.get(trait.kind, 0) + 1
    return {
        kind: next(iter(found))
        for kind, found in values.items()
        if len(found) == 1
        and count[kind] == len(facts.units)
        and kind not in (TraitKind.TYPE, TraitKind.SETTLEMENT)
    }


def _state(area: Area, kind: str, value: str, law: Law) -> None:
    """From the day on, instead of what was said."""
    said = AreaTrait.objects.filter(area=area, kind=kind)
    said.filter(valid_from=law.changed_on).delete()
    said.on(law.last_day).update(valid_to=law.last_day)
    AreaTrait.objects.create(
        area=area,
        kind=kind,
        value=value,
        valid_from=law.changed_on,
        valid_to=area.valid_to,
        source=law.legal_basis[:300],
    )


def _replace_villages(facts: PartFacts, made: dict[str, Area]) -> None:
    """Each village under its new commune, with what is said of it and who is assigned to it."""
    steps = []
    for one in facts.goers:
        new = facts.goes_to(one)
        assert new is not None
        kind = AreaChangeKind.MOVE
        steps.append(Step(one, facts.name_of(one), one.code, made[new.key], kind))
    area_succession.replace(steps, facts.law)


def _replace(facts: PartFacts) -> None:
    """Another name, code or district: the same unit, with all that is in it."""
    kind = AreaChangeKind.MOVE if facts.kind == _K.MOVE else AreaChangeKind.RENAME
    new = facts.part.becomes[0]
    parent = facts.existing[new.area_id] if facts.kind == _K.MOVE and new.area_id else None
    made = area_succession.replace(
        [
            Step(one, new.name or one.name, new.code or one.code, parent or one.parent, kind)
            for one in facts.units
        ],
        facts.law,
    )
    _state_all(made.values(), new, facts.law)


def _change_villages(facts: PartFacts) -> None:
    """Villages of a commune become one, or one becomes several: the households of a split follow
    by name, see home_succession."""
    area_succession.end(facts.units, last_day=facts.law.last_day)
    made = {new.key: _new_village(new, facts) for new in facts.part.becomes}
    is_whole = facts.kind == _K.VILLAGE_MERGE
    _draw(
        ((unit, area) for unit in facts.units for area in made.values()),
        AreaChangeKind.MERGE if is_whole else AreaChangeKind.SPLIT,
        facts.law,
        is_whole=is_whole,
    )
    first = next(iter(made.values()))
    area_succession.pass_on(
        {
            one: first if is_whole else made.get(facts.part.staff.get(one.pk, ""))
            for one in facts.staff
        },
        facts.law.changed_on,
    )


def _new_village(new: NewUnit, facts: PartFacts) -> Area:
    first = facts.units[0]
    made: Area = Area.objects.create(
        level=AreaLevel.VILLAGE,
        code=new.code,
        name=new.name,
        parent=first.parent,
        valid_from=facts.law.changed_on,
        valid_to=facts.ends,
        is_practice=first.is_practice,
        source=facts.law.legal_basis[:300],
    )
    made.refresh_from_db()
    _state_all([made], new, facts.law)
    return made


def _state_all(areas: Iterable[Area], new: NewUnit, law: Law) -> None:
    """Type, and urban or rural, as far as the resolution tells them."""
    stated = {TraitKind.TYPE: new.area_type, TraitKind.SETTLEMENT: new.settlement}
    for area in areas:
        for kind, value in stated.items():
            if value:
                _state(area, kind, value, law)


def _end_districts(facts: PartFacts) -> None:
    """What is left in them goes under the province; each lives on as a group of its communes, so
    that later years are still shown by it."""
    left = [
        one
        for one in Area.objects.filter(parent__in=facts.units, level=AreaLevel.COMMUNE)
        .filter(area_succession.goes_on_after(facts.law.last_day))
        .select_related("parent__parent")
        if one.parent is not None
    ]
    members: dict[int, list[Area]] = {unit.pk: [] for unit in facts.units}
    for commune in Area.objects.on(facts.law.last_day).filter(parent__in=facts.units):
        if commune.parent_id is not None:
            members[commune.parent_id].append(commune)
    area_succession.replace(
        [
            Step(one, one.name, one.code, one.parent.parent, AreaChangeKind.MOVE)
            for one in left
            if one.parent is not None
        ],
        facts.law,
    )
    area_succession.pass_on(dict.fromkeys(facts.staff), facts.law.changed_on)
    area_succession.end(facts.units, last_day=facts.law.last_day)
    AreaChange.objects.filter(
        from_area__in=facts.units, changed_on__gt=facts.law.changed_on
    ).delete()
    _draw(((unit, None) for unit in facts.units), AreaChangeKind.ABOLISH, facts.law, is_whole=True)
    for unit in facts.units:
        name = group_name(unit)
        if unit.parent is None or AreaGroup.objects.filter(name=name).exists():
            continue
        group = AreaGroup.objects.create(
            name=name, province=unit.parent, source=facts.law.legal_basis[:300]
        )
        group.communes.set(members[unit.pk])


def group_name(district: Area) -> str:
    """ "Huyện Pác Nặm (cũ)": Vietnamese, as groups are named by the department."""
    name = unit_name(district)
    return f"{name[:1].upper()}{name[1:]} (cũ)"


def _draw(
    pairs: Iterable[tuple[Area, Area | None]], kind: AreaChangeKind, law: Law, *, is_whole: bool
) -> None:
    """Arrows, but for those that the shipped map drew already."""
    wanted = list(pairs)
    drawn = set(
        AreaChange.objects.filter(
            changed_on=law.changed_on, from_area__in=[old for old, __ in wanted]
        ).values_list("from_area_id", "to_area_id")
    )
    AreaChange.objects.bulk_create(
        AreaChange(
            kind=kind,
            from_area=old,
            to_area=new,
            changed_on=law.changed_on,
            is_whole=is_whole,
            legal_basis=law.legal_basis[:200],
            source=law.source[:300],
        )
        for old, new in wanted
        if (old.pk, new.pk if new else None) not in drawn
    )
