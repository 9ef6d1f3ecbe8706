"""Courses, models shown, communication events and vocational training as they were held."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from households.errors import Invalid, Refused, Words
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices.activities import PROGRAMME_OF, ActivityKind
from programs.models import Activity, Programme
from programs.workflow import VOID_STATES


@dataclass(frozen=True)
class Held:
    """What is said of an activity. Costs in whole đồng for each who takes part; people are
    counted, None where nobody counted."""

    topic: str
    begins_on: dt.date
    ends_on: dt.date
    place: str = ""
    organiser: str = ""
    hours: int | None = None
    cost_each_vnd: int | None = None
    people_reached: int | None = None
    women_reached: int | None = None
    minority_reached: int | None = None
    poor_reached: int | None = None


def programme_of(kind: ActivityKind) -> Programme:
    """The programme that activities of a kind belong to. Raises Invalid: it is not loaded."""
    found = Programme.objects.filter(kind=PROGRAMME_OF[kind]).order_by("pk").first()
    if found is None:
        raise Invalid(_("The programme of such activities is not loaded."))
    return found


def record(
    *, kind: ActivityKind, commune: Area, village: Area | None, held: Held, by: User
) -> Activity:
    """Record an activity in a commune. Raises Refused (no right there), Invalid (village of
    another commune; days, numbers that cannot be, with their fields)."""
    if reason := policies.why_not_record_benefit(by, commune):
        raise Refused(reason)
    _check_village(commune, village)
    _check_held(held)
    activity = Activity(
        kind=kind, programme=programme_of(kind), commune=commune, village=village,
        recorded_by=by, **vars(held),
    )  # fmt: skip
    with told_plainly(Activity), audit.act(
        by=by, verb="activity.record", area=commune, subject=activity.programme,
        details={"kind": str(kind), "begins_on": str(held.begins_on)},
    ):  # fmt: skip
        activity.save()
    return activity


def change(*, activity: Activity, village: Area | None, held: Held, by: User) -> Activity:
    """Say it otherwise. The days stay once somebody takes part: his part bears them. Raises
    Refused, Invalid."""
    if reason := policies.why_not_record_benefit(by, activity.commune):
        raise Refused(reason)
    _check_village(activity.commune, village)
    _check_held(held)
    with told_plainly(Activity), transaction.atomic():
        row: Activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        _check_stands(row)
        moved = (row.begins_on, row.ends_on) != (held.begins_on, held.ends_on)
        if moved and _standing_parts(row):
            told = _("Somebody takes part already; the days stay.")
            raise Invalid(told, fields={"begins_on": [told]})
        with audit.act(by=by, verb="activity.change", area=row.commune, subject=row):
            row.village = village
            for name, value in vars(held).items():
                setattr(row, name, value)
            row.save()
    return row


def cancel(*, activity: Activity, reason: str, by: User) -> Activity:
    """Take back one that was recorded by mistake, or was not held; it counts nowhere. Raises
    Refused, Invalid (no reason, somebody takes part)."""
    if why_not := policies.why_not_record_benefit(by, activity.commune):
        raise Refused(why_not)
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
    with transaction.atomic():
        row: Activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        _check_stands(row)
        if _standing_parts(row):
            raise Invalid(_("Take back those who take part first."))
        with audit.act(by=by, verb="activity.cancel", area=row.commune, subject=row, reason=reason):
            row.cancelled_because = reason[:300]
            row.save(update_fields=["cancelled_because"])
    return row


def _check_village(commune: Area, village: Area | None) -> None:
    if village is not None and village.parent_id != commune.pk:
        raise Invalid(_("This village belongs to another commune."))


def _check_held(held: Held) -> None:
    fields: dict[str, list[Words]] = {}
    if not held.topic.strip():
        fields["topic"] = [_("The topic is missing.")]
    if held.ends_on < held.begins_on:
        fields["ends_on"] = [_("The last day lies before the first day.")]
    for name in ("women_reached", "minority_reached", "poor_reached"):
        part = getattr(held, name)
        if part is not None and (held.people_reached is None or part > held.people_reached):
            fields[name] = [_("A part of the people is more than all of them.")]
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)


def _check_stands(activity: Activity) -> None:
    if activity.cancelled_because:
        raise Invalid(_("It was taken back already."))


def _standing_parts(activity: Activity) -> bool:
    return activity.participations.exclude(benefit__state__in=sorted(VOID_STATES)).exists()
