"""Money paid for houses and works: a confirmed ceiling is a limit, one in doubt is a warning."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from households.errors import Invalid, Refused
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices.houses import PUBLIC_LINES, PaymentLine, WorksFor
from programs.models import (
    Benefit,
    HousingCase,
    HousingCeiling,
    HousingStep,
    ProgrammeTerms,
    SitePayment,
    WorksProject,
)
from programs.queries import house_ceilings
from programs.services.benefit_checks import check_day
from programs.workflow import VOID_STATES
from programs.workflow.houses import DECIDED

_LONGEST_REASON = 300


@dataclass(frozen=True)
class Paid:
    """One payment, in whole đồng; `number`: of the voucher."""

    paid_on: dt.date
    line: PaymentLine
    amount_vnd: int
    number: str = ""


def pay_house(*, case: HousingCase, paid: Paid, by: User) -> list[str]:
    """Record a payment. Gives warnings: an unconfirmed ceiling or the plan is passed.

    Raises Refused, Invalid (before the decision, a day to come, over a confirmed ceiling, with the
    text it stands in).
    """
    benefit = case.benefit
    if reason := policies.why_not_act_on_benefit(by, benefit):
        raise Refused(reason)
    _check(paid)
    with told_plainly(SitePayment), audit.act(
        by=by, verb="housing.pay", area=benefit.village, household=benefit.household,
        subject=case, details={"line": paid.line, "amount_vnd": paid.amount_vnd},
    ):  # fmt: skip
        row = HousingCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if row.benefit.state in VOID_STATES:
            raise Invalid(_("This house is not built any more."))
        _check_decided(row, paid)
        warnings = _check_ceilings(row, paid)
        SitePayment.objects.create(case=row, recorded_by=by, **vars(paid))
        _note_amount(row.payments.all(), row.benefit)
    return warnings


def _check(paid: Paid) -> None:
    check_day(paid.paid_on)
    if paid.amount_vnd <= 0:
        told = _("A payment is more than nothing.")
        raise Invalid(told, fields={"amount_vnd": [told]})


def _check_decided(row: HousingCase, paid: Paid) -> None:
    step = HousingStep.objects.filter(case=row, stage__code=DECIDED).first()
    if step is None or paid.paid_on < step.reached_on:
        told = _("Nothing is paid before the plan is approved.")
        raise Invalid(told, fields={"paid_on": [told]})


def paid_vnd(payments: Iterable[SitePayment], lines: Sequence[str] = PaymentLine.values) -> int:
    """What counts of these payments, from these lines."""
    return sum(
        one.amount_vnd for one in payments if not one.taken_back_because and one.line in lines
    )


def _check_ceilings(row: HousingCase, paid: Paid) -> list[str]:
    """Warnings. Raises Invalid where a confirmed ceiling is passed."""
    warnings = []
    there = list(row.payments.all())
    for ceiling in HousingCeiling.objects.filter(terms=row.benefit.terms_id, build=row.build):
        lines = house_ceilings.lines_of(ceiling)
        total = paid_vnd(there, lines) + paid.amount_vnd
        if paid.line not in lines or total <= ceiling.ceiling_vnd:
            continue
        told = _over(ceiling, total)
        if not ceiling.doubt:
            raise Invalid(told, fields={"amount_vnd": [told]})
        warnings.append(_("%(told)s The ceiling is not confirmed.") % {"told": told})
    total = paid_vnd(there) + paid.amount_vnd
    if row.planned_vnd is not None and total > row.planned_vnd:
        warnings.append(
            _("Paid together %(paid)s đồng, planned %(planned)s đồng.")
            % {"paid": _vnd(total), "planned": _vnd(row.planned_vnd)}
        )
    return warnings


def why_over(case: HousingCase, terms: ProgrammeTerms) -> str | None:
    """The ceiling that nobody doubts of these terms which the money paid already passes."""
    there = list(case.payments.all())
    for ceiling in HousingCeiling.objects.filter(terms=terms, build=case.build, doubt=""):
        total = paid_vnd(there, house_ceilings.lines_of(ceiling))
        if total > ceiling.ceiling_vnd:
            return _over(ceiling, total)
    return None


def _over(ceiling: HousingCeiling, total: int) -> str:
    whence = PaymentLine(ceiling.line).label if ceiling.line else _("all public money")
    return _("%(build)s, %(line)s: at most %(sum)s đồng (%(basis)s), with this %(total)s đồng.") % {
        "build": ceiling.get_build_display(), "line": whence, "sum": _vnd(ceiling.ceiling_vnd),
        "basis": ceiling.terms.legal_basis, "total": _vnd(total),
    }  # fmt: skip


def _vnd(amount: int) -> str:
    return str(number_format(amount, force_grouping=True))


def _note_amount(payments: Iterable[SitePayment], *benefits: Benefit) -> None:
    """A benefit's amount is the public money paid so far."""
    total = paid_vnd(payments, PUBLIC_LINES)
    for benefit in benefits:
        benefit.amount_vnd = total or None
        benefit.save(update_fields=["amount_vnd"])


