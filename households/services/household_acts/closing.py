"""A household is no longer one of the register: moved out, all died, or entered by mistake."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from households.choices import HouseholdEndReason
from households.models import Area, Household, Person, User
from households.queries import act_targets
from households.services import audit
from households.services.constraint_messages import told_plainly
from households.services.household_acts import roster
from households.services.household_acts.roster import Done

#: Reasons one can give; a merger gives its own.
REASONS = (
    HouseholdEndReason.MOVED_OUT,
    HouseholdEndReason.MOVED_BEYOND,
    HouseholdEndReason.ALL_DIED,
    HouseholdEndReason.MISTAKE,
)


@transaction.atomic
def close(
    *,
    household: Household,
    reason: HouseholdEndReason,
    happened_on: dt.date,
    by: User,
    to_commune: Area | None = None,
) -> Done:
    """The household ends; `happened_on` is its last day. Its place on the official list stays
    until the next decision of the commune ends it.

    ALL_DIED records the day as the day of death of everyone left. MOVED_BEYOND names `to_commune`,
    which has no village in povreg yet, so that nobody there can take the household over. Raises
    Refused, Conflict, Invalid (reason, to_commune, happened_on).
    """
    now = roster.standing(household, by)
    if reason not in REASONS:
        raise roster.at("reason", _("Choose why the household ends."))
    _check_commune(now, reason, to_commune)
    starts = [row.valid_from for row in now.members.values()]
    roster.check_day(happened_on, now.home.valid_from, *starts)
    with (
        told_plainly(Person),
        audit.act(
            by=by,
            verb="household.close",
            area=now.village,
            household=now.household,
            details={"reason": reason} | ({"to": to_commune.pk} if to_commune else {}),
        ),
    ):
        if reason == HouseholdEndReason.ALL_DIED:
            Person.objects.filter(pk__in=now.members, died_on__isnull=True).update(
                died_on=happened_on
            )
        roster.end_household(now, happened_on, reason, to_commune)
        roster.settle(now)
    return Done(now.household, moved_to=to_commune)


def _check_commune(
    now: roster.Standing, reason: HouseholdEndReason, to_commune: Area | None
) -> None:
    if reason != HouseholdEndReason.MOVED_BEYOND:
        if to_commune is not None:
            raise roster.at("to_commune", _("A commune is named only where the household moved."))
    elif to_commune is None:
        raise roster.at("to_commune", _("Choose the commune to which the household moved."))
    elif to_commune not in act_targets.communes_without_villages(near=now.village):
        raise roster.at(
            "to_commune",
            _("This commune has villages in povreg: offer it the household, it takes it over."),
        )
