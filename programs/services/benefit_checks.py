"""What a benefit must not break: place, day, person, ground, ceiling. Refusals name the rule."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid, Words
from households.models import Area, Household, Person
from programs.choices import AmountPer, BenefitState, Doubt, ProgrammeKind, Recipient
from programs.models import Programme, ProgrammeTerms
from programs.queries import entitlement, house_ceilings
from programs.workflow import states_of


@dataclass(frozen=True)
class Given:
    """What was given: money in whole đồng; `months` of the school year that begins in `school_year`
    at `school_level` (SchoolLevel); `valid_from` to `valid_to` for cards, courses, contracts."""

    amount_vnd: int | None = None
    school_year: int | None = None
    months: int | None = None
    school_level: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    funding: str = ""
    number: str = ""


def place(household: Household, on: dt.date) -> Area:
    homes = household.residences.on(on).select_related("village__parent")
    home = homes.first()
    if home is None or home.village.parent is None:
        raise Invalid(
            _("The household did not live in the province on this day."),
            fields={"acted_on": [_("no home on this day")]},
        )
    village: Area = home.village
    return village


def check_day(acted_on: dt.date) -> None:
    if acted_on > clock.today():
        raise Invalid(
            _("This day is still to come."), fields={"acted_on": [_("This day is still to come.")]}
        )


def check_person(
    programme: Programme, household: Household, person: Person | None, on: dt.date
) -> None:
    if (programme.recipient == Recipient.PERSON) != (person is not None):
        raise Invalid(_("Say which member it is for, where the programme serves persons."))
    if person is None:
        return
    if not household.memberships.on(on).filter(person=person).exists():
        raise Invalid(_("This person did not belong to the household on this day."))
    if person.died_on and person.died_on < on:
        raise Invalid(_("This person had died by this day."))


def check_state(programme: Programme, state: BenefitState) -> None:
    if state not in states_of(programme.kind):
        raise Invalid(_("This programme knows no such state."), fields={"state": [_("wrong")]})


def ground(
    programme: Programme, household: Household, person: Person | None, on: dt.date, *, excused: bool
) -> ProgrammeTerms | None:
    """The best ground that holds on the day. None only where it is `excused` that none does; else
    Invalid with what the programme asks."""
    for one in entitlement.of_household(household.pk, on):
        is_it = one.programme.pk == programme.pk
        if is_it and one.best and (person is None or one.person_id == person.pk):
            return one.best.terms
    if excused:
        return None
    asked = [
        terms
        for terms in entitlement.terms_on(on)
        if terms.programme_id == programme.pk and terms.decides
    ]
    raise Invalid(_not_entitled(programme, asked), fields={"ground": [_("no ground holds")]})


def _not_entitled(programme: Programme, asked: list[ProgrammeTerms]) -> str:
    return _("Not entitled on this day. %(programme)s is for: %(grounds)s.") % {
        "programme": programme.name,
        "grounds": "; ".join(terms.name for terms in asked),
    }


def ceiling_of(programme: Programme, terms: ProgrammeTerms, given: Given) -> int | None:
    """The most that may be given under the terms; None where nothing confirmed says. That of a
    house is a row of its own and binds the money of its line alone."""
    if programme.kind == ProgrammeKind.HOUSING:
        found = house_ceilings.binding([terms.pk], funding=given.funding).get(terms.pk)
        return found.ceiling_vnd if found else None
    if Doubt.WEAK in (terms.doubts.get("ceiling_vnd"), terms.doubts.get("amount_vnd")):
        return None
    if terms.ceiling_vnd is not None or terms.amount_vnd is None:
        return terms.ceiling_vnd
    months = given.months or terms.months_most or 1
    return terms.amount_vnd * months if terms.amount_per == AmountPer.MONTH else None


def check_amount(programme: Programme, terms: ProgrammeTerms | None, given: Given) -> None:
    """A confirmed ceiling is a limit; one in doubt is none."""
    if terms is None:
        return
    fields: dict[str, list[Words]] = {}
    ceiling = ceiling_of(programme, terms, given) if given.amount_vnd is not None else None
    if ceiling is not None and given.amount_vnd is not None and given.amount_vnd > ceiling:
        fields["amount_vnd"] = [_at_most(ceiling, programme, terms)]
    if (
        terms.months_most is not None
        and given.months is not None
        and given.months > terms.months_most
        and terms.doubts.get("months_most") != Doubt.WEAK
    ):
        fields["months"] = [
            _("At most %(count)s months a year (%(basis)s).")
            % {"count": terms.months_most, "basis": terms.legal_basis}
        ]
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)


def _at_most(ceiling: int, programme: Programme, terms: ProgrammeTerms) -> str:
    return _("At most %(sum)s đồng: %(programme)s, %(ground)s (%(basis)s).") % {
        "sum": number_format(ceiling, force_grouping=True),
        "programme": programme.name,
        "ground": terms.name,
        "basis": terms.legal_basis,
    }


def warnings_of(programme: Programme, terms: ProgrammeTerms | None, given: Given) -> list[str]:
    """What refuses nothing and is told: money of a house over a ceiling that nobody has confirmed
    yet. One query for a house, none else."""
    if terms is None or given.amount_vnd is None or programme.kind != ProgrammeKind.HOUSING:
        return []
    found = house_ceilings.binding([terms.pk], funding=given.funding, doubted=True).get(terms.pk)
    if found is None or given.amount_vnd <= found.ceiling_vnd:
        return []
    told = _at_most(found.ceiling_vnd, programme, terms)
    return [_("%(told)s The ceiling is not confirmed.") % {"told": told}]
