"""What is wrong with a row of a list, in an officer's words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from households.models import User
from households.models.personal_id import mask_personal_id
from households.templatetags.povreg import number
from programs.choices.benefit_lists import TO_SETTLE, ListState, RowFault
from programs.models import Benefit, BenefitList, BenefitListRow, Programme, ProgrammeTerms
from programs.policies.benefit_lists import why_not_settle_row
from programs.services.benefit_checks import Given, ceiling_of


@dataclass(frozen=True)
class ShownRow:
    """A row with whom it is about, what it says, and what is wrong with it."""

    row: BenefitListRow
    reasons: list[str]
    masked_number: str
    may_settle: bool

    @property
    def ground_of(self) -> Benefit | None:
        """What it recorded, where no ground is known: the row itself may be looked at since."""
        benefit = self.row.benefit
        if benefit is None or self.row.household is None or benefit.household_id is None:
            return None
        benefit.ground_decides = self.row.ground_decides  # type: ignore[attr-defined]
        return benefit

    @property
    def shown_name(self) -> str:
        """Of the register where it is found, else as the list has it."""
        row = self.row
        if row.person:
            return row.person.full_name
        if row.household:
            return row.household.card.head_name or row.household.code
        return row.name


def shown(user: User, listed: BenefitList, rows: list[BenefitListRow]) -> list[ShownRow]:
    """Rows read with their commune and the area of their list."""
    is_recorded = listed.state == ListState.WRITTEN
    return [
        ShownRow(
            row,
            reasons(listed.programme, row),
            mask_personal_id(row.personal_id or ""),
            is_recorded and row.outcome in TO_SETTLE and why_not_settle_row(user, row) is None,
        )
        for row in rows
    ]


def reasons(programme: Programme, row: BenefitListRow) -> list[str]:
    """Each rule it breaks or is warned of, with the text behind it where there is one; or why
    nobody is found."""
    told = [_told(RowFault(one), programme, row) for one in row.faults]
    if row.why_not and not told:
        told.append(str(row.get_why_not_display()))
    return told


def _told(fault: RowFault, programme: Programme, row: BenefitListRow) -> str:
    terms = row.terms
    if fault is RowFault.WRONG_CLASS and terms:
        return _("The list says “%(stated)s”, the register has on this day: %(ground)s.") % {
            "stated": row.stated_ground,
            "ground": terms.name,
        }
    if fault is RowFault.OVER_CEILING and terms and (ceiling := _ceiling(programme, terms, row)):
        return _("At most %(sum)s đồng: %(programme)s, %(ground)s (%(basis)s).") % {
            "sum": number(ceiling),
            "programme": programme.name,
            "ground": terms.name,
            "basis": terms.legal_basis,
        }
    if fault is RowFault.OVER_MONTHS and terms:
        return _("At most %(count)s months a year (%(basis)s).") % {
            "count": terms.months_most,
            "basis": terms.legal_basis,
        }
    return str(fault.label)


def _ceiling(programme: Programme, terms: ProgrammeTerms, row: BenefitListRow) -> int | None:
    """None where it is that of the money of what it would take on, not of the list's."""
    given = Given(months=row.months, funding=row.of_list.funding)
    ceiling = ceiling_of(programme, terms, given)
    return ceiling if ceiling is not None and (row.amount_vnd or 0) > ceiling else None
