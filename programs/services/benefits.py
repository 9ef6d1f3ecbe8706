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
from programs.models import Benefit, Programme
from programs.services import benefit_checks as checks
from programs.services import own_ways, recipients
from programs.services.benefit_checks import Given
from programs.workflow import next_states

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
    own_way: bool = False,
) -> Benefit:
    """Record one benefit of a household or (where the programme serves persons) of a member.

    The ground is worked out for the day. Where the programme has a confirmed ground then and none
    holds, it is refused with what the programme asks, unless `without_ground_because` says why it
    was given all the same; it then stands on the list of those to be checked. `own_way`: the caller
    is the service of the kind's own way (a project), or takes over a list of what was given long
    ago. Raises Refused (no right there), Invalid (a kind with a way of its own, day, person, state,
    ground, amount, a second one of what is given once). About sixteen queries.
    """
    if not own_way:
        own_ways.refuse_plain(programme)
    benefit = recipients.of_member(
        programme, household, person, state=state, acted_on=acted_on, given=given or Given(),
        because=without_ground_because.strip(), by=by,
    )  # fmt: skip
    checks.check_state(programme, state)
    terms = benefit.terms
    with told_plainly(Benefit), audit.act(
        by=by, verb="benefit.record", area=benefit.village, household=household, subject=programme,
        details={"programme": programme.code, "state": state, "ground": terms and terms.ground},
    ):  # fmt: skip
        benefit.save()
    return benefit


def advance(
    *, benefit: Benefit, state: BenefitState, by: User, acted_on: dt.date, reason: str = "",
    given: Given | None = None, own_way: bool = False,
) -> Benefit:  # fmt: skip
    """Take a benefit on to its next state. `own_way`: the caller is the service of the project
    behind it. Raises Refused, Invalid (a house, a work or a project takes it on; not the next
    state, a day before the last one, a refusal without reason)."""
    return _moved(benefit, state, by, acted_on, reason, given, own_way=own_way)


def cancel(*, benefit: Benefit, by: User, reason: str, own_way: bool = False) -> Benefit:
    """Take back what was recorded by mistake; it stays, and counts nowhere. `own_way`: the caller
    is the service of the work or project behind it. Raises Refused, Invalid (a house, a work or a
    project is behind it; no reason, taken back already)."""
    state, day = BenefitState.CANCELLED, benefit.acted_on
    return _moved(benefit, state, by, day, reason, None, own_way=own_way)


def _moved(
    benefit: Benefit,
    state: BenefitState,
    by: User,
    acted_on: dt.date,
    reason: str,
    given: Given | None,
    *,
    own_way: bool,
) -> Benefit:
    if why_not := policies.why_not_act_on_benefit(by, benefit):
        raise Refused(why_not)
    reason = reason.strip()[:_LONGEST_REASON]
    with told_plainly(Benefit), transaction.atomic():
        row = _locked(benefit)
        if row.state == BenefitState.CANCELLED:
            raise Invalid(_("It was taken back already."))
        if not own_way:
            own_ways.refuse_plain_step(row, state)
        is_mistake = state == BenefitState.CANCELLED
        if not is_mistake and state not in next_states(row.programme.kind, row.state):
            raise Invalid(_("This does not follow what was recorded before."))
        if state in (BenefitState.REFUSED, BenefitState.CANCELLED) and not reason:
            raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
        if not is_mistake and acted_on < row.acted_on:
            raise Invalid(_("This day lies before the step before it."))
        checks.check_day(acted_on)
        if given:
            checks.check_amount(row.programme, row.terms, given)
            for name, value in vars(given).items():
                setattr(row, name, value)
        before, row.state = row.state, state
        row.acted_on = row.acted_on if is_mistake else acted_on
        row.reason = reason or row.reason
        if state == BenefitState.SERVED:
            row.served_on = acted_on
        with audit.act(
            by=by, verb="benefit.advance", area=policies.acting_area(by, row),
            household=row.household, subject=row, details={"from": before, "to": state},
            reason=reason,
        ):  # fmt: skip
            row.save()
    return row


def _locked(benefit: Benefit) -> Benefit:
    rows = Benefit.objects.select_for_update(of=("self",))
    row: Benefit = rows.select_related(
        "programme", "terms", "house", "from_works", "participant"
    ).get(pk=benefit.pk)
    return row
