"""Benefits about to be written, for members of the register and for persons outside of it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from households.errors import Invalid, Refused, Words
from households.models import Area, Household, Person, User
from programs import policies
from programs.choices import BenefitState
from programs.models import Benefit, Programme
from programs.queries.entitlement import terms_on
from programs.services import benefit_checks as checks
from programs.services.benefit_checks import Given
from programs.workflow import SERVED_STATES

LONGEST_REASON = 300
_OLDEST_YEARS = 120


@dataclass(frozen=True)
class Outsider:
    """A person outside the register; `ground` in words: by what he is counted."""

    name: str
    birth_year: int | None
    ground: str
    commune: Area
    village: Area | None = None


def has_ground(programme: Programme, on: dt.date) -> bool:
    """Whether anybody is entitled by a confirmed ground of the programme at all. One query."""
    return any(one.programme_id == programme.pk and one.decides for one in terms_on(on))


def of_member(
    programme: Programme, household: Household, person: Person | None, *, state: BenefitState,
    acted_on: dt.date, given: Given, because: str, by: User,
) -> Benefit:  # fmt: skip
    """Not saved. A reason is asked only where the programme has a confirmed ground on the day and
    it does not hold. Raises Refused, Invalid (day, person, ground, amount)."""
    place = checks.place(household, acted_on)
    if reason := policies.why_not_record_benefit(by, place):
        raise Refused(reason)
    checks.check_day(acted_on)
    checks.check_person(programme, household, person, acted_on)
    excused = bool(because) or not has_ground(programme, acted_on)
    terms = checks.ground(programme, household, person, acted_on, excused=excused)
    checks.check_amount(programme, terms, given)
    return Benefit(
        programme=programme, terms=terms, household=household, person=person,
        commune=place.parent, village=place, state=state, acted_on=acted_on,
        served_on=acted_on if state in SERVED_STATES else None,
        reason="" if terms else because[:LONGEST_REASON],
        once=programme.once, recorded_by=by, **vars(given),
    )  # fmt: skip


def of_outsider(
    programme: Programme, outsider: Outsider, *, state: BenefitState, acted_on: dt.date,
    given: Given, by: User,
) -> Benefit:  # fmt: skip
    """Not saved. Raises Refused, Invalid (name, birth year, day)."""
    place = outsider.village or outsider.commune
    if reason := policies.why_not_record_benefit(by, place):
        raise Refused(reason)
    checks.check_day(acted_on)
    fields: dict[str, list[Words]] = {}
    if not outsider.name.strip():
        fields["name"] = [_("The full name is missing.")]
    born = outsider.birth_year
    if born is not None and not acted_on.year - _OLDEST_YEARS <= born <= acted_on.year:
        fields["birth_year"] = [_("This birth year cannot be.")]
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)
    return Benefit(
        programme=programme, outside_name=outsider.name.strip(), outside_birth_year=born,
        outside_ground=outsider.ground.strip(), commune=outsider.commune,
        village=outsider.village, state=state, acted_on=acted_on,
        served_on=acted_on if state in SERVED_STATES else None, recorded_by=by, **vars(given),
    )  # fmt: skip
