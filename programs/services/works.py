"""Essential works: opened, the households they serve, accepted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from households.errors import Invalid, Refused
from households.models import Area, Household, Residence, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices import BenefitState
from programs.choices.houses import WorksFor
from programs.models import Benefit, Programme, WorksKind, WorksProject, WorksServed
from programs.queries import standing
from programs.services import benefits
from programs.services.benefit_checks import check_day
from programs.workflow import VOID_STATES

_LONGEST_REASON = 300


@dataclass(frozen=True)
class Opened:
    """What is typed of a new work; money in whole đồng."""

    kind: WorksKind
    serves: WorksFor
    name: str
    started_on: dt.date
    planned_vnd: int | None = None


def open_works(
    *, programme: Programme, village: Area, opened: Opened,
    households: Sequence[Household], by: User,
) -> WorksProject:  # fmt: skip
    """Open a work with the households it is to serve. Raises Refused, Invalid (day, name, a
    household of another village, more than one for a household's work), Conflict."""
    if reason := policies.why_not_record_benefit(by, village):
        raise Refused(reason)
    check_day(opened.started_on)
    assert village.parent is not None
    if not opened.name.strip():
        told = _("Write the name of the work.")
        raise Invalid(told, fields={"name": [told]})
    with told_plainly(WorksProject, Benefit), audit.act(
        by=by, verb="works.open", area=village, subject=programme,
        details={"kind": opened.kind.code, "households": len(households)},
    ):  # fmt: skip
        works = WorksProject.objects.create(
            programme=programme, kind=opened.kind, serves=opened.serves,
            name=opened.name.strip(), village=village, commune=village.parent,
            indicators=list(opened.kind.indicators), planned_vnd=opened.planned_vnd,
            started_on=opened.started_on, recorded_by=by,
        )  # fmt: skip
        _serve(works, households, by)
    return works


def serve(*, works: WorksProject, households: Sequence[Household], by: User) -> None:
    """More households are served by a work. Raises Refused, Invalid, Conflict."""
    if reason := policies.why_not_record_benefit(by, works.village):
        raise Refused(reason)
    if not households:
        raise Invalid(_("Tick at least one household."))
    with told_plainly(Benefit), audit.act(
        by=by, verb="works.serve", area=works.village, subject=works,
        details={"households": len(households)},
    ):  # fmt: skip
        _serve(_locked(works), households, by)


def _locked(works: WorksProject) -> WorksProject:
    rows = WorksProject.objects.select_for_update(of=("self",))
    row: WorksProject = rows.select_related("village", "programme").get(pk=works.pk)
    if row.cancelled_because:
        raise Invalid(_("This work was recorded by mistake."))
    return row


def _serve(works: WorksProject, households: Sequence[Household], by: User) -> None:
    """A benefit for each: on its way, or received where the work is accepted. Grounds in one pass;
    who has none is served all the same, for a village's work is for whoever lives there."""
    day = works.accepted_on or works.started_on
    ids = [one.pk for one in households]
    _check_households(works, ids, day)
    grounds = {
        one.household_id: one.terms_id
        for one in standing.entitled(works.programme, day, households=ids)
    }
    because = _("Served by the work: %(name)s") % {"name": works.name}
    state = BenefitState.SERVED if works.accepted_on else BenefitState.DECIDED
    made = Benefit.objects.bulk_create(
        Benefit(
            programme=works.programme, terms_id=grounds.get(one), household_id=one,
            commune_id=works.commune_id, village=works.village, state=state, acted_on=day,
            served_on=works.accepted_on, once=works.programme.once,
            reason="" if one in grounds else because[:_LONGEST_REASON], recorded_by=by,
        )
        for one in ids
    )  # fmt: skip
    WorksServed.objects.bulk_create(WorksServed(works=works, benefit=one) for one in made)


def _check_households(works: WorksProject, ids: Sequence[int], on: dt.date) -> None:
    there = WorksServed.objects.filter(works=works).exclude(benefit__state__in=sorted(VOID_STATES))
    served = set(there.values_list("benefit__household", flat=True))
    if served & set(ids) or len(set(ids)) < len(ids):
        raise Invalid(_("A household is served once by a work."))
    if works.serves == WorksFor.HOUSEHOLD and len(served) + len(ids) > 1:
        raise Invalid(_("A work for one household serves one household."))
    homes = Residence.objects.on(on).filter(village=works.village, household__in=ids)
    if homes.count() < len(ids):
        raise Invalid(_("A household did not live in the village on this day."))


@dataclass(frozen=True)
class Acceptance:
    ended_on: dt.date
    accepted_on: dt.date
    number: str


def accept(*, works: WorksProject, acceptance: Acceptance, by: User) -> WorksProject:
    """The work is accepted: its households are served from this day. It changes no form: what is
    to be looked at in the next review is a list (queries.works.to_check).

    Raises Refused, Invalid (days, number, nobody served, accepted already).
    """
    if reason := policies.why_not_record_benefit(by, works.village):
        raise Refused(reason)
    check_day(acceptance.accepted_on)
    if not acceptance.number.strip():
        told = _("Write the number of the acceptance minutes.")
        raise Invalid(told, fields={"number": [told]})
    with told_plainly(WorksProject, Benefit), audit.act(
        by=by, verb="works.accept", area=works.village, subject=works,
        details={"indicators": works.indicators},
    ):  # fmt: skip
        row = _locked(works)
        if row.accepted_on:
            raise Invalid(_("This work is accepted already."))
        if not row.started_on <= acceptance.ended_on <= acceptance.accepted_on:
            told = _("A work is started, then built, then accepted.")
            raise Invalid(told, fields={"accepted_on": [told]})
        served = Benefit.objects.filter(from_works__works=row, state=BenefitState.DECIDED)
        if not served.exists():
            raise Invalid(_("Tick the households that it serves first."))
        row.ended_on, row.accepted_on = acceptance.ended_on, acceptance.accepted_on
        row.acceptance_number = acceptance.number.strip()
        row.save()
        served.update(
            state=BenefitState.SERVED, acted_on=row.accepted_on, served_on=row.accepted_on
        )
    return row


def cancel(*, works: WorksProject, by: User, reason: str) -> WorksProject:
    """Recorded by mistake: it and its benefits stay, and count nowhere. Raises Refused, Invalid
    (no reason, money paid)."""
    if why_not := policies.why_not_record_benefit(by, works.village):
        raise Refused(why_not)
    reason = reason.strip()[:_LONGEST_REASON]
    if not reason:
        raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
    with audit.act(by=by, verb="works.cancel", area=works.village, subject=works, reason=reason):
        row = _locked(works)
        if row.payments.filter(taken_back_because="").exists():
            raise Invalid(_("Money is paid already: take the payments back first."))
        row.cancelled_because = reason
        row.save(update_fields=["cancelled_because"])
        theirs = Benefit.objects.filter(from_works__works=row)
        theirs.exclude(state__in=sorted(VOID_STATES)).update(
            state=BenefitState.CANCELLED, reason=reason
        )
    return row


def take_off(*, served: WorksServed, by: User, reason: str) -> Benefit:
    """A household was ticked by mistake: its benefit stays, and counts nowhere. Raises Refused,
    Invalid (no reason, taken back already, money of its own work is paid)."""
    with transaction.atomic():
        works = _locked(served.works)
        is_its_own = works.serves == WorksFor.HOUSEHOLD
        if is_its_own and works.payments.filter(taken_back_because="").exists():
            raise Invalid(_("Money is paid already: take the payments back first."))
        return benefits.cancel(benefit=served.benefit, by=by, reason=reason, own_way=True)
