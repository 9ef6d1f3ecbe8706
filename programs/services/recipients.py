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
from programs.workflow import SERVED_STATES, VOID_STATES

LONGEST_REASON = 300
_LONGEST_NAME, _LONGEST_GROUND = 120, 160
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
    """Not saved. Raises Refused, Invalid (name, birth year, ground, day)."""
    place = outsider.village or outsider.commune
    if reason := policies.why_not_record_benefit(by, place):
        raise Refused(reason)
    name, ground = " ".join(outsider.name.split()), " ".join(outsider.ground.split())
    born = outsider.birth_year
    faults: dict[str, list[Words]] = {}
    if not 1 <= len(name) <= _LONGEST_NAME:
        faults["name"] = [_("Write the name.")]
    if born is not None and not acted_on.year - _OLDEST_YEARS <= born <= acted_on.year:
        faults["birth_year"] = [_("There is no such birth year.")]
    if not 1 <= len(ground) <= _LONGEST_GROUND:
        faults["ground"] = [_("Write what it is given for: the person is counted by it.")]
    if faults:
        raise Invalid(next(iter(faults.values()))[0], fields=faults)
    checks.check_day(acted_on)
    return Benefit(
        programme=programme, outside_name=name, outside_birth_year=born, outside_ground=ground,
        commune=outsider.commune, village=outsider.village, state=state, acted_on=acted_on,
        served_on=acted_on if state in SERVED_STATES else None, recorded_by=by, **vars(given),
    )  # fmt: skip


def refuse_twice(benefit: Benefit) -> None:
    """The same name, birth year, commune, day and number: one time served, typed twice. Within the
    transaction that saves it; two of a programme wait for each other. Raises Invalid."""
    Programme.objects.select_for_update(no_key=True).get(pk=benefit.programme_id)
    same = Benefit.objects.filter(
        programme=benefit.programme, household=None, outside_name__iexact=benefit.outside_name,
        outside_birth_year=benefit.outside_birth_year, commune=benefit.commune,
        acted_on=benefit.acted_on, number=benefit.number,
    ).exclude(state__in=VOID_STATES)  # fmt: skip
    if same.exists():
        raise Invalid(_("The same support of this person is on record already."))
