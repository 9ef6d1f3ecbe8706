"""What was entered wrongly is put right (đính chính): who a member is; how to call a household."""

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock
from households.choices import HouseholdEventKind, Relation
from households.models import Area, Household, Membership, Person, User
from households.services import audit, people
from households.services.constraint_messages import told_plainly
from households.services.household_acts import roster
from households.services.household_acts.newcomers import Facts
from households.services.household_acts.roster import Done


@transaction.atomic
def correct(
    *,
    household: Household,
    person: Person,
    facts: Facts,
    relation: str,
    by: User,
    takes_number_back: bool = False,
) -> Done:
    """The facts of a member as they always were; the old ones stay in the history.

    A number of None keeps what is stored, unless both numbers are taken back. The relation is
    corrected in place; head is nobody made this way. Raises Refused, Conflict, Invalid (full_name,
    birth_date, personal_id, relation).
    """
    now = roster.standing(household, by)
    row = now.member(person)
    _check(row, facts, relation, now.village, by)
    kept = Facts("", "") if takes_number_back else row.person
    with (
        told_plainly(Person),
        audit.act(
            by=by, verb="member.correct", area=now.village, household=now.household, subject=person
        ),
    ):
        Person.objects.filter(pk=person.pk).update(
            full_name=facts.full_name,
            sex=facts.sex,
            birth_date=facts.birth_date,
            birth_precision=facts.birth_precision,
            ethnic_group=facts.ethnic_group,
            personal_id=facts.personal_id or kept.personal_id,
            old_number=facts.old_number or kept.old_number,
        )
        if relation != row.relation:
            Membership.objects.filter(pk=row.pk).update(relation=relation)
        roster.note(HouseholdEventKind.CORRECTED, now.household, clock.today(), person=person)
        roster.settle(now)
    return Done(now.household)


def _check(row: Membership, facts: Facts, relation: str, village: Area, by: User) -> None:
    if not facts.full_name.strip():
        raise roster.at("full_name", _("The full name is missing."))
    if facts.birth_date and facts.birth_date > clock.today():
        raise roster.at("birth_date", _("This day has not come yet."))
    if (relation == Relation.HEAD) != (row.relation == Relation.HEAD):
        raise roster.at("relation", _("The head is changed by its own step."))
    if refusal := people.why_no_number(facts.personal_id or facts.old_number, village):
        raise roster.at("personal_id", refusal)
    holder = people.holder_of(facts.personal_id or "")
    if holder and holder.pk != row.person_id:
        raise roster.at("personal_id", people.why_held(holder, by))


@transaction.atomic
def set_phone(*, household: Household, phone: str, by: User) -> Done:
    """The telephone number of a household. Raises Refused."""
    now = roster.standing(household, by)
    with audit.act(by=by, verb="household.edit", area=now.village, household=now.household):
        Household.objects.filter(pk=household.pk).update(phone=phone.strip())
    return Done(now.household)
