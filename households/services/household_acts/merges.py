"""A household becomes part of another one of the same commune (nhập hộ)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from households.choices import HouseholdEndReason, HouseholdEventKind, Relation
from households.models import Household, User
from households.services import audit, request_forms
from households.services.household_acts import kinship, roster
from households.services.household_acts.roster import Done


@transaction.atomic
def merge(
    *,
    household: Household,
    into: Household,
    head_becomes: str,
    happened_on: dt.date,
    by: User,
) -> Done:
    """All members of `household` join `into`; its head as `head_becomes` (a Relation), the others
    as follows from that (see kinship). The household ends; `other` is the one joined.

    Raises Refused, Invalid (into, head_becomes, happened_on).
    """
    if into.pk == household.pk:
        raise roster.at("into", _("A household cannot be merged with itself."))
    # Locked in one order, so that two officers merging the same two wait instead of deadlocking.
    for one in sorted((household, into), key=lambda one: one.pk):
        Household.objects.select_for_update().get(pk=one.pk)
    now, joined = roster.standing(household, by), roster.standing(into, by)
    if now.commune_id != joined.commune_id:
        raise roster.at("into", _("Only households of one commune are merged; move it first."))
    if not joined.head:
        raise roster.at("into", _("This household has no head in the register."))
    if head_becomes == Relation.HEAD or head_becomes not in Relation.values:
        raise roster.at("head_becomes", _("Say what the head becomes in the other household."))
    starts = [row.valid_from for row in now.members.values()]
    roster.check_day(happened_on, now.home.valid_from, joined.home.valid_from, *starts)
    relations = {
        row.person_id: kinship.joined_through(row.relation, head_becomes)
        for row in now.members.values()
    }
    with audit.act(
        by=by,
        verb="household.merge",
        area=now.village,
        household=now.household,
        details={"into": joined.household.pk, "members": len(relations)},
    ):
        roster.end_before(now.members.values(), happened_on)
        roster.begin(joined.household, relations, happened_on)
        roster.note(HouseholdEventKind.MERGED, now.household, happened_on, other=joined.household)
        roster.end_household(now, happened_on, HouseholdEndReason.MERGED)
        request_forms.follow_merger(now.household, joined.household)
        roster.settle(now, joined.household)
    return Done(now.household, other=joined.household)
