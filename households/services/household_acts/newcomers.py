"""Who joins a household (sinh, chuyển đến, về ở): a person the register knows, or a new one."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from households.choices import BirthPrecision, HouseholdEventKind, Relation
from households.folding import fold
from households.models import EthnicGroup, Household, Membership, Person, User
from households.services import audit, people
from households.services.constraint_messages import told_plainly
from households.services.duplicates import finding
from households.services.household_acts import roster
from households.services.household_acts.roster import Done


@dataclass(frozen=True)
class Facts:
    """Who a person is. `personal_id`, `old_number` None: not known."""

    full_name: str
    sex: str
    birth_date: dt.date | None = None
    birth_precision: str = BirthPrecision.DAY
    ethnic_group: EthnicGroup | None = None
    personal_id: str | None = None
    old_number: str | None = None


@transaction.atomic
def join(
    *, household: Household, facts: Facts, relation: str, happened_on: dt.date, by: User
) -> Done:
    """A person belongs to the household from that day on.

    A personal number that the register knows means that person, if name and birth date agree
    and he belongs nowhere now; so does the name and birth date of a former member. Everyone
    else is entered as new. Raises Refused, Conflict, Invalid (personal_id, full_name, relation,
    birth_date, happened_on).
    """
    now = roster.standing(household, by)
    _check_relation(now, relation)
    _check_not_there(now, facts)
    if refusal := people.why_no_number(facts.personal_id or facts.old_number, now.village):
        raise roster.at("personal_id", refusal)
    known = _by_number(facts, by) or _former_member(now, facts)
    roster.check_day(happened_on, now.home.valid_from, *_free_from(known))
    if facts.birth_date and happened_on < facts.birth_date:
        raise roster.at("happened_on", _("The person was not born yet on that day."))
    with (
        told_plainly(Person, Membership),
        audit.act(by=by, verb="member.join", area=now.village, household=now.household),
    ):
        person = known or Person.objects.create(
            full_name=facts.full_name,
            sex=facts.sex,
            birth_date=facts.birth_date,
            birth_precision=facts.birth_precision,
            ethnic_group=facts.ethnic_group,
            personal_id=facts.personal_id,
            old_number=facts.old_number,
        )
        roster.begin(now.household, {person.pk: relation}, happened_on)
        roster.note(HouseholdEventKind.JOINED, now.household, happened_on, person=person)
        roster.settle(now)
        finding.note(person)
    return Done(now.household)


def _check_relation(now: roster.Standing, relation: str) -> None:
    if relation == Relation.HEAD and now.head:
        raise roster.at("relation", _("The household has a head; change the head afterwards."))
    if relation != Relation.HEAD and not now.head:
        raise roster.at("relation", _("The household has no head; enter the head first."))


def _check_not_there(now: roster.Standing, facts: Facts) -> None:
    """The same page sent twice must not make two children of one."""
    if any(_is_same(row.person, facts) for row in now.members.values()):
        raise roster.at("full_name", _("A member with this name and birth date is there already."))


def _by_number(facts: Facts, by: User) -> Person | None:
    """The holder of the number, where he is this person and free to join."""
    holder = people.holder_of(facts.personal_id or "")
    if holder is None:
        return None
    if not _is_same(holder, facts):
        raise roster.at("personal_id", people.why_held(holder, by))
    if holder.memberships.filter(valid_to__isnull=True).exists():
        raise roster.at(
            "personal_id",
            _("This person belongs to a household and has to leave that one first: %(who)s.")
            % {"who": people.where_held(holder, by)},
        )
    if holder.died_on:
        raise roster.at("personal_id", _("The register knows this person as deceased."))
    return holder


def _former_member(now: roster.Standing, facts: Facts) -> Person | None:
    if facts.personal_id or not facts.birth_date:
        return None
    former = Person.objects.filter(
        memberships__household=now.household, birth_date=facts.birth_date, died_on__isnull=True
    ).distinct()
    return next(
        (
            one
            for one in former
            if _is_same(one, facts) and not one.memberships.filter(valid_to__isnull=True).exists()
        ),
        None,
    )


def _is_same(person: Person, facts: Facts) -> bool:
    if fold(person.full_name) != fold(facts.full_name) or person.sex != facts.sex:
        return False
    known = (person.birth_date, facts.birth_date)
    if None in known:
        return True
    if BirthPrecision.YEAR in (person.birth_precision, facts.birth_precision):
        return known[0].year == known[1].year  # type: ignore[union-attr]
    return known[0] == known[1]


def _free_from(person: Person | None) -> list[dt.date]:
    """The day after the person's last membership anywhere."""
    if person is None:
        return []
    ends = person.memberships.filter(valid_to__isnull=False).values_list("valid_to", flat=True)
    return [end + roster.ONE_DAY for end in ends]
