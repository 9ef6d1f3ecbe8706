"""Jobs found and work abroad: the contract, the wage, the departure."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from households.errors import Invalid, Refused, Words
from households.models import Household, Person, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices import BenefitState, ProgrammeKind
from programs.choices.employment import EmploymentKind
from programs.models import Benefit, Employment, Programme
from programs.services import recipients
from programs.services.benefit_checks import Given, check_amount
from programs.services.recipients import Outsider

JOB_KINDS = (ProgrammeKind.JOB, ProgrammeKind.LABOUR_EXPORT)


@dataclass(frozen=True)
class Contract:
    """What is said of the work. The wage in whole đồng a month. `country` of work abroad alone."""

    kind: EmploymentKind
    employer: str = ""
    workplace: str = ""
    country: str = ""
    wage_vnd: int | None = None
    costs_supported: str = ""


@dataclass(frozen=True)
class Member:
    """Who works, of the register."""

    household: Household
    person: Person


def programme_of(kind: EmploymentKind) -> Programme:
    """Raises Invalid: the programme is not loaded."""
    is_abroad = kind == EmploymentKind.ABROAD
    wanted = ProgrammeKind.LABOUR_EXPORT if is_abroad else ProgrammeKind.JOB
    found = Programme.objects.filter(kind=wanted).order_by("pk").first()
    if found is None:
        raise Invalid(_("The programme of jobs is not loaded."))
    return found


def record(
    *,
    who: Member | Outsider,
    contract: Contract,
    state: BenefitState,
    acted_on: dt.date,
    given: Given,
    because: str = "",
    by: User,
) -> Benefit:
    """Record a job, or work abroad. `acted_on`: the first working day, the departure, or (LISTED)
    the day it was put on the list.

    Raises Refused, Invalid (day, person, ground, wage, country), Conflict. About fifteen queries.
    """
    programme = programme_of(contract.kind)
    because = because.strip()
    _check(programme, contract)
    if isinstance(who, Outsider):
        benefit = recipients.of_outsider(
            programme, who, state=state, acted_on=acted_on, given=given, by=by
        )
    else:
        benefit = recipients.of_member(
            programme, who.household, who.person, state=state, acted_on=acted_on, given=given,
            because=because, by=by,
        )  # fmt: skip
    with told_plainly(Benefit, Employment), audit.act(
        by=by, verb="benefit.record", area=benefit.village or benefit.commune,
        household=benefit.household, subject=programme,
        details={"programme": programme.code, "state": str(state), "kind": str(contract.kind)},
    ):  # fmt: skip
        if isinstance(who, Outsider):
            recipients.refuse_twice(benefit)
        benefit.save()
        Employment.objects.create(benefit=benefit, **_columns(contract))
    return benefit


def change(*, benefit: Benefit, contract: Contract, given: Given, by: User) -> Employment:
    """Say it otherwise, or for a job that was recorded without. Raises Refused, Invalid (the other
    programme's kind, wage, country), Conflict."""
    if reason := policies.why_not_act_on_benefit(by, benefit):
        raise Refused(reason)
    with told_plainly(Benefit, Employment), transaction.atomic():
        rows = Benefit.objects.select_related("programme", "terms")
        row: Benefit = rows.select_for_update(of=("self",)).get(pk=benefit.pk)
        if row.programme.kind not in JOB_KINDS:
            raise Invalid(_("This is no job."))
        _check(row.programme, contract)
        check_amount(row.programme, row.terms, given)
        with audit.act(
            by=by, verb="employment.change", area=policies.acting_area(by, row),
            household=row.household, subject=row,
        ):  # fmt: skip
            for name in ("amount_vnd", "funding", "number", "valid_from", "valid_to"):
                setattr(row, name, getattr(given, name))
            row.save()
            found, _made = Employment.objects.update_or_create(
                benefit=row, defaults=_columns(contract)
            )
    return found


def _check(programme: Programme, contract: Contract) -> None:
    fields: dict[str, list[Words]] = {}
    is_abroad = contract.kind == EmploymentKind.ABROAD
    if is_abroad != (programme.kind == ProgrammeKind.LABOUR_EXPORT):
        fields["kind"] = [_("Work abroad and other jobs are two programmes.")]
    if is_abroad and not contract.country.strip():
        fields["country"] = [_("Write the country.")]
    if contract.wage_vnd is not None and contract.wage_vnd < 0:
        fields["wage_vnd"] = [_("Money cannot be negative.")]
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)


def _columns(contract: Contract) -> dict[str, Any]:
    told = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(contract).items()
    }
    return told | {"country": told["country"] if contract.kind == EmploymentKind.ABROAD else ""}
