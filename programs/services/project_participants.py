"""Who takes part in a project: only households entitled on the day get its support."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from households.errors import DomainError, Invalid, Refused
from households.models import Household, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices import BenefitState
from programs.choices.projects import ParticipantStanding
from programs.models import Project, ProjectParticipant
from programs.policies import projects as policies
from programs.queries import standing
from programs.services import benefits
from programs.services.benefit_checks import Given
from programs.services.projects import check_past, locked
from programs.workflow import OPEN_STATES, SERVED_STATES, VOID_STATES

_S = ParticipantStanding
_LONGEST_REASON = 300


@dataclass(frozen=True)
class Joined:
    """Households taken in and refused by one act."""

    taken: list[ProjectParticipant]
    refused: list[ProjectParticipant]


def join(
    *, project: Project, households: Collection[Household], joined_on: dt.date, by: User
) -> Joined:
    """Take entitled households in: those for whom a ground of the programme holds on the day. Each
    gets its place on the list (a Benefit on its way); who is not entitled, or has another project
    that runs, is kept as refused with the reason. One that was refused or left before may be
    tried again. Raises Refused, Invalid (a day to come). About 25 queries for each taken in."""
    if reason := policies.why_not_keep_project(by, project.commune):
        raise Refused(reason)
    check_past(joined_on, "joined_on")
    done = Joined([], [])
    with audit.act(
        by=by, verb="project.join", area=project.commune, subject=project,
        details={"households": sorted(one.pk for one in households), "on": f"{joined_on}"},
    ):  # fmt: skip
        row = locked(project)
        keys = [one.pk for one in households]
        # Two projects cannot take one household in at the same time.
        list(Household.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
        elsewhere = set(
            ProjectParticipant.objects.filter(
                household__in=keys, standing=_S.TARGET, benefit__state__in=OPEN_STATES
            )
            .exclude(project=row)
            .values_list("household", flat=True)
        )
        entitled = {
            one.household_id: one
            for one in standing.entitled(row.programme, joined_on, households=keys)
        }
        known = {
            one.household_id: one
            for one in row.participants.filter(household__in=keys).select_related("benefit")
        }
        for household in households:
            kept = known.get(household.pk)
            if kept and (kept.standing == _S.OTHER or _has_its_part(kept)):
                continue
            part = kept or ProjectParticipant(project=row, household=household, recorded_by=by)
            part.joined_on = joined_on
            _judge(part, entitled.get(household.pk), by, is_elsewhere=household.pk in elsewhere)
            (done.taken if part.standing == _S.TARGET else done.refused).append(part)
    return done


def _has_its_part(part: ProjectParticipant) -> bool:
    """On the list for it, or had it: who left with his part gets no second one."""
    if part.benefit is None:
        return part.standing == _S.TARGET
    is_on_list = part.standing == _S.TARGET and part.benefit.state not in VOID_STATES
    return is_on_list or part.benefit.state in SERVED_STATES


def _judge(
    part: ProjectParticipant, found: standing.Standing | None, by: User, *, is_elsewhere: bool
) -> None:
    """Keep the household as taken in or refused."""
    why_not = ""
    if found is None:
        why_not = _("No ground of the programme holds for it on this day.")
    elif found.served_by or is_elsewhere:
        why_not = _("It takes part in another project that is not ended.")
    else:
        try:
            with told_plainly(ProjectParticipant):
                part.benefit = benefits.record(
                    programme=part.project.programme,
                    household=part.household,
                    by=by,
                    acted_on=part.joined_on,
                    state=BenefitState.LISTED,
                    own_way=True,
                )
        except DomainError as refusal:
            why_not = str(refusal.message)
    part.standing = _S.REFUSED if why_not else _S.TARGET
    part.reason = why_not[:_LONGEST_REASON]
    part.save()


def join_others(
    *, project: Project, households: Iterable[Household], joined_on: dt.date, by: User
) -> None:
    """Households that take part with their own means: experienced ones, say. They count in the
    share, and get nothing. Raises Refused, Invalid (a day to come), Conflict (in it already)."""
    if reason := policies.why_not_keep_project(by, project.commune):
        raise Refused(reason)
    check_past(joined_on, "joined_on")
    found = list(households)
    with (
        told_plainly(ProjectParticipant),
        audit.act(
            by=by, verb="project.join_others", area=project.commune, subject=project,
            details={"households": sorted(one.pk for one in found)},
        ),
    ):  # fmt: skip
        refused = ProjectParticipant.objects.filter(
            project=project, household__in=found, standing=_S.REFUSED
        )
        refused.delete()
        ProjectParticipant.objects.bulk_create(
            ProjectParticipant(
                project=project, household=one, standing=_S.OTHER, joined_on=joined_on,
                recorded_by=by,
            )
            for one in found
        )  # fmt: skip


def leave(*, participant: ProjectParticipant, reason: str, left_on: dt.date, by: User) -> None:
    """A household leaves. What it has not received it will not; what it has received is closed.
    Raises Refused, Invalid (no reason, not in it, a day to come)."""
    project = participant.project
    if why_not := policies.why_not_keep_project(by, project.commune):
        raise Refused(why_not)
    check_past(left_on, "left_on")
    if not reason.strip():
        raise Invalid(_("Write why."), fields={"reason": [_("Write why.")]})
    with audit.act(
        by=by, verb="project.leave", area=project.commune, subject=project, reason=reason
    ):
        locked(project)
        row = ProjectParticipant.objects.select_related("benefit__programme").get(pk=participant.pk)
        if row.standing not in (_S.TARGET, _S.OTHER):
            raise Invalid(_("This household does not take part."))
        # What ended on the benefit's own page is closed already.
        if row.benefit and row.benefit.state != BenefitState.CLOSED:
            is_served = row.benefit.state == BenefitState.SERVED
            benefits.advance(
                benefit=row.benefit, by=by, acted_on=left_on, reason=reason, own_way=True,
                state=BenefitState.CLOSED if is_served else BenefitState.REFUSED,
            )  # fmt: skip
        row.standing, row.reason = _S.LEFT, reason.strip()[:_LONGEST_REASON]
        row.save()


def take_back(*, participant: ProjectParticipant, reason: str, by: User) -> None:
    """It was taken in by mistake: its benefit stays, and counts nowhere; it may be taken in again.
    Raises Refused, Invalid (no reason, no support, taken back already)."""
    project = participant.project
    if why_not := policies.why_not_keep_project(by, project.commune):
        raise Refused(why_not)
    with transaction.atomic():
        locked(project)
        row = ProjectParticipant.objects.select_related("benefit").get(pk=participant.pk)
        if row.benefit is None:
            raise Invalid(_("This household does not take part."))
        benefits.cancel(benefit=row.benefit, by=by, reason=reason, own_way=True)


def receive(
    *, project: Project, received_on: dt.date, amount_vnd: int, funding: str, by: User
) -> int:
    """The inputs are with the families: every entitled household still on its list has received
    its part, worth `amount_vnd` each. Gives how many. Raises Refused, Invalid (a day to come, the
    project is not approved, no household waits, all together above what was approved)."""
    if reason := policies.why_not_keep_project(by, project.commune):
        raise Refused(reason)
    check_past(received_on, "received_on")
    with audit.act(
        by=by, verb="project.receive", area=project.commune, subject=project,
        details={"amount_vnd": amount_vnd, "on": f"{received_on}"},
    ):  # fmt: skip
        row = locked(project)
        if row.committed_on is None or received_on < row.committed_on:
            raise Invalid(
                _("Inputs come after the decision of approval."),
                fields={"received_on": [_("before the decision of approval")]},
            )
        waiting = list(
            row.participants.filter(
                standing=_S.TARGET, benefit__state=BenefitState.LISTED, joined_on__lte=received_on
            ).select_related("benefit__programme", "benefit__village", "benefit__commune")
        )
        if not waiting:
            raise Invalid(_("No household is on the list for its inputs."))
        _check_sum(row, amount_vnd * len(waiting))
        given = Given(amount_vnd=amount_vnd, funding=funding, number=row.decision_number)
        for part in waiting:
            assert part.benefit
            benefits.advance(
                benefit=part.benefit, state=BenefitState.SERVED, by=by, acted_on=received_on,
                given=given, own_way=True,
            )  # fmt: skip
    return len(waiting)


def _check_sum(project: Project, more_vnd: int) -> None:
    """The families together receive no more than was approved."""
    served = project.participants.filter(benefit__state__in=SERVED_STATES)
    so_far = served.aggregate(sum=Sum("benefit__amount_vnd"))["sum"] or 0
    approved = project.committed_vnd or 0
    if so_far + more_vnd > approved:
        words = _("All households together would receive more than the approved %(sum)s đồng.") % {
            "sum": number_format(approved, force_grouping=True)
        }
        raise Invalid(words, fields={"amount_vnd": [words]})
