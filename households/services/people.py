"""Persons: finding them by number, and showing a number in full."""

from django.utils.translation import gettext as _

from households import policies
from households.errors import Refused, Words
from households.models import Area, Household, Membership, Person, User
from households.services import audit


def unmask(*, person: Person, household: Household, by: User) -> str:
    """The full personal number of a member, for one who enters reviews there. Audited each time.

    "" when no number is known. Raises Refused, also for who has left the household.
    """
    if reason := policies.why_not_unmask(by, household):
        raise Refused(reason)
    lives_there = Membership.objects.filter(
        person=person, household=household, valid_to__isnull=True
    )
    if not lives_there.exists():
        raise Refused(_("This person does not belong to the household."))
    with audit.act(by=by, verb="person.unmask", household=household, subject=person):
        return person.personal_id or ""


def holder_of(number: str) -> Person | None:
    """Who has this personal number, if anyone. One index look-up."""
    return Person.objects.filter(personal_id=number).first() if number else None


def why_no_number(number: object, village: Area) -> Words | None:
    """Why no number is kept of a person of this village: those of the practice area are invented,
    and a real number typed there would lock out its owner."""
    if number and village.is_practice:
        return _("No personal numbers in the practice area; leave it empty.")
    return None
