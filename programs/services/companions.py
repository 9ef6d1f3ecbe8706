"""Who accompanies a household on its way out of poverty: one at a time, from a day to a day."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid, Refused, Words
from households.models import Area, Assignment, Household, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.models import Companion
from programs.policies.plan_list import why_not_plan
from programs.queries import homes


@dataclass(frozen=True)
class Who:
    """A user of the area, or a person by name with the organisation he comes from."""

    user: User | None = None
    name: str = ""
    organisation: str = ""


def assign(
    *, household: Household, commune: Area, who: Who, valid_from: dt.date, by: User
) -> Companion:
    """From a day on; whoever accompanied it before ends the day before. Raises Refused, Invalid
    (nobody, a user of another area, a day before the one before began or before the household came
    to the commune), Conflict (a time that is taken already)."""
    if reason := why_not_plan(by, commune):
        raise Refused(reason)
    _check(who, commune, valid_from)
    _check_came(household, commune, valid_from)
    with told_plainly(Companion), transaction.atomic():
        locked = Household.objects.select_for_update().get(pk=household.pk)
        before = Companion.objects.filter(household=locked, valid_to__isnull=True).first()
        if before and before.valid_from >= valid_from:
            told = _("The companion before began on %(day)s.") % {
                "day": f"{before.valid_from:%d/%m/%Y}"
            }
            raise Invalid(told, fields={"valid_from": [told]})
        with audit.act(
            by=by, verb="companion.assign", area=commune, household=locked,
            details={"from": str(valid_from), "user": who.user.pk if who.user else None},
        ):  # fmt: skip
            if before:
                before.valid_to = valid_from - dt.timedelta(days=1)
                before.save(update_fields=["valid_to"])
            return Companion.objects.create(
                household=locked, user=who.user,
                outside_name="" if who.user else who.name.strip(),
                organisation="" if who.user else who.organisation.strip(),
                valid_from=valid_from, recorded_by=by,
            )  # fmt: skip


def _check(who: Who, commune: Area, on: dt.date) -> None:
    fields: dict[str, list[Words]] = {}
    if who.user is None and not who.name.strip():
        fields["name"] = [_("Choose a user, or write a name.")]
    if who.user is not None and who.user not in users_of(commune, on):
        fields["user"] = [_("This user does not work in the commune on this day.")]
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)


def _check_came(household: Household, commune: Area, valid_from: dt.date) -> None:
    home = homes.homes([(household.pk, commune.pk)], clock.today()).get((household.pk, commune.pk))
    if home and home.is_elsewhere:
        raise Refused(_("The household lives in another commune now."))
    if home and home.came_on and home.came_on > valid_from:
        told = _("The household lives in this commune since %(day)s.") % {
            "day": f"{home.came_on:%d/%m/%Y}"
        }
        raise Invalid(told, fields={"valid_from": [told]})


def users_of(commune: Area, on: dt.date) -> list[User]:
    """Who works in the commune or one of its villages on a day. One query."""
    there = Area.objects.under(commune).values("pk")
    held = Assignment.objects.on(on).filter(area__in=there)
    found = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(found.order_by("full_name", "username"))
