"""What a receiver has otherwise is settled fact by fact, by who may correct the family: taken into
the register, put to the queue of disputed numbers, or looked at and left.

A sheet itself changes nothing. Name, sex, birth date, ethnic group and personal number can be
accepted, as the correction of a member that an officer would type; where somebody lives and how he
is related is changed by the acts that are for it; what a signed review or decision says is only
shown.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import BirthPrecision, Relation
from households.choices.returns import DifferenceState, ReturnState
from households.errors import Conflict, Invalid, Refused
from households.exchange import returned_cells
from households.exchange.returned_cells import FACTS
from households.folding import fold
from households.models import EthnicGroup, Household, Membership, ReturnedDifference, User
from households.models.personal_id import mask_personal_id
from households.services import audit
from households.services.duplicates import disputes
from households.services.household_acts import corrections
from households.services.household_acts.newcomers import Facts


def accept(*, difference: ReturnedDifference, by: User) -> None:
    """Correct the fact of the member as the receiver has it. Raises Refused (no right, or a fact
    that is not corrected so), Conflict (settled, taken back, or changed since it was read), Invalid
    (the number is somebody else's, no such ethnic group)."""
    if difference.field not in FACTS:
        raise Refused(_("This is changed by an act of its own on the household's page."))
    with _settled(difference, DifferenceState.ACCEPTED, "", by) as found:
        row = _member(found)
        person = row.person
        facts = Facts(
            full_name=person.full_name, sex=person.sex, birth_date=person.birth_date,
            birth_precision=person.birth_precision, ethnic_group=person.ethnic_group,
        )  # fmt: skip
        if _told(row, FACTS[found.field]) != found.ours:
            raise Conflict(_("The register was changed since the sheet was read."))
        corrections.correct(
            household=row.household, person=person, facts=_with(facts, found),
            relation=row.relation, by=by,
        )  # fmt: skip


def dispute(*, difference: ReturnedDifference, words: str, by: User) -> None:
    """The number is held by somebody else: put it to the queue. Raises Refused, Invalid (words, or
    nobody holds it), Conflict."""
    if FACTS.get(difference.field) != "personal_id":
        raise Refused(_("Only a personal number is put to the queue as disputed."))
    with _settled(difference, DifferenceState.DISPUTED, words, by) as found:
        row = _member(found)
        disputes.claim(
            person=row.person, household=row.household, number=found.row.personal_id or "",
            words=words, by=by,
        )  # fmt: skip


def settle(*, difference: ReturnedDifference, note: str, by: User) -> None:
    """Looked at: the register stands, or was put right by another act. Raises Refused, Conflict."""
    with _settled(difference, DifferenceState.SETTLED, note, by):
        pass


@contextmanager
def _settled(
    difference: ReturnedDifference, state: DifferenceState, note: str, by: User
) -> Iterator[ReturnedDifference]:
    """The open difference locked in an act; settled when the block ends well."""
    household = difference.row.household
    assert household is not None
    if reason := policies.why_not_change_household(by, household):
        raise Refused(reason)
    with audit.act(
        by=by, verb=f"layout.difference.{state.lower()}", household=household,
        area=household.card.village, subject=difference, details={"field": difference.field},
        reason=note.strip(),
    ):  # fmt: skip
        joined = ReturnedDifference.objects.select_related("row__returned", "row__household")
        found = joined.select_for_update(of=("self",)).get(pk=difference.pk)
        if found.row.returned.state != ReturnState.KEPT:
            raise Conflict(_("The sheet is not kept, or was taken back."))
        if found.state != DifferenceState.OPEN:
            raise Conflict(_("It was settled already by %(who)s.") % {"who": found.settled_by})
        yield found
        ReturnedDifference.objects.filter(pk=found.pk).update(
            state=state, settled_by=by, settled_at=Now(), note=note.strip()
        )


def _member(difference: ReturnedDifference) -> Membership:
    """Whose fact it is: the row's person, or the household's head. Raises Conflict."""
    household: Household | None = difference.row.household
    rows = Membership.objects.on(clock.today()).filter(household=household)
    person_id = difference.row.person_id
    found: Membership | None = (
        (rows.filter(person=person_id) if person_id else rows.filter(relation=Relation.HEAD))
        .select_related("person__ethnic_group", "household")
        .first()
    )
    if found is None:
        raise Conflict(_("The register was changed since the sheet was read."))
    return found


def _told(row: Membership, fact: str) -> str:
    """The fact as a difference shows it."""
    person = row.person
    if fact == "personal_id":
        return mask_personal_id(person.personal_id or "")
    if fact == "birth_date" and person.birth_date:
        is_year = person.birth_precision == BirthPrecision.YEAR
        return str(person.birth_date.year) if is_year else f"{person.birth_date:%d/%m/%Y}"
    return str(getattr(person, fact) or "")


def _with(facts: Facts, difference: ReturnedDifference) -> Facts:
    """The receiver's fact in the place of the register's. Raises Invalid."""
    fact, theirs = FACTS[difference.field], difference.theirs
    if fact == "personal_id":
        return replace(facts, personal_id=difference.row.personal_id)
    if fact == "birth_date":
        if year := returned_cells.year_alone(theirs):
            return replace(
                facts, birth_date=dt.date(year, 1, 1), birth_precision=BirthPrecision.YEAR
            )
        return replace(
            facts, birth_date=returned_cells.day_of(theirs), birth_precision=BirthPrecision.DAY
        )
    if fact == "ethnic_group":
        groups = {fold(one.name): one for one in EthnicGroup.objects.all()}
        if fold(theirs) not in groups:
            raise Invalid(_("The register knows no ethnic group of this name."))
        return replace(facts, ethnic_group=groups[fold(theirs)])
    if fact == "sex":
        return replace(facts, sex=theirs)
    return replace(facts, full_name=theirs)
