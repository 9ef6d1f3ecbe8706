"""A personal number that somebody else holds, put to the queue so that its owner is not locked
out: the holder keeps it until who is responsible for both has decided."""

import re
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from households import policies
from households.choices.duplicates import PairKind, PairState
from households.errors import Conflict, Invalid, Refused, Words
from households.models import DuplicatePair, Household, Membership, Person, User
from households.services import audit, people

_NUMBER: Final = re.compile(r"\d{12}", re.ASCII)


@transaction.atomic
def claim(
    *, person: Person, household: Household, number: str, words: str, by: User
) -> DuplicatePair:
    """`person`, a member of `household`, is said to own this number that the register has for
    somebody else. The number itself is not kept beside it: the holder has it.

    Raises Refused, Invalid (number, words), Conflict (in the queue already, or decided).
    """
    if refusal := policies.why_not_change_household(by, household):
        raise Refused(refusal)
    lives_there = Membership.objects.filter(person=person, household=household, valid_to=None)
    if not lives_there.exists():
        raise Refused(_("This person does not belong to the household."))
    holder = _holder(number, person)
    if not words.strip():
        raise _at("words", _("Write what shows that the number is this person's."))
    a, b = (person, holder) if person.pk < holder.pk else (holder, person)
    known = DuplicatePair.objects.filter(kind=PairKind.NUMBER, person_a=a, person_b=b)
    if found := known.select_related("settled_by").first():
        if found.state == PairState.OPEN:
            raise Conflict(_("This number is in the queue already."))
        raise Conflict(_("It was settled already by %(who)s.") % {"who": found.settled_by})
    homes = {person.pk: household, holder.pk: _home_of(holder) or household}
    with audit.act(
        by=by, verb="duplicate.claim_number", household=household, subject=person,
        area=household.card.village.parent, reason=words,
    ):  # fmt: skip
        return DuplicatePair.objects.create(
            kind=PairKind.NUMBER,
            person_a=a,
            person_b=b,
            household_a=homes[a.pk],
            household_b=homes[b.pk],
            claimed_for=person,
            claim=words.strip(),
        )


def _holder(number: str, person: Person) -> Person:
    digits = re.sub(r"[\s.]", "", number)
    if not _NUMBER.fullmatch(digits):
        raise _at("number", _("A personal number has 12 digits."))
    holder = people.holder_of(digits)
    if holder is None:
        raise _at("number", _("Nobody holds this number; enter it as a correction of the member."))
    if holder.pk == person.pk:
        raise _at("number", _("The register has this number for this very person."))
    return holder


def _home_of(holder: Person) -> Household | None:
    """Where the holder lives, or lived last."""
    rows = Membership.objects.filter(person=holder).select_related("household")
    last = rows.order_by("-valid_from").first()
    return last.household if last else None


def _at(field: str, sentence: Words) -> Invalid:
    return Invalid(sentence, fields={field: [sentence]})
