"""A household is no longer one of the province: moved out, all died, or entered by mistake."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from households.choices import HouseholdEndReason
from households.models import Household, Person, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from households.services.household_acts import roster
from households.services.household_acts.roster import Done

#: Reasons one can give; a merger gives its own.
REASONS = (HouseholdEndReason.MOVED_OUT, HouseholdEndReason.ALL_DIED, HouseholdEndReason.MISTAKE)


@transaction.atomic
def close(
    *, household: Household, reason: HouseholdEndReason, happened_on: dt.date, by: User
) -> Done:
    """The household ends; `happened_on` is its last day. Its place on the official list stays
    until the next decision of the commune ends it.

    ALL_DIED records the day as the day of death of everyone left. Raises Refused, Conflict,
    Invalid (reason, happened_on).
    """
    now = roster.standing(household, by)
    if reason not in REASONS:
        raise roster.at("reason", _("Choose why the household ends."))
    starts = [row.valid_from for row in now.members.values()]
    roster.check_day(happened_on, now.home.valid_from, *starts)
    with (
        told_plainly(Person),
        audit.act(
            by=by,
            verb="household.close",
            area=now.village,
            household=now.household,
            details={"reason": reason},
        ),
    ):
        if reason == HouseholdEndReason.ALL_DIED:
            Person.objects.filter(pk__in=now.members, died_on__isnull=True).update(
                died_on=happened_on
            )
        roster.end_household(now, happened_on, reason)
        roster.settle(now)
    return Done(now.household)
