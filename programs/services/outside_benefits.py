"""Support of persons outside the register: by name, birth year, commune and what they got it for.

They are counted by their ground, not as an error: most health-insurance cards are for people of
whom povreg holds no family.
"""

import datetime as dt

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.errors import Invalid
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices import BenefitState
from programs.models import Benefit, Programme
from programs.services import recipients
from programs.services.benefit_checks import Given, check_state
from programs.services.recipients import Outsider


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
    is_village = place.level == AreaLevel.VILLAGE
    commune = place.parent if is_village else place
    if commune is None or commune.level != AreaLevel.COMMUNE:
        told = _("Choose a commune or a village.")
        raise Invalid(told, fields={"place": [told]})
    benefit = recipients.of_outsider(
        programme, Outsider(name, birth_year, ground, commune, place if is_village else None),
        state=state, acted_on=acted_on, given=given or Given(), by=by,
    )  # fmt: skip
    check_state(programme, state)
    with told_plainly(Benefit), audit.act(
        by=by, verb="benefit.record_outside", area=place, subject=programme,
        details={"programme": programme.code, "state": state},
    ):  # fmt: skip
        recipients.refuse_twice(benefit)
        benefit.save()
    return benefit
