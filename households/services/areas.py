"""Changing the administrative map: open, close, rename a unit, add a village, state a trait.

Units are never re-parented and never overwritten by a reorganisation: the old row ends, a new one
begins, and AreaChange tells what became of what.
"""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaChangeKind, AreaLevel, AreaType, Settlement, TraitKind
from households.errors import Conflict, Invalid, Refused
from households.folding import fold
from households.models import Area, AreaChange, AreaTrait, Residence, User
from households.services import area_succession, audit, home_succession
from households.services.constraint_messages import told_plainly

_ONE_DAY = dt.timedelta(days=1)


def add_village(
    *,
    commune: Area,
    name: str,
    valid_from: dt.date,
    by: User,
    settlement: Settlement | None = None,
    source: str = "",
) -> Area:
    """Open a village in a commune. Without `settlement` the commune's default holds.

    Raises Refused, Invalid (no name, outside the commune's time), Conflict (name in use then).
    """
    if reason := policies.why_not_add_village(by, commune):
        raise Refused(reason)
    if commune.level != AreaLevel.COMMUNE:
        raise Invalid(_("A village stands in a commune."))
    _check_time_within(commune, valid_from)
    village = Area(
        level=AreaLevel.VILLAGE,
        name=_checked_name(name),
        parent=commune,
        valid_from=valid_from,
        valid_to=commune.valid_to,
        is_practice=commune.is_practice,
        source=source,
    )
    return _open(village, {TraitKind.SETTLEMENT: settlement}, by=by, verb="area.add_village")


def open_area(
    *,
    level: AreaLevel,
    code: str,
    name: str,
    valid_from: dt.date,
    by: User,
    parent: Area | None = None,
    valid_to: dt.date | None = None,
    area_type: AreaType | None = None,
    settlement: Settlement | None = None,
    source: str = "",
) -> Area:
    """Open a unit with a code: a province, district or commune.

    Raises Refused, Invalid (no name, outside the parent's time, wrong parent), Conflict (the code
    is in use at that time, or has the wrong length).
    """
    if reason := policies.why_not_change_areas(by, parent):
        raise Refused(reason)
    if level == AreaLevel.VILLAGE:
        raise Invalid(_("A village is added to its commune, without a code."))
    if parent:
        _check_time_within(parent, valid_from)
    area = Area(
        level=level,
        code=code,
        name=_checked_name(name),
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
        is_practice=bool(parent and parent.is_practice),
        source=source,
    )
    stated = {TraitKind.TYPE: area_type, TraitKind.SETTLEMENT: settlement}
    return _open(area, stated, by=by, verb="area.open")


def close_area(*, area: Area, last_day: dt.date, by: User, reason: str = "") -> None:
    """End a unit with `last_day` included, without a successor. Its traits end with it.

    Raises Refused (no right), Invalid (the day does not fit), Conflict (units below it or
    households in it go on).
    """
    if refusal := policies.why_not_change_areas(by, area.parent):
        raise Refused(refusal)
    _check_can_end(area, last_day)
    going_on = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    if Area.objects.filter(going_on, parent=area).exists():
        raise Conflict(_("Units below “%(area)s” go on after that day.") % {"area": area})
    if Residence.objects.filter(going_on, village=area).exists():
        raise Conflict(_("Households live in “%(area)s” after that day.") % {"area": area})
    with audit.act(
        by=by,
        verb="area.close",
        area=area,
        subject=area,
        details={"last_day": last_day.isoformat()},
        reason=reason,
    ):
        area_succession.end([area], last_day=last_day)
        AreaChange.objects.create(
            kind=AreaChangeKind.ABOLISH,
            from_area=area,
            changed_on=last_day + _ONE_DAY,
            source=reason[:300],
        )


