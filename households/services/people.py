"""Persons: finding them by number, and showing a number in full."""

from django.utils.translation import gettext as _

from households import policies
from households.errors import Refused, Words
from households.models import Area, Household, Membership, Person, User
from households.services import audit


def unmask(*, person: Person, household: Household, by: User) -> str:
    """The full numbers of a member, 12 digits and 9, for one who enters reviews there. Audited each
    time.

    "" when none is known. Raises Refused, also for who has left the household.
    """
    if reason := policies.why_not_unmask(by, household):
        raise Refused(reason)
    lives_there = Membership.objects.filter(
        person=person, household=household, valid_to__isnull=True
    )
    if not lives_there.exists():
        raise Refused(_("This person does not belong to the household."))
    with audit.act(by=by, verb="person.unmask", household=household, subject=person):
        return " · ".join(one for one in (person.personal_id, person.old_number) if one)


def holder_of(number: str) -> Person | None:
    """Who has this personal number, if anyone. One index look-up."""
    return Person.objects.filter(personal_id=number).first() if number else None


def initials(name: str) -> str:
    """What is told of a person of another area: "N. V. H."."""
    return " ".join(f"{word[0].upper()}." for word in name.split())


def where_held(holder: Person, by: User) -> str:
    """Who has a number and where he lives, in full where `by` reads families, else initials and
    the commune alone. Two queries."""
    living = Membership.objects.filter(person=holder, valid_to__isnull=True)
    row = living.select_related("household__card__village__parent").first()
    if row is None:
        return _("%(who)s, who belongs to no household now") % {"who": initials(holder.full_name)}
    village = row.household.card.village
    if not policies.visible_households(by).filter(pk=row.household_id).exists():
        return f"{initials(holder.full_name)}, {village.parent}"
    return f"{holder.full_name}, {village.name}, {village.parent} ({row.household.code})"


def why_held(holder: Person, by: User) -> str:
    """The sentence that refuses a number somebody else has."""
    return _(
        "This personal number belongs to %(who)s. Check it. If it is right, leave it empty here "
        "and put it to the queue as disputed on the household's page."
    ) % {"who": where_held(holder, by)}


def why_no_number(number: object, village: Area) -> Words | None:
    """Why no number is kept of a person of this village: those of the practice area are invented,
    and a real number typed there would lock out its owner."""
    if number and village.is_practice:
        return _("No personal numbers in the practice area; leave it empty.")
    return None
