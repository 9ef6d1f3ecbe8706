"""Rows of a recorded list that nobody was found for, or that broke a rule, settled one by one: for
somebody of the register, for a person outside of it, or set aside with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households.errors import Conflict, Invalid, Refused
from households.models import Area, Household, Person, User
from households.services import audit
from programs.choices import BenefitState, ProgrammeKind
from programs.choices.benefit_lists import TO_SETTLE, ListState, RowOutcome
from programs.models import Benefit, BenefitListRow
from programs.policies.benefit_lists import why_not_settle_row
from programs.services import benefit_checks, benefits, outside_benefits
from programs.services.benefit_checks import Given
from programs.services.benefit_lists.writing import sent_from
from programs.workflow import SERVED_STATES

_LONGEST_NOTE = 300


def record(
    *, row: BenefitListRow, household: Household, person: Person | None, by: User
) -> Benefit:
    """Record it for the one whom the row is about after all, by the rules of a benefit recorded by
    hand. Raises Refused, Invalid, Conflict (settled already, or the list is not recorded)."""
    with _settled(row, by, RowOutcome.SETTLED) as found:
        _refuse_what_is_there(found, household, person)
        made = benefits.record(
            programme=found.of_list.programme, household=household, person=person, by=by,
            acted_on=found.day, state=BenefitState.SERVED, given=given_of(found),
            without_ground_because=sent_from(found.of_list),
            own_way=True,  # a list of houses built long ago has no steps to be told
        )  # fmt: skip
        found.benefit, found.household, found.person = made, household, person
        found.terms, found.commune, found.village = made.terms, made.commune, made.village
    return made


def _refuse_what_is_there(row: BenefitListRow, household: Household, person: Person | None) -> None:
    """What is on record already is not recorded again: the same contract or card, or the same day
    and sum under no other number."""
    theirs = Benefit.objects.filter(
        programme=row.of_list.programme, household=household, person=person,
        state__in=SERVED_STATES,
    )  # fmt: skip
    same = Q(served_on=row.day, amount_vnd=row.amount_vnd)
    if row.valid_from:
        same |= Q(valid_from=row.valid_from, valid_to=row.valid_to)
    if row.number:
        same &= Q(number__in=["", row.number])
        if row.of_list.programme.kind == ProgrammeKind.LOAN:
            same |= Q(number=row.number)
    if found := theirs.filter(same).first():
        raise Invalid(
            _("It is on record already (%(day)s). Set the row aside.")
            % {"day": f"{found.served_on:%d/%m/%Y}"}
        )


def record_outside(*, row: BenefitListRow, place: Area, ground: str, by: User) -> Benefit:
    """Record it for a person outside the register. Raises as record."""
    with _settled(row, by, RowOutcome.SETTLED) as found:
        made = outside_benefits.record(
            programme=found.of_list.programme, place=place, name=found.name,
            birth_year=found.birth_year, ground=ground, acted_on=found.day, by=by,
            given=given_of(found),
        )  # fmt: skip
        found.benefit, found.commune, found.village = made, made.commune, made.village
    return made


def set_aside(*, row: BenefitListRow, reason: str, by: User) -> None:
    """It is recorded for nobody, because. Raises Refused, Invalid (no reason), Conflict."""
    reason = reason.strip()[:_LONGEST_NOTE]
    if not reason:
        raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
    with _settled(row, by, RowOutcome.SET_ASIDE) as found:
        found.note = reason


def warnings_of(row: BenefitListRow, made: Benefit) -> list[str]:
    """What is told of a row recorded by hand, and refused nothing: a ceiling not confirmed that it
    is over. One query at most."""
    return benefit_checks.warnings_of(row.of_list.programme, made.terms, given_of(row))


def given_of(row: BenefitListRow) -> Given:
    """What the row says was given."""
    return Given(
        amount_vnd=row.amount_vnd, school_year=row.school_year, months=row.months,
        school_level=row.school_level,
        valid_from=row.valid_from, valid_to=row.valid_to, funding=row.of_list.funding,
        number=row.number,
    )  # fmt: skip


@contextmanager
def _settled(row: BenefitListRow, by: User, outcome: RowOutcome) -> Iterator[BenefitListRow]:
    """The open row locked in an act; settled when the block ends well."""
    if reason := why_not_settle_row(by, row):
        raise Refused(reason)
    with audit.act(
        by=by, verb="benefits.settle_row", area=row.commune or row.of_list.area, subject=row,
        details={"outcome": outcome},
    ):  # fmt: skip
        joined = BenefitListRow.objects.select_related("of_list__programme", "of_list__area")
        found = joined.select_for_update(of=("self",)).get(pk=row.pk)
        if found.of_list.state != ListState.WRITTEN:
            raise Conflict(_("Rows are settled once the list is recorded."))
        if found.outcome not in TO_SETTLE:
            raise Conflict(_("It was settled already."))
        is_unread = any(fault.startswith("BAD_") for fault in found.faults)
        if is_unread and outcome == RowOutcome.SETTLED:
            raise Invalid(_("A cell of this row cannot be read: correct it and send it again."))
        yield found
        found.outcome, found.settled_by = outcome, by
        found.settled_at = Now()
        found.save()
