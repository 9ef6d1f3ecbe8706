"""The plan list of a commune and year: put on, taken off, what was agreed and done."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid, Refused
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices.plan_list import WhyPlanned
from programs.models import AgreedAction, PlanEntry, Programme
from programs.policies.plan_list import planning_commune, why_not_plan
from programs.queries import plan_list as queries
from programs.queries.plan_list import Near
from programs.queries.positions import open_round


def put_on(*, commune: Area, year: int, households: Collection[int], by: User) -> int:
    """Put listed households of the commune on the list; those on it stay as they are, those taken
    off come back as they stand now. How many. Why each stands there is worked out, not typed.

    Raises Refused, Invalid (no rule, a round runs, without labour capacity, not on the official
    list here). About ten queries for all.
    """
    if reason := why_not_plan(by, commune):
        raise Refused(reason)
    if not households:
        raise Invalid(_("Tick the households."))
    today = clock.today()
    rule = queries.rule_for(commune)
    if rule is None:
        raise Invalid(_("How near a household must stand is not loaded."))
    if running := open_round(commune, today):
        raise Invalid(why_waiting(running.key))
    told = queries.nearness(commune, today, rule, "vi")
    if {one.position.household_id for one in told.apart} & set(households):
        raise Invalid(_("Households without labour capacity are listed apart."))
    known = {one.position.household_id: one for one in [*told.near, *told.far]}
    if set(households) - set(known):
        raise Invalid(_("Only households on the commune's list with a decided form are planned."))
    with told_plainly(PlanEntry), transaction.atomic():
        rows = PlanEntry.objects.select_for_update().filter(household__in=households, year=year)
        there = {row.household_id: row for row in rows}
        back = [row for row in there.values() if row.taken_off_because]
        new = [PlanEntry(household_id=pk, year=year) for pk in sorted(set(households) - set(there))]
        for row in [*back, *new]:
            _stand(row, known[row.household_id], commune, by)
        with audit.act(
            by=by, verb="plan.put_on", area=commune,
            details={"year": year, "households": sorted(households)},
        ):  # fmt: skip
            PlanEntry.objects.bulk_update(back, _STANDS)
            PlanEntry.objects.bulk_create(new)
    return len(new) + len(back)


_STANDS = ["taken_off_because", "commune", "poverty_class", "why", "survey", "recorded_by"]


def _stand(row: PlanEntry, near: Near, commune: Area, by: User) -> None:
    row.taken_off_because = ""
    row.commune, row.recorded_by = commune, by
    row.poverty_class, row.survey_id = near.position.poverty_class, near.position.survey_id
    row.why = near.why or WhyPlanned.CHOSEN


def why_waiting(round_key: str) -> str:
    return _(
        "The review round %(round)s runs: who stands near is worked out once it is decided."
    ) % {"round": round_key}


def take_off(*, entry: PlanEntry, reason: str, by: User) -> PlanEntry:
    """Raises Refused, Invalid (no reason, off already)."""
    reason = reason.strip()[:300]
    if not reason:
        raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
    with transaction.atomic():
        row, commune = _locked(entry, by)
        if row.taken_off_because:
            raise Invalid(_("It was taken off already."))
        with audit.act(
            by=by, verb="plan.take_off", area=commune, household=row.household, subject=row,
            reason=reason,
        ):  # fmt: skip
            row.taken_off_because = reason
            row.save(update_fields=["taken_off_because"])
    return row


def agree(
    *, entry: PlanEntry, words: str, programme: Programme | None, due_on: dt.date, by: User
) -> AgreedAction:
    """What was agreed with the household, by when. Raises Refused, Invalid, Conflict (no words)."""
    with told_plainly(AgreedAction), transaction.atomic():
        row, commune = _locked(entry, by)
        if row.taken_off_because:
            raise Invalid(_("It was taken off already."))
        with audit.act(
            by=by, verb="plan.agree", area=commune, household=row.household, subject=row
        ):
            return AgreedAction.objects.create(
                entry=row, words=words.strip()[:200], programme=programme, due_on=due_on
            )


def mark_done(*, action: AgreedAction, done_on: dt.date | None, by: User) -> AgreedAction:
    """Done on a day; None takes that back. Raises Refused, Invalid (a day to come)."""
    if done_on is not None and done_on > clock.today():
        raise Invalid(_("This day is still to come."))
    with transaction.atomic():
        entry, commune = _locked(action.entry, by)
        with audit.act(
            by=by, verb="plan.done", area=commune, household=entry.household, subject=action
        ):
            action.done_on = done_on
            action.save(update_fields=["done_on"])
    return action


def _locked(entry: PlanEntry, by: User) -> tuple[PlanEntry, Area]:
    """With the commune in whose name one acts: where the household lives today."""
    rows = PlanEntry.objects.select_related("household__card__village__parent")
    row: PlanEntry = rows.select_for_update(of=("self",)).get(pk=entry.pk)
    commune = planning_commune(row.household)
    if reason := why_not_plan(by, commune):
        raise Refused(reason)
    return row, commune
