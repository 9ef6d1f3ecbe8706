"""Saying what a pair is: two, or whose number it is. Merging has its own module."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households import policies
from households.choices.duplicates import PairKind, PairState
from households.errors import Conflict, Invalid, Refused
from households.models import DuplicatePair, Household, Person, User
from households.queries import duplicate_sides
from households.queries.duplicate_sides import Side
from households.services import audit
from households.services.constraint_messages import told_plainly


@contextmanager
def settling(
    pair: DuplicatePair, by: User, why: str
) -> Iterator[tuple[DuplicatePair, tuple[Side, Side]]]:
    """The pair and its sides as stored now, the pair locked. Raises Refused, Invalid (why),
    Conflict."""
    said = why.strip()
    with transaction.atomic():
        DuplicatePair.objects.select_for_update().get(pk=pair.pk)
        found = duplicate_sides.with_relations(pair.pk)
        assert found is not None
        sides = duplicate_sides.of_pair(found)
        homes = {side.household.pk: side.household for side in sides}
        # In one order, so that two officers wait instead of deadlocking.
        list(Household.objects.select_for_update().filter(pk__in=homes).order_by("pk"))
        villages = [side.village for side in sides]
        if refusal := policies.why_not_settle_pair(by, villages, homes.values()):
            raise Refused(refusal)
        if found.state != PairState.OPEN:
            raise Conflict(_("It was settled already by %(who)s.") % {"who": found.settled_by})
        if not said:
            raise Invalid(_("Write the reason."), fields={"why": [_("Write the reason.")]})
        yield found, sides


def settle(pair: DuplicatePair, state: PairState, why: str, by: User) -> None:
    """Write what became of it, inside the act that did it."""
    DuplicatePair.objects.filter(pk=pair.pk).update(
        state=state, settled_by=by, settled_at=Now(), why=why.strip()
    )


def not_the_same(*, pair: DuplicatePair, why: str, by: User) -> None:
    """They are two, and are never offered again. Raises Refused, Invalid (why), Conflict."""
    with settling(pair, by, why) as (found, sides):
        a = sides[0]
        with audit.act(
            by=by, verb="duplicate.not_same", area=a.commune, household=a.household, subject=found,
            reason=why,
        ):  # fmt: skip
            settle(found, PairState.NOT_SAME, why, by)


def give_number(*, pair: DuplicatePair, why: str, by: User) -> None:
    """A disputed number belongs to whom it is claimed for: taken from the other, who is somebody
    else and is without a number until he shows his own.

    Raises Refused, Invalid (why), Conflict (settled; the holder's number was changed meanwhile).
    """
    with settling(pair, by, why) as (found, sides):
        if found.kind != PairKind.NUMBER:
            raise Refused(_("No number is disputed here."))
        claimant, holder = _claimant_and_holder(found, sides)
        assert claimant.person is not None
        assert holder.person is not None
        number = holder.person.personal_id
        if not number:
            raise Conflict(_("Nobody holds this number any more; it can be entered now."))
        with (
            told_plainly(Person),
            audit.act(
                by=by, verb="duplicate.give_number", area=claimant.commune,
                household=claimant.household, subject=claimant.person, reason=why,
                details={"from_person": holder.person.pk},
            ),
        ):  # fmt: skip
            Person.objects.filter(pk=holder.person.pk).update(personal_id=None)
            Person.objects.filter(pk=claimant.person.pk).update(personal_id=number)
            settle(found, PairState.NOT_SAME, why, by)


def _claimant_and_holder(pair: DuplicatePair, sides: tuple[Side, Side]) -> tuple[Side, Side]:
    a, b = sides
    return (a, b) if pair.claimed_for_id == pair.person_a_id else (b, a)
