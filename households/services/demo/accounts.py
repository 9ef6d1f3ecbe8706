"""The demonstration's villages and the accounts of the people who work in them."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.errors import Invalid
from households.models import Area, Assignment, User
from households.services import areas, audit
from households.services.demo import story
from households.services.demo.logins import LOGINS, Login
from households.services.demo.people import places


def open_villages(*, by: User, valid_from: dt.date) -> None:
    """The invented villages, under their real communes."""
    for place in places():
        areas.add_village(
            commune=_unit(place.commune_code),
            name=place.village,
            valid_from=valid_from,
            by=by,
            source=_("Demonstration, invented"),
        )


def open_accounts(*, by: User, valid_from: dt.date) -> dict[str, User]:
    """One user with one assignment per login, keyed by user name. One act."""
    with audit.act(by=by, verb="demo.accounts"):
        users = User.objects.bulk_create(
            User(
                username=login.username,
                full_name=login.full_name,
                password=make_password(login.password),
            )
            for login in LOGINS
        )
        Assignment.objects.bulk_create(
            Assignment(user=user, role=login.role, area=_place(login), valid_from=valid_from)
            for user, login in zip(users, LOGINS, strict=True)
        )
    return {user.username: user for user in users}


def _place(login: Login) -> Area:
    unit = _unit(login.area_code)
    if not login.village:
        return unit
    village: Area = Area.objects.get(parent=unit, name=login.village)
    return village


def _unit(code: str) -> Area:
    """The unit with a code on the demonstration's day; a code's length tells its level."""
    coded = Area.objects.on(story.today()).exclude(level=AreaLevel.VILLAGE)
    unit: Area | None = coded.filter(code=code).first()
    if unit is None:
        raise Invalid(_("Load the reference data first."))
    return unit
