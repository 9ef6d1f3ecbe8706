"""Ending units, and letting everything that goes on in them go on in their successors.

Called by services.areas and services.reorganisation inside their acts. Households follow on the
day, see services.home_succession.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from households.choices import AreaChangeKind
from households.models import Area, AreaChange, AreaTrait, Assignment

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Law:
    """From which day a change holds, and what orders it."""

    changed_on: dt.date
    legal_basis: str = ""
    source: str = ""

    @property
    def last_day(self) -> dt.date:
        """Of the state before."""
        return self.changed_on - _ONE_DAY


@dataclass(frozen=True)
class Step:
    """A unit and what it is from the day on: the same unit under another name, code or parent."""

    unit: Area
    name: str
    code: str
    parent: Area | None
    kind: AreaChangeKind


def end(units: Iterable[Area], *, last_day: dt.date) -> None:
    """End units and what is said of them. Traits that would begin later go. Three statements."""
    found = list(units)
    AreaTrait.objects.filter(area__in=found, valid_from__gt=last_day).delete()
    AreaTrait.objects.filter(goes_on_after(last_day), area__in=found).update(valid_to=last_day)
    Area.objects.filter(goes_on_after(last_day), pk__in=[one.pk for one in found]).update(
        valid_to=last_day
    )
    for one in found:
        one.valid_to = last_day


def succeed(area: Area, *, name: str, parent: Area | None, kind: AreaChangeKind, law: Law) -> Area:
    """Replace a unit by one with the same code, and everything below it.

    The units below keep their names and get a MOVE arrow each. Cost: a dozen statements a level.
    """
    return replace([Step(area, name, area.code, parent, kind)], law)[area.pk]


def replace(steps: Sequence[Step], law: Law) -> dict[int, Area]:
    """Replace units, and everything below them, by new ones; new units by the keys of the old ones
    of `steps`. All end before one begins, so that they may take each other's codes and names."""
    if not steps:
        return {}
    units = [one.unit for one in steps]
    traits = list(
        AreaTrait.objects.filter(goes_on_after(law.last_day), area__in=units).order_by("pk")
    )
    ends = {one.pk: _end_of(one, law.last_day) for one in units}
    below = list(Area.objects.filter(_goes_on_in_law(units, law), parent__in=units).order_by("pk"))
    end(units, last_day=law.last_day)
    made = _open(steps, ends, law)
    AreaChange.objects.bulk_create(
        AreaChange(
            kind=one.kind,
            from_area=one.unit,
            to_area=made[one.unit.pk],
            changed_on=law.changed_on,
            legal_basis=law.legal_basis[:200],
            source=law.source[:300],
        )
        for one in steps
    )
    state_again(traits, made)
    pass_on_assignments(made, law.changed_on)
    pass_on_arrows({pk: [area] for pk, area in made.items()}, law)
    replace(
        [
            Step(one, one.name, one.code, made[one.parent_id], AreaChangeKind.MOVE)
            for one in below
            if one.parent_id is not None
        ],
        law,
    )
    return made


def _end_of(unit: Area, last_day: dt.date) -> dt.date | None:
    """When its successor ends: as it would have, had it not ended with this change."""
    return None if unit.valid_to is not None and unit.valid_to <= last_day else unit.valid_to


def _goes_on_in_law(units: Sequence[Area], law: Law) -> Q:
    """Below units that ended with the day already, what ended with them goes on too."""
    ended = [one.pk for one in units if one.valid_to == law.last_day]
    return goes_on_after(law.last_day) | Q(parent__in=ended, valid_to=law.last_day)


def _open(steps: Sequence[Step], ends: Mapping[int, dt.date | None], law: Law) -> dict[int, Area]:
    opened = Area.objects.bulk_create(
        Area(
            level=one.unit.level,
            code=one.code,
            name=one.name,
            parent=one.parent,
            valid_from=law.changed_on,
            valid_to=ends[one.unit.pk],
            is_practice=one.unit.is_practice,
            source=law.source[:300],
        )
        for one in steps
    )
    # Their paths are filled by the database.
    found = Area.objects.in_bulk([one.pk for one in opened])
    return {step.unit.pk: found[one.pk] for step, one in zip(steps, opened, strict=True)}


def goes_on_after(last_day: dt.date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)


def state_again(traits: Iterable[AreaTrait], made: Mapping[int, Area]) -> None:
    """What was said of units before they ended is said of their successors."""
    AreaTrait.objects.bulk_create(
        AreaTrait(
            area=made[trait.area_id],
            kind=trait.kind,
            value=trait.value,
            valid_from=max(trait.valid_from, made[trait.area_id].valid_from),
            valid_to=trait.valid_to,
            source=trait.source,
            is_confirmed=trait.is_confirmed,
        )
        for trait in traits
    )


def pass_on_arrows(made: Mapping[int, Sequence[Area]], law: Law, *, are_left: bool = True) -> None:
    """What units would have become later, as the shipped map has it, their successors become.
    `are_left`: the old units are none of it any more. Three statements where there is some."""
    later = AreaChange.objects.filter(from_area__in=list(made), changed_on__gt=law.changed_on)
    arrows = list(later.order_by("pk"))
    if are_left:
        later.delete()
    AreaChange.objects.bulk_create(
        {
            (one.pk, arrow.to_area_id, arrow.changed_on): AreaChange(
                kind=arrow.kind,
                from_area=one,
                to_area_id=arrow.to_area_id,
                changed_on=arrow.changed_on,
                is_whole=arrow.is_whole,
                legal_basis=arrow.legal_basis,
                source=arrow.source,
            )
            for arrow in arrows
            for one in made[arrow.from_area_id]
        }.values()
    )


def pass_on_assignments(made: Mapping[int, Area], changed_on: dt.date) -> None:
    """Who is assigned to a unit is so to its successor: what runs on is ended and goes on there,
    once where somebody had the same role in several units that became one."""
    running = Assignment.objects.filter(goes_on_after(changed_on - _ONE_DAY), area__in=list(made))
    pass_on({one: made[one.area_id] for one in running.order_by("pk")}, changed_on)


def pass_on(to: Mapping[Assignment, Area | None], changed_on: dt.date) -> None:
    """End assignments with the day before and let them go on in these units; None: they end."""
    last_day = changed_on - _ONE_DAY
    Assignment.objects.filter(pk__in=[one.pk for one in to if one.valid_from > last_day]).delete()
    Assignment.objects.filter(pk__in=[one.pk for one in to if one.valid_from <= last_day]).update(
        valid_to=last_day
    )
    held = {
        (one.user_id, one.role, one.area_id)
        for one in Assignment.objects.filter(
            goes_on_after(last_day), area__in=[area for area in to.values() if area]
        )
    }
    longest = sorted(to.items(), key=lambda pair: pair[0].valid_to or dt.date.max, reverse=True)
    fresh = []
    for one, area in longest:
        if area is None or (one.user_id, one.role, area.pk) in held:
            continue
        held.add((one.user_id, one.role, area.pk))
        fresh.append(
            Assignment(
                user_id=one.user_id,
                role=one.role,
                area=area,
                valid_from=max(one.valid_from, changed_on),
                valid_to=one.valid_to,
            )
        )
    Assignment.objects.bulk_create(fresh)