def rename(
    *, area: Area, name: str, changed_on: dt.date, by: User, legal_basis: str = "", source: str = ""
) -> Area:
    """Give a unit another name from `changed_on` on, as a reorganisation does; returns the new row.

    The old unit ends the day before. What goes on in it goes on in the new one: its traits, the
    units below it, the assignments of users, and on the day the households that live there. For a
    slip of the pen use correct_name. Raises Refused, Invalid, Conflict (the name is in use there).
    """
    if reason := policies.why_not_change_areas(by, area.parent):
        raise Refused(reason)
    name = _checked_name(name)
    if fold(name) == fold(area.name):
        raise Invalid(_("The name is the same as before."), fields={"name": [_("Same name.")]})
    _check_can_end(area, changed_on - _ONE_DAY)
    with (
        told_plainly(Area, AreaTrait, Residence),
        audit.act(
            by=by,
            verb="area.rename",
            area=area,
            subject=area,
            details={"changed_on": changed_on.isoformat()},
        ),
    ):
        renamed = area_succession.succeed(
            area,
            name=name,
            parent=area.parent,
            kind=AreaChangeKind.RENAME,
            law=area_succession.Law(changed_on, legal_basis, source),
        )
        home_succession.follow(by=by)
    return renamed


def correct_name(*, area: Area, name: str, by: User) -> None:
    """Correct a slip in a name; the unit stays the same. The old spelling stays in its history.

    Raises Refused, Invalid (empty), Conflict (the name is in use there).
    """
    if reason := policies.why_not_change_areas(by, area.parent):
        raise Refused(reason)
    area.name = _checked_name(name)
    with told_plainly(Area), audit.act(by=by, verb="area.correct_name", area=area, subject=area):
        area.save(update_fields=["name"])


def state_trait(
    *,
    area: Area,
    kind: TraitKind,
    value: str,
    valid_from: dt.date,
    by: User,
    source: str,
    valid_to: dt.date | None = None,
) -> AreaTrait:
    """State something of a unit from a day on: its type, settlement, zone, poor-district mark.

    What was stated of the same kind ends the day before. Raises Refused, Invalid (no source,
    outside the unit's time), Conflict (something later is stated already).
    """
    if reason := policies.why_not_change_areas(by, area.parent):
        raise Refused(reason)
    if not source.strip():
        raise Invalid(_("Name the source."), fields={"source": [_("Name the source.")]})
    _check_time_within(area, valid_from)
    with (
        told_plainly(AreaTrait),
        audit.act(by=by, verb="area.state_trait", area=area, subject=area, details={"kind": kind}),
    ):
        earlier = AreaTrait.objects.on(valid_from).filter(area=area, kind=kind)
        earlier.filter(valid_from=valid_from).delete()
        earlier.update(valid_to=valid_from - _ONE_DAY)
        return AreaTrait.objects.create(
            area=area,
            kind=kind,
            value=value,
            valid_from=valid_from,
            valid_to=valid_to or area.valid_to,
            source=source.strip(),
        )


def _open(area: Area, stated: Mapping[TraitKind, str | None], *, by: User, verb: str) -> Area:
    with (
        told_plainly(Area, AreaTrait),
        audit.act(by=by, verb=verb, area=area.parent, details={"level": area.level}),
    ):
        area.save()
        area.refresh_from_db()
        AreaTrait.objects.bulk_create(
            AreaTrait(
                area=area,
                kind=kind,
                value=value,
                valid_from=area.valid_from,
                valid_to=area.valid_to,
                source=area.source,
            )
            for kind, value in stated.items()
            if value
        )
    return area


def _checked_name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise Invalid(_("The name is missing."), fields={"name": [_("The name is missing.")]})
    return cleaned


def _check_time_within(above: Area, valid_from: dt.date) -> None:
    ended = above.valid_to is not None and above.valid_to < valid_from
    if valid_from < above.valid_from or ended:
        wrong = _("“%(area)s” does not exist on that day.") % {"area": above}
        raise Invalid(wrong, fields={"valid_from": [wrong]})


def _check_can_end(area: Area, last_day: dt.date) -> None:
    if last_day < area.valid_from:
        raise Invalid(_("The last day lies before the first day."))
    if area.valid_to is not None and area.valid_to <= last_day:
        raise Invalid(_("“%(area)s” ends before that day anyway.") % {"area": area})
