"""Ending a unit, and letting everything that goes on in it go on in its successor.

Called by services.areas inside its act.
"""

import datetime as dt

from django.db.models import Q

from households.choices import AreaChangeKind, AreaLevel
from households.models import Area, AreaChange, AreaTrait, Assignment, HouseholdCard, Residence
from households.models.areas import DatedQuerySet
from households.services import cards

_ONE_DAY = dt.timedelta(days=1)


def end(area: Area, *, last_day: dt.date) -> None:
    """End a unit and what is said of it. Traits that would begin later go."""
    AreaTrait.objects.filter(area=area, valid_from__gt=last_day).delete()
    AreaTrait.objects.filter(_goes_on_after(last_day), area=area).update(valid_to=last_day)
    area.valid_to = last_day
    area.save(update_fields=["valid_to"])


def succeed(
    area: Area,
    *,
    name: str,
    parent: Area | None,
    changed_on: dt.date,
    kind: AreaChangeKind,
    legal_basis: str,
    source: str,
) -> Area:
    """Replace a unit from `changed_on` on by one with the same code, and everything below it.

    The units below keep their names and get a MOVE arrow each. Cost: a dozen statements for each
    unit replaced.
    """
    last_day = changed_on - _ONE_DAY
    valid_to = area.valid_to
    below = list(Area.objects.filter(_goes_on_after(last_day), parent=area).order_by("pk"))
    traits = list(AreaTrait.objects.filter(_goes_on_after(last_day), area=area).order_by("pk"))
    end(area, last_day=last_day)
    successor = _open_again(area, name, parent, (changed_on, valid_to), source)
    AreaChange.objects.create(
        kind=kind,
        from_area=area,
        to_area=successor,
        changed_on=changed_on,
        legal_basis=legal_basis,
        source=source,
    )
    _state_again(traits, successor)
    _carry_over(Assignment.objects.all(), "area", area, successor, changed_on)
    if area.level == AreaLevel.VILLAGE:
        _carry_over(Residence.objects.all(), "village", area, successor, changed_on)
        here = HouseholdCard.objects.filter(village=area)
        cards.refresh(household_ids=here.values_list("household", flat=True))
    for unit in below:
        succeed(
            unit,
            name=unit.name,
            parent=successor,
            changed_on=changed_on,
            kind=AreaChangeKind.MOVE,
            legal_basis=legal_basis,
            source=source,
        )
    return successor


def _open_again(
    area: Area, name: str, parent: Area | None, time: tuple[dt.date, dt.date | None], source: str
) -> Area:
    """A unit like `area`, with its code, for the time from a day to a day (or without end)."""
    successor: Area = Area.objects.create(
        level=area.level,
        code=area.code,
        name=name,
        parent=parent,
        valid_from=time[0],
        valid_to=time[1],
        is_practice=area.is_practice,
        source=source,
    )
    # Its path is filled by the database.
    successor.refresh_from_db()
    return successor


def _goes_on_after(last_day: dt.date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)


def _state_again(traits: list[AreaTrait], successor: Area) -> None:
    """What was said of the unit before it ended is said of its successor."""
    AreaTrait.objects.bulk_create(
        AreaTrait(
            area=successor,
            kind=trait.kind,
            value=trait.value,
            valid_from=max(trait.valid_from, successor.valid_from),
            valid_to=trait.valid_to,
            source=trait.source,
            is_confirmed=trait.is_confirmed,
        )
        for trait in traits
    )


def _carry_over(
    rows: DatedQuerySet, field: str, area: Area, successor: Area, changed_on: dt.date
) -> None:
    """Residences or assignments in `area`: those that begin later move as they are, those that
    run on are ended and go on in the successor."""
    last_day = changed_on - _ONE_DAY
    rows.filter(**{field: area}, valid_from__gte=changed_on).update(**{field: successor})
    running = list(rows.filter(_goes_on_after(last_day), **{field: area}))
    rows.filter(pk__in=[row.pk for row in running]).update(valid_to=last_day)
    kept = [f.name for f in rows.model._meta.concrete_fields if f.name not in ("id", "act")]
    rows.model._default_manager.bulk_create(
        rows.model(
            **{name: getattr(row, name) for name in kept}
            | {field: successor, "valid_from": changed_on}
        )
        for row in running
    )
