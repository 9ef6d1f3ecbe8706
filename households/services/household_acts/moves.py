"""A household moves to another village of the province (chuyển đi, chuyển đến)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from households.models import Area, Household, User
from households.services import audit
from households.services.household_acts import roster, transfers
from households.services.household_acts.roster import Done


@transaction.atomic
def move(*, household: Household, village: Area, happened_on: dt.date, by: User) -> Done:
    """The household lives in `village` from that day on; its members and its class go with it.

    Into another commune it is only offered: that commune takes it over (see transfers). Raises
    Refused, Invalid (village, happened_on), Conflict (it is offered already).
    """
    now = roster.standing(household, by)
    _check_village(now, village, happened_on)
    roster.check_day(happened_on, now.home.valid_from)
    if village.parent_id != now.commune_id:
        return Done(now.household, offered=transfers.offer(now, village, happened_on, by))
    with audit.act(
        by=by,
        verb="household.move",
        area=now.village,
        household=now.household,
        details={"from": now.village.pk, "to": village.pk},
    ):
        roster.rehome(now, village, happened_on)
        roster.settle(now)
    return Done(now.household)


def _check_village(now: roster.Standing, village: Area, day: dt.date) -> None:
    roster.check_village(village, day)
    if village.pk == now.village.pk:
        raise roster.at("village", _("The household lives in this village already."))
    if village.path.split(".")[0] != now.village.path.split(".")[0]:
        raise roster.at("village", _("This village lies in another province."))
    assert village.parent is not None
    assert now.village.parent is not None
    if village.parent.is_practice != now.village.parent.is_practice:
        raise roster.at("village", _("Households do not move into or out of the practice area."))
