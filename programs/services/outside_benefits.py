"""Support of persons outside the register: by name, birth year, commune and what they got it for.

They are counted by their ground, not as an error: most health-insurance cards are for people of
whom povreg holds no family.
"""

import datetime as dt

from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel
from households.errors import Invalid, Refused, Words
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices import BenefitState
from programs.models import Benefit, Programme
from programs.services import benefit_checks as checks
from programs.services.benefit_checks import Given
from programs.workflow import SERVED_STATES, VOID_STATES

_LONGEST_NAME, _LONGEST_GROUND = 120, 160
_OLDEST_YEAR = 1900


def record(
    *,
    programme: Programme,
    place: Area,
    name: str,
    birth_year: int | None,
    ground: str,
    acted_on: dt.date,
    by: User,
    state: BenefitState = BenefitState.SERVED,
    given: Given | None = None,
) -> Benefit:
    """Record one benefit of a person outside the register. `place`: the commune or village he lived
    in; `ground`: what he got it for, in words.

    Raises Refused (no right there), Invalid (day, state, name, birth year, ground; the same is on
    record already). About eight queries.
    """
    given = given or Given()
    if reason := policies.why_not_record_benefit(by, place):
        raise Refused(reason)
    name, ground = " ".join(name.split()), " ".join(ground.split())
    _check(place, name, birth_year, ground)
    checks.check_day(acted_on)
    checks.check_state(programme, state)
    is_village = place.level == AreaLevel.VILLAGE
    commune = place.parent if is_village else place
    assert commune is not None
    benefit = Benefit(
        programme=programme, outside_name=name, outside_birth_year=birth_year,
        outside_ground=ground, commune=commune, village=place if is_village else None,
        state=state, acted_on=acted_on, served_on=acted_on if state in SERVED_STATES else None,
        recorded_by=by, **vars(given),
    )  # fmt: skip
    with told_plainly(Benefit), audit.act(
        by=by, verb="benefit.record_outside", area=place, subject=programme,
        details={"programme": programme.code, "state": state},
    ):  # fmt: skip
        Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
        _refuse_twice(benefit)
        benefit.save()
    return benefit


def _check(place: Area, name: str, birth_year: int | None, ground: str) -> None:
    faults: dict[str, list[Words]] = {}
    if place.level not in (AreaLevel.COMMUNE, AreaLevel.VILLAGE):
        faults["place"] = [_("Choose a commune or a village.")]
    if not 1 <= len(name) <= _LONGEST_NAME:
        faults["name"] = [_("Write the name.")]
    if birth_year is not None and not _OLDEST_YEAR <= birth_year <= clock.today().year:
        faults["birth_year"] = [_("There is no such birth year.")]
    if not 1 <= len(ground) <= _LONGEST_GROUND:
        faults["ground"] = [_("Write what it is given for: the person is counted by it.")]
    if faults:
        raise Invalid(next(iter(faults.values()))[0], fields=faults)


def _refuse_twice(benefit: Benefit) -> None:
    """The same name, birth year, commune, day and number: one time served, typed twice."""
    same = Benefit.objects.filter(
        programme=benefit.programme, household=None, outside_name__iexact=benefit.outside_name,
        outside_birth_year=benefit.outside_birth_year, commune=benefit.commune,
        acted_on=benefit.acted_on, number=benefit.number,
    ).exclude(state__in=VOID_STATES)  # fmt: skip
    if same.exists():
        raise Invalid(_("The same support of this person is on record already."))
