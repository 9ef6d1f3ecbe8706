"""Some members of a household form one of their own in the same village (tách hộ)."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from households.choices import HouseholdEventKind, Relation
from households.models import Household, Membership, Person, Residence, User
from households.services import audit
from households.services.household_acts import kinship, roster
from households.services.household_acts.roster import Done


@transaction.atomic
def split(
    *,
    household: Household,
    members: Collection[Person],
    head: Person,
    happened_on: dt.date,
    by: User,
) -> Done:
    """`members` leave and form a household under `head`, one of them, in the same village.

    Their relations to the new head follow from those to the old one (see kinship). The new
    household is on no list until it is reviewed and decided. `other` is the new household.
    Raises Refused, Invalid (members, head, happened_on).
    """
    now = roster.standing(household, by)
    leaving = _leaving(now, members, head)
    roster.check_day(happened_on, now.home.valid_from, *(row.valid_from for row in leaving))
    old_relation = now.members[head.pk].relation
    relations = {
        row.person_id: kinship.leaving_together(row.relation, old_relation)
        for row in leaving
        if row.person_id != head.pk
    }
    with audit.act(
        by=by,
        verb="household.split",
        area=now.village,
        household=now.household,
        details={"members": len(leaving)},
    ) as event:
        made = Household.objects.create()
        Residence.objects.create(household=made, village=now.village, valid_from=happened_on)
        audit.name_household(event, made)
        roster.end_before(leaving, happened_on)
        roster.begin(made, {head.pk: Relation.HEAD, **relations}, happened_on)
        roster.note(HouseholdEventKind.SPLIT, now.household, happened_on, other=made)
        roster.settle(now, made)
    return Done(now.household, other=made)


def _leaving(now: roster.Standing, members: Collection[Person], head: Person) -> list[Membership]:
    leaving = [now.member(person, "members") for person in members]
    if not leaving:
        raise roster.at("members", _("Choose who leaves."))
    if len(leaving) == len(now.members):
        raise roster.at("members", _("Someone has to stay; for all of them it is a move."))
    if any(row.relation == Relation.HEAD for row in leaving):
        raise roster.at("members", _("The head cannot split off; change the head first."))
    if head.pk not in {row.person_id for row in leaving}:
        raise roster.at("head", _("The new head has to be one of those who leave."))
    return leaving
