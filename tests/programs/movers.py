"""Households that move to the other commune."""

import datetime as dt

from households.choices import Role
from households.models import Area, Household, Residence, User
from households.services.household_acts import moves, transfers
from tests.factories import users
from tests.programs.conftest import Land


def other_officer(land: Land) -> User:
    name = "officer-of-the-other"
    known = User.objects.filter(username=name).first()
    return known or users.user(name, Role.COMMUNE_OFFICER, land.other_commune)


def moved(land: Land, home: Household, on: dt.date) -> None:
    """As officers do it: offered by its commune, taken over by the other one."""
    offered = moves.move(
        household=home, village=land.other_village, happened_on=on, by=land.officer
    ).offered
    assert offered is not None
    transfers.accept(transfer=offered, village=land.other_village, by=other_officer(land))


def lived(home: Household, *since: tuple[Area, str]) -> None:
    """In these villages one after the other, each since a day; the first replaces its home."""
    Residence.objects.filter(household=home).delete()
    days = [dt.date.fromisoformat(day) for _, day in since]
    for at, (village, _) in enumerate(since):
        last = days[at + 1] - dt.timedelta(days=1) if at + 1 < len(days) else None
        Residence.objects.create(
            household=home, village=village, valid_from=days[at], valid_to=last
        )