def pay_works(*, works: WorksProject, paid: Paid, by: User) -> list[str]:
    """Record a payment of a work. Gives a warning where the plan is passed. Raises Refused,
    Invalid."""
    if reason := policies.why_not_record_benefit(by, works.village):
        raise Refused(reason)
    _check(paid)
    with told_plainly(SitePayment), audit.act(
        by=by, verb="works.pay", area=works.village, subject=works,
        details={"line": paid.line, "amount_vnd": paid.amount_vnd},
    ):  # fmt: skip
        row = WorksProject.objects.select_for_update(of=("self",)).get(pk=works.pk)
        if row.cancelled_because:
            raise Invalid(_("This work was recorded by mistake."))
        if paid.paid_on < row.started_on:
            told = _("Nothing is paid before the work is started.")
            raise Invalid(told, fields={"paid_on": [told]})
        SitePayment.objects.create(works=row, recorded_by=by, **vars(paid))
        _note_works(row)
        total = row.payments.filter(taken_back_because="").aggregate(sum=Sum("amount_vnd"))["sum"]
    if row.planned_vnd is not None and total > row.planned_vnd:
        return [
            _("Paid together %(paid)s đồng, planned %(planned)s đồng.")
            % {"paid": _vnd(total), "planned": _vnd(row.planned_vnd)}
        ]
    return []


def _note_works(row: WorksProject) -> None:
    """Money of a work for one household is its benefit's; that of a village's work is not."""
    if row.serves == WorksFor.HOUSEHOLD:
        served = Benefit.objects.filter(from_works__works=row)
        _note_amount(row.payments.all(), *served.exclude(state__in=sorted(VOID_STATES)))


def take_back(*, payment: SitePayment, by: User, reason: str) -> SitePayment:
    """A payment recorded by mistake: it stays, and counts nowhere. Raises Refused, Invalid (no
    reason, taken back already)."""
    case, works = payment.case, payment.works
    area = case.benefit.village if case else works.village if works else None
    assert area is not None
    if why_not := policies.why_not_record_benefit(by, area):
        raise Refused(why_not)
    reason = reason.strip()[:_LONGEST_REASON]
    if not reason:
        raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
    with audit.act(
        by=by, verb="housing.pay_back" if case else "works.pay_back", area=area,
        household=case.benefit.household if case else None, subject=payment, reason=reason,
    ):  # fmt: skip
        # As who pays: the sums of one house or work are worked out one after the other.
        if case:
            HousingCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
        elif works:
            WorksProject.objects.select_for_update(of=("self",)).get(pk=works.pk)
        row: SitePayment = SitePayment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
        if row.taken_back_because:
            raise Invalid(_("It was taken back already."))
        row.taken_back_because = reason
        row.save(update_fields=["taken_back_because"])
        if case:
            _note_amount(case.payments.all(), case.benefit)
        elif works:
            _note_works(works)
    return row
