"""Money paid out for a project, against acceptances, never above what was approved."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from households.errors import Invalid, Refused, Words
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.models import Project, ProjectPayment
from programs.policies import projects as policies
from programs.services.projects import check_past, locked


@dataclass(frozen=True)
class Paid:
    """A payment in whole đồng, with the acceptance it rests on."""

    paid_on: dt.date
    amount_vnd: int
    funding: str
    acceptance_number: str
    accepted_on: dt.date
    note: str = ""


def pay(*, project: Project, paid: Paid, by: User) -> ProjectPayment:
    """Keep a payment. Raises Refused, Invalid (nothing approved, above what was approved, a day to
    come, before the approval or the acceptance), Conflict."""
    if reason := policies.why_not_keep_project(by, project.commune):
        raise Refused(reason)
    check_past(paid.paid_on, "paid_on")
    with (
        told_plainly(ProjectPayment),
        audit.act(
            by=by, verb="project.pay", area=project.commune, subject=project,
            details={"amount_vnd": paid.amount_vnd, "funding": paid.funding},
        ),
    ):  # fmt: skip
        row = locked(project)
        _check(row, paid)
        return ProjectPayment.objects.create(project=row, recorded_by=by, **vars(paid))


def _check(project: Project, paid: Paid) -> None:
    if project.committed_vnd is None or project.committed_on is None:
        raise Invalid(_("Nothing is approved yet: record the decision first."))
    fields: dict[str, list[Words]] = {}
    if paid.funding not in project.programme.funding:
        fields["funding"] = [_("This programme has no such money.")]
    if paid.paid_on < project.committed_on:
        fields["paid_on"] = [_("Before the decision of approval.")]
    if paid.accepted_on > paid.paid_on:
        fields["accepted_on"] = [_("Money is paid against an acceptance, not before it.")]
    left = project.committed_vnd - paid_so_far(project)
    if paid.amount_vnd > left:
        fields["amount_vnd"] = [
            _("Of the approved sum %(sum)s đồng are left.")
            % {"sum": number_format(left, force_grouping=True)}
        ]
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)


def paid_so_far(project: Project) -> int:
    """In đồng. One query."""
    paid = project.payments.filter(void_reason="").aggregate(sum=Sum("amount_vnd"))["sum"]
    return int(paid or 0)


def void(*, payment: ProjectPayment, reason: str, by: User) -> ProjectPayment:
    """Take back what was recorded by mistake; it stays, and counts nowhere. Raises Refused,
    Invalid (no reason, taken back already)."""
    project = payment.project
    if why_not := policies.why_not_keep_project(by, project.commune):
        raise Refused(why_not)
    if not reason.strip():
        raise Invalid(_("Write why."), fields={"reason": [_("Write why.")]})
    with audit.act(
        by=by, verb="project.void_payment", area=project.commune, subject=project, reason=reason
    ):
        row: ProjectPayment = ProjectPayment.objects.select_for_update(of=("self",)).get(
            pk=payment.pk
        )
        if row.void_reason:
            raise Invalid(_("It was taken back already."))
        row.void_reason = reason.strip()[:300]
        row.save(update_fields=["void_reason"])
    return row
