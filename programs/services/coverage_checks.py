"""Settling a benefit that was received without a ground that povreg knows."""

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid, Refused
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices import BenefitState
from programs.choices.coverage import GroundVerdict
from programs.models import Benefit, GroundCheck, HousingCase, ProgrammeTerms
from programs.policies import acting_area
from programs.policies.coverage import why_not_check_ground
from programs.services import benefit_checks, benefits, site_payments
from programs.services.benefit_checks import Given

_LONGEST_NOTE = 300


def check_ground(
    *,
    benefit: Benefit,
    verdict: GroundVerdict,
    note: str,
    by: User,
    terms: ProgrammeTerms | None = None,
) -> GroundCheck:
    """Say what was found of it: the ground `terms` it was given on, that it stays without one, or
    that it was a mistake, which takes it back. `note` says what that rests on.

    A later look may say otherwise, but what was taken back stays so. Raises Refused (no right),
    Invalid (no note, no ground or one of another programme or time, an amount over its ceiling,
    nothing to settle).
    """
    if reason := why_not_check_ground(by, benefit):
        raise Refused(reason)
    note = note.strip()[:_LONGEST_NOTE]
    if not note:
        words = _("Say what the finding rests on.")
        raise Invalid(words, fields={"note": [words]})
    with told_plainly(Benefit, GroundCheck), transaction.atomic():
        row: Benefit = Benefit.objects.select_for_update(of=("self",)).get(pk=benefit.pk)
        earlier = GroundCheck.objects.filter(benefit=row).first()
        _check_open(row, earlier)
        found = _ground(row, terms) if verdict == GroundVerdict.FOUND else None
        with audit.act(
            by=by, verb="benefit.check_ground", area=acting_area(by, row), household=row.household,
            subject=row, reason=note,
            details={"verdict": verdict.value, "ground": found.ground if found else None},
        ):  # fmt: skip
            if verdict == GroundVerdict.TAKEN_BACK:
                benefits.cancel(benefit=row, by=by, reason=note)
            elif row.terms != found:
                row.terms = found
                row.save(update_fields=["terms"])
            check, _is_new = GroundCheck.objects.update_or_create(
                benefit=row,
                defaults={
                    "verdict": verdict, "note": note, "checked_on": clock.today(),
                    "checked_by": by,
                },
            )  # fmt: skip
    return check


def _check_open(row: Benefit, earlier: GroundCheck | None) -> None:
    if row.state == BenefitState.CANCELLED:
        raise Invalid(_("It was taken back already."))
    if row.household_id is None or row.served_on is None:
        raise Invalid(_("Only what a household of the register received is settled here."))
    if row.terms_id is not None and earlier is None:
        raise Invalid(_("A ground is known for it already."))


def _ground(row: Benefit, terms: ProgrammeTerms | None) -> ProgrammeTerms:
    """Of the programme, in force on the day it was received, with its ceiling kept."""
    assert row.served_on is not None
    in_force = row.programme.terms.on(row.served_on)
    if terms is None or not in_force.filter(pk=terms.pk).exists():
        words = _("Choose a ground that was in force on the day it was received.")
        raise Invalid(words, fields={"terms": [words]})
    given = Given(amount_vnd=row.amount_vnd, months=row.months, funding=row.funding)
    benefit_checks.check_amount(row.programme, terms, given)
    case = HousingCase.objects.filter(benefit=row).first()
    if case and (told := site_payments.why_over(case, terms)):
        raise Invalid(told)
    return terms
