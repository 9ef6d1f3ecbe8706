"""A family of four in a village, on a pinned day, with a neighbour and a commune next door."""

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.utils import translation
from pytest_django import Settings

from households.choices import Relation, Role
from households.models import Household, HouseholdCard, Membership
from households.services import cards
from tests.factories import areas, people, users

TODAY = dt.date(2024, 10, 15)
SINCE = people.START


@pytest.fixture
def family(db: None, settings: Settings) -> Iterator[SimpleNamespace]:
    """Head Hòa, wife Mai, son Nam with his wife Lan, all since 1 January 2020."""
    settings.POVREG_TODAY = TODAY
    district = areas.district(areas.province())
    commune = areas.commune(district)
    village = areas.village(commune)
    elsewhere = areas.commune(district, "02011", "Xã Khác")
    hoa, mai, nam, lan = (
        people.person(name, birth_date=dt.date(year, 5, 1))
        for name, year in (
            ("Nông Văn Hòa", 1960),
            ("Lý Thị Mai", 1962),
            ("Nông Văn Nam", 1990),
            ("Hà Thị Lan", 1992),
        )
    )
    household = people.household(village, hoa, mai, nam, lan)
    for person, relation in ((mai, Relation.SPOUSE), (lan, Relation.CHILD_IN_LAW)):
        Membership.objects.filter(person=person).update(relation=relation)
    made = SimpleNamespace(
        household=household, hoa=hoa, mai=mai, nam=nam, lan=lan,
        commune=commune, village=village, next_village=areas.village(commune, "Thôn Hai"),
        elsewhere=elsewhere, far_village=areas.village(elsewhere, "Thôn Xa"),
        officer=users.user("officer", Role.COMMUNE_OFFICER, commune),
        stranger=users.user("stranger", Role.COMMUNE_OFFICER, elsewhere),
        reviewer=users.user("reviewer", Role.REVIEWER, village),
    )  # fmt: skip
    with translation.override("en"):
        yield made
    assert cards_now() == cards_written_anew()


def cards_now() -> list[dict[str, object]]:
    return list(HouseholdCard.objects.order_by("pk").values())


def cards_written_anew() -> list[dict[str, object]]:
    """What the cards say when the register is read again: whatever an act did, they said it."""
    cards.refresh(household_ids=Household.objects.values_list("pk", flat=True))
    return cards_now()


def roster(household: Household) -> dict[str, str]:
    """Who belongs to the household now: name to relation."""
    rows = household.memberships.filter(valid_to__isnull=True).select_related("person")
    return {row.person.full_name: row.relation for row in rows}
