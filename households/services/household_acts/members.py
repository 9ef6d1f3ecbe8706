"""Members out, and another head: someone leaves or dies, someone else takes the household."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from households.choices import HouseholdEndReason, HouseholdEventKind, Relation
from households.models import Household, Membership, Person, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from households.services.household_acts import kinship, roster
from households.services.household_acts.roster import Done, Standing


@transaction.atomic
def leave(
    *,
    household: Household,
    person: Person,
    happened_on: dt.date,
    by: User,
    new_head: Person | None = None,
) -> Done:
    """A member belongs to the household no longer from that day on (chuyển đi).

    When the head leaves, `new_head` takes over that day. Raises Refused, Invalid (person,
    new_head, happened_on).
    """
    now = roster.standing(household, by)
    row = now.member(person)
    if len(now.members) == 1:
        raise roster.at("person", _("This is the last member; end the household instead."))
    relations = _after(now, row, new_head)
    roster.check_day(happened_on, *_starts(now, row, relations))
    with audit.act(
        by=by, verb="member.leave", area=now.village, household=now.household, subject=person
    ):
        roster.end_before([row], happened_on)
        roster.change_relations(now, relations, happened_on)
        roster.note(HouseholdEventKind.LEFT, now.household, happened_on, person=person)
        roster.settle(now)
    return Done(now.household)


@transaction.atomic
def die(
    *,
    household: Household,
    person: Person,
    happened_on: dt.date,
    by: User,
    new_head: Person | None = None,
) -> Done:
    """A member died (qua đời): the day is the last of his membership.

    When the head died, `new_head` takes over the day after. With the last member the household
    ends. Raises Refused, Conflict, Invalid (person, new_head, happened_on).
    """
    now = roster.standing(household, by)
    row = now.member(person)
    relations = _after(now, row, new_head) if len(now.members) > 1 else {}
    roster.check_day(happened_on, *_starts(now, row, relations))
    if person.birth_date and happened_on < person.birth_date:
        raise roster.at("happened_on", _("The day of death lies before the birth date."))
    with (
        told_plainly(Person),
        audit.act(
            by=by, verb="member.die", area=now.village, household=now.household, subject=person
        ),
    ):
        Person.objects.filter(pk=person.pk).update(died_on=happened_on)
        Membership.objects.filter(pk=row.pk).update(valid_to=happened_on)
        roster.change_relations(now, relations, happened_on + roster.ONE_DAY)
        roster.note(HouseholdEventKind.DIED, now.household, happened_on, person=person)
        if len(now.members) == 1:
            roster.end_household(now, happened_on, HouseholdEndReason.ALL_DIED)
        roster.settle(now)
    return Done(now.household)


@transaction.atomic
def change_head(*, household: Household, new_head: Person, happened_on: dt.date, by: User) -> Done:
    """Another member is the head from that day on (đổi chủ hộ); all relations follow (kinship).

    Raises Refused, Invalid (new_head, happened_on).
    """
    now = roster.standing(household, by)
    row = now.member(new_head, "new_head")
    if row.relation == Relation.HEAD:
        raise roster.at("new_head", _("This member is the head already."))
    relations = _under(now, row)
    roster.check_day(happened_on, *_starts(now, row, relations))
    with audit.act(
        by=by, verb="household.change_head", area=now.village, household=now.household,
        subject=new_head,
    ):  # fmt: skip
        roster.change_relations(now, relations, happened_on)
        roster.note(HouseholdEventKind.HEAD_CHANGED, now.household, happened_on, person=new_head)
        roster.settle(now)
    return Done(now.household)


def _after(now: Standing, gone: Membership, new_head: Person | None) -> dict[int, str]:
    """Relations of those who stay; others only when the head is the one who is gone."""
    if gone.relation != Relation.HEAD:
        return {}
    if new_head is None:
        raise roster.at("new_head", _("This is the head: choose who takes over."))
    if new_head.pk == gone.person_id:
        raise roster.at("new_head", _("Choose another member as the head."))
    relations = _under(now, now.member(new_head, "new_head"))
    relations.pop(gone.person_id)
    return relations


def _under(now: Standing, new_head: Membership) -> dict[int, str]:
    return {
        row.person_id: Relation.HEAD
        if row.pk == new_head.pk
        else kinship.under_new_head(row.relation, new_head.relation)
        for row in now.members.values()
    }


def _starts(now: Standing, row: Membership, relations: dict[int, str]) -> list[dt.date]:
    """From when on the rows hold that the act would end."""
    changed = [
        one.valid_from
        for one in now.members.values()
        if one.person_id in relations and relations[one.person_id] != one.relation
    ]
    return [row.valid_from, *changed]
