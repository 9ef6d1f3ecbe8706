"""A household moves to another village of the province (chuyển đi, chuyển đến)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from households.choices import AreaLevel, HouseholdEventKind
from households.models import Area, Household, Residence, User
from households.services import audit
from households.services.household_acts import roster
from households.services.household_acts.roster import Done


@transaction.atomic
def move(*, household: Household, village: Area, happened_on: dt.date, by: User) -> Done:
    """The household lives in `village` from that day on; its members and its class go with it.

    The officer it leaves does it; the officer of another commune then sees it, the giving one
    no longer. Raises Refused, Invalid (village, happened_on).
    """
    now = roster.standing(household, by)
    _check_village(now, village, happened_on)
    roster.check_day(happened_on, now.home.valid_from)
    assert village.parent_id is not None
    with audit.act(
        by=by,
        verb="household.move",
        area=now.village,
        household=now.household,
        details={"from": now.village.pk, "to": village.pk},
    ):
        if now.home.valid_from == happened_on:
            now.home.delete()
        else:
            Residence.objects.filter(pk=now.home.pk).update(valid_to=happened_on - roster.ONE_DAY)
        Residence.objects.create(household=now.household, village=village, valid_from=happened_on)
        roster.note(HouseholdEventKind.MOVED, now.household, happened_on)
        roster.settle(now, communes=[village.parent_id])
    return Done(now.household)


def _check_village(now: roster.Standing, village: Area, day: dt.date) -> None:
    is_there = village.valid_from <= day and (village.valid_to is None or village.valid_to >= day)
    if village.level != AreaLevel.VILLAGE or not is_there:
        raise roster.at("village", _("Choose the village."))
    if village.pk == now.village.pk:
        raise roster.at("village", _("The household lives in this village already."))
    if village.path.split(".")[0] != now.village.path.split(".")[0]:
        raise roster.at("village", _("This village lies in another province."))
    assert village.parent is not None
    assert now.village.parent is not None
    if village.parent.is_practice != now.village.parent.is_practice:
        raise roster.at("village", _("Households do not move into or out of the practice area."))
