"""What stands against a draft, in words, with what to do first. Reads only."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.choices.reorganisations import ReorganisationKind, ReorganisationState
from households.folding import fold
from households.models import Area, AreaChange, Reorganisation
from households.models.areas import CODE_LENGTHS
from households.services.area_succession import goes_on_after
from households.services.reorganisation import facts as facts_of
from households.services.reorganisation import open_work, village_obstacles
from households.services.reorganisation.facts import PartFacts
from households.services.reorganisation.plans import NewUnit, Obstacle

_K = ReorganisationKind
#: Whose new units need a code.
_WITH_CODE = frozenset({_K.MERGE, _K.SPLIT, _K.TRANSFER})


def standing(reorganisation: Reorganisation) -> list[Obstacle]:
    """All of them; none: it may be signed. Some ten queries a part, of mergers two."""
    found = list(_of_the_paper(reorganisation))
    if reorganisation.changed_on is None:
        return found
    parts = facts_of.read(reorganisation)
    if not parts:
        found.append(Obstacle(_("Nothing is changed yet."), _("Add what happens to which units.")))
    found += _twice(parts)
    for one in parts:
        found += _of_units(one)
        found += _of_what_comes(one, parts)
        found += village_obstacles.standing(one)
    for one in _together(parts):
        found += open_work.against(one)
    return found


def _together(parts: Sequence[PartFacts]) -> list[PartFacts]:
    """Mergers as one: open work names its commune itself, and is looked for once for all."""
    mergers = [one for one in parts if one.kind == _K.MERGE]
    if len(mergers) < 2:
        return list(parts)
    all_of_them = replace(
        mergers[0],
        units=[unit for one in mergers for unit in one.units],
        villages=[village for one in mergers for village in one.villages],
        existing={pk: area for one in mergers for pk, area in one.existing.items()},
    )
    return [*(one for one in parts if one.kind != _K.MERGE), all_of_them]


def _of_the_paper(reorganisation: Reorganisation) -> Iterator[Obstacle]:
    type_it = _("Type it under “The resolution”.")
    if reorganisation.changed_on is None:
        yield Obstacle(_("The day from which the change holds is missing."), type_it)
    if not reorganisation.paper_number:
        yield Obstacle(_("The number of the resolution is missing."), type_it)
    if reorganisation.paper_date is None:
        yield Obstacle(_("The day on which the resolution was signed is missing."), type_it)
    elif reorganisation.changed_on and reorganisation.paper_date > reorganisation.changed_on:
        yield Obstacle(
            _("The resolution was signed after the day from which it holds."),
            _("Correct one of the two days."),
        )


def _twice(parts: Sequence[PartFacts]) -> Iterator[Obstacle]:
    touched = Counter(pk for one in parts for pk in set(one.area_ids))
    twice = [pk for pk, times in touched.items() if times > 1]
    ends = {pk for one in parts if one.kind == _K.LEVEL_ENDS for pk in one.area_ids}
    for area in Area.objects.filter(pk__in=[pk for pk in twice if pk not in ends]):
        if area.level == AreaLevel.VILLAGE and area.parent_id in twice:
            continue
        yield Obstacle(
            _("%(unit)s is in two parts of this act.") % {"unit": area},
            _("Leave it in one of them."),
        )


def _of_units(facts: PartFacts) -> Iterator[Obstacle]:
    law, wanted = facts.law, facts_of.level_of(facts.kind)
    fewest = 2 if facts.kind in (_K.MERGE, _K.VILLAGE_MERGE) else 1
    taking = {one.area_id for one in facts.part.becomes if one.area_id}
    if len(facts.units) < fewest and not (facts.units and taking):
        yield Obstacle(
            _("%(what)s: too few units are chosen.") % {"what": facts.kind.label},
            _("Choose the units."),
        )
    for unit in facts.units:
        if unit.level != wanted:
            yield Obstacle(
                _("%(unit)s is not of this level.") % {"unit": unit}, _("Choose another unit.")
            )
        elif unit.valid_from > law.last_day:
            yield Obstacle(
                _("%(unit)s is on the map only from %(day)s on.")
                % {"unit": unit, "day": _day(unit.valid_from)},
                _("Choose a later day, or another unit."),
            )
        elif unit.valid_to is not None and unit.valid_to < law.last_day:
            yield Obstacle(
                _("%(unit)s ended on %(day)s already.")
                % {"unit": unit, "day": _day(unit.valid_to)},
                _("Choose what it became."),
            )
        elif unit.valid_to is not None and not (taking and unit.valid_to == law.last_day):
            yield from _ending_later(unit, facts)
    yield from _beginning_later(facts)


def _ending_later(unit: Area, facts: PartFacts) -> Iterator[Obstacle]:
    """By another act; or by the shipped map, which what the units become follows then, where it
    says the same of all of them."""
    above = unit.parent
    if unit.level == AreaLevel.VILLAGE and above is not None and above.valid_to == unit.valid_to:
        # It ends with its commune, and so does what it becomes.
        return
    first, own = _later_arrows(facts.units[0], facts), _later_arrows(unit, facts)
    acts = Reorganisation.objects.filter(
        state=ReorganisationState.SIGNED, written_act__in=[one.act_id for one in own]
    )
    told = {"unit": unit, "day": _day(unit.valid_to or facts.law.last_day)}
    if not own or acts.exists():
        yield Obstacle(
            _("Another change ends %(unit)s on %(day)s.") % told,
            _("Take that act back first, or leave this unit out."),
        )
    elif {(one.to_area_id, one.changed_on) for one in own} != {
        (one.to_area_id, one.changed_on) for one in first
    }:
        yield Obstacle(
            _("%(unit)s goes elsewhere after %(day)s than the other units.") % told,
            _("Choose a day after that, or leave this unit out."),
        )


def _later_arrows(unit: Area, facts: PartFacts) -> list[AreaChange]:
    later = AreaChange.objects.filter(from_area=unit, changed_on__gt=facts.law.changed_on)
    return list(later.order_by("pk"))


def _beginning_later(facts: PartFacts) -> Iterator[Obstacle]:
    later = Area.objects.filter(parent__in=facts.units, valid_from__gt=facts.law.last_day)
    for one in later.select_related("parent"):
        yield Obstacle(
            _("%(unit)s in %(commune)s begins on %(day)s, not before this change.")
            % {"unit": one, "commune": one.parent, "day": _day(one.valid_from)},
            _("Choose a later day, or take that change back first."),
        )


def _of_what_comes(facts: PartFacts, parts: Sequence[PartFacts]) -> Iterator[Obstacle]:
    if facts.kind != _K.LEVEL_ENDS and not facts.part.becomes:
        yield Obstacle(
            _("%(what)s: what comes of it is not told.") % {"what": facts.kind.label},
            _("Open this part and type it."),
        )
    if facts.kind in (_K.SPLIT, _K.VILLAGE_SPLIT) and len(facts.part.becomes) < 2:
        yield Obstacle(_("What is split becomes two at least."), _("Type one more new unit."))
    for new in facts.part.becomes:
        if new.area_id is None:
            yield from _of_new_unit(new, facts, parts)
        elif (there := facts.existing.get(new.area_id)) and not there.is_valid_on(
            facts.law.changed_on
        ):
            yield Obstacle(
                _("%(unit)s is not on the map on %(day)s.")
                % {"unit": there, "day": _day(facts.law.changed_on)},
                _("Choose another unit."),
            )


def _of_new_unit(new: NewUnit, facts: PartFacts, parts: Sequence[PartFacts]) -> Iterator[Obstacle]:
    type_it = _("Open this part and type it.")
    level = facts_of.level_of(facts.kind)
    length = CODE_LENGTHS.get(level, 0)
    if missing := list(_missing(new, facts)):
        yield Obstacle(
            _("%(unit)s: %(what)s not told.")
            % {"unit": facts.label(new), "what": ", ".join(missing)},
            type_it,
        )
    if new.code and length:
        if len(new.code) != length or not new.code.isascii() or not new.code.isdecimal():
            yield Obstacle(
                _("%(unit)s: its code has %(length)s digits.")
                % {"unit": facts.label(new), "length": length},
                type_it,
            )
        else:
            yield from _code_in_use(new, level, facts, parts)
    if level == AreaLevel.VILLAGE:
        yield from _village_name_in_use(new, facts)


def _missing(new: NewUnit, facts: PartFacts) -> Iterator[str]:
    if facts.kind != _K.TYPE and not new.name:
        yield _("name")
    if facts.kind in _WITH_CODE and not new.code:
        yield _("code")
    if facts.kind in (*_WITH_CODE, _K.TYPE) and not new.area_type:
        yield _("type of unit")
    if facts.kind in _WITH_CODE and not new.settlement:
        yield _("urban or rural")


def _village_name_in_use(new: NewUnit, facts: PartFacts) -> Iterator[Obstacle]:
    there = Area.objects.filter(
        goes_on_after(facts.law.last_day), parent=facts.parent, folded_name=fold(new.name)
    )
    for one in there.exclude(pk__in=[unit.pk for unit in facts.units]):
        yield Obstacle(
            _("The commune has a village called %(name)s.") % {"name": one},
            _("Open this part and type another name."),
        )


def _code_in_use(
    new: NewUnit, level: AreaLevel, facts: PartFacts, parts: Sequence[PartFacts]
) -> Iterator[Obstacle]:
    others = [one for part in parts for one in part.part.becomes if one != new]
    if any(one.code == new.code for one in others if one.area_id is None):
        yield Obstacle(
            _("Two new units have the code %(code)s.") % {"code": new.code},
            _("Correct one of the two codes."),
        )
    ending = [
        unit.pk
        for one in parts
        if one.kind in (_K.MERGE, _K.SPLIT, _K.RENAME)
        for unit in one.units
    ]
    in_use = Area.objects.filter(goes_on_after(facts.law.last_day), level=level, code=new.code)
    if facts.ends is not None:
        in_use = in_use.filter(valid_from__lte=facts.ends)
    for area in in_use.exclude(pk__in=ending):
        yield Obstacle(
            _("The code %(code)s is in use: %(unit)s has it.") % {"code": new.code, "unit": area},
            _("Type another code, or add what becomes of %(unit)s to this act.") % {"unit": area},
        )


def _day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"
