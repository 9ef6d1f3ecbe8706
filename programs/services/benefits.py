"""Recording what was given, or is on its way: refused with the rule it breaks."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from households.errors import Invalid, Refused
from households.models import Household, Person, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices import BenefitState
from programs.models import Benefit, HousingCase, Programme
from programs.services import benefit_checks as checks
from programs.services.benefit_checks import Given
from programs.workflow import SERVED_STATES, next_states

_LONGEST_REASON = 300


def record(
    *,
    programme: Programme,
    household: Household,
    by: User,
    acted_on: dt.date,
    state: BenefitState,
    person: Person | None = None,
    given: Given | None = None,
    without_ground_because: str = "",
) -> Benefit:
    """Record one benefit of a household or (where the programme serves persons) of a member.

    The ground is worked out for the day. Where none holds it is refused with what the programme
    asks, unless `without_ground_because` says why it was given all the same; it then stands on the
    list of those to be checked. Raises Refused (no right there), Invalid (day, person, state,
    ground, amount, a second one of what is given once). About fifteen queries.
    """
    given = given or Given()
    because = without_ground_because.strip()
    place = checks.place(household, acted_on)
    if reason := policies.why_not_record_benefit(by, place):
        raise Refused(reason)
    checks.check_day(acted_on)
    checks.check_person(programme, household, person, acted_on)
    checks.check_state(programme, state)
    terms = checks.ground(programme, household, person, acted_on, excused=bool(because))
    checks.check_amount(programme, terms, given)
    benefit = Benefit(
        programme=programme, terms=terms, household=household, person=person,
        commune=place.parent, village=place, state=state, acted_on=acted_on,
        served_on=acted_on if state in SERVED_STATES else None,
        reason="" if terms else because[:_LONGEST_REASON],
        once=programme.once, recorded_by=by, **vars(given),
    )  # fmt: skip
    with told_plainly(Benefit), audit.act(
        by=by, verb="benefit.record", area=place, household=household, subject=programme,
        details={"programme": programme.code, "state": state, "ground": terms and terms.ground},
    ):  # fmt: skip
        benefit.save()
    return benefit


def advance(
    *, benefit: Benefit, state: BenefitState, by: User, acted_on: dt.date, reason: str = "",
    given: Given | None = None,
) -> Benefit:  # fmt: skip
    """Take a benefit on to its next state. Raises Refused, Invalid (not the next state, a day
    before the last one, a refusal without reason)."""
    return _moved(benefit, state, by, acted_on, reason, given)


def cancel(*, benefit: Benefit, by: User, reason: str) -> Benefit:
    """Take back what was recorded by mistake; it stays, and counts nowhere. Raises Refused,
    Invalid (no reason, taken back already)."""
    if benefit.state == BenefitState.CANCELLED:
        raise Invalid(_("It was taken back already."))
    return _moved(benefit, BenefitState.CANCELLED, by, benefit.acted_on, reason, None)


def _moved(
    benefit: Benefit,
    state: BenefitState,
    by: User,
    acted_on: dt.date,
    reason: str,
    given: Given | None,
) -> Benefit:
    if why_not := policies.why_not_record_benefit(by, benefit.village or benefit.commune):
        raise Refused(why_not)
    reason = reason.strip()[:_LONGEST_REASON]
    with told_plainly(Benefit), transaction.atomic():
        row: Benefit = Benefit.objects.select_for_update(of=("self",)).get(pk=benefit.pk)
        is_mistake = state == BenefitState.CANCELLED
        if not is_mistake and HousingCase.objects.filter(benefit=row).exists():
            raise Invalid(_("A house is taken on step by step, on its own page."))
        if not is_mistake and state not in next_states(row.programme.kind, row.state):
            raise Invalid(_("This does not follow what was recorded before."))
        if state in (BenefitState.REFUSED, BenefitState.CANCELLED) and not reason:
            raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
        if acted_on < row.acted_on:
            raise Invalid(_("This day lies before the step before it."))
        checks.check_day(acted_on)
        if given:
            checks.check_amount(row.programme, row.terms, given)
            for name, value in vars(given).items():
                setattr(row, name, value)
        before, row.state, row.acted_on = row.state, state, acted_on
        row.reason = reason or row.reason
        if state == BenefitState.SERVED:
            row.served_on = acted_on
        with audit.act(
            by=by, verb="benefit.advance", area=row.commune, household=row.household,
            subject=row, details={"from": before, "to": state}, reason=reason,
        ):  # fmt: skip
            row.save()
    return row
