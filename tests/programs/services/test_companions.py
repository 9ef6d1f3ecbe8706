"""Who accompanies a household: one at a time, from a day to a day."""

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import AuditEvent, Household
from programs.models import Companion
from programs.services import companions
from programs.services.companions import Who
from tests.factories import people, users
from tests.programs.conftest import Land, day

WOMEN = Who(name="Hoàng Thị Đồng Hành", organisation="Hội Liên hiệp Phụ nữ")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-06-01")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def home(land: Land) -> Household:
    return people.household(land.village, people.person())


def assign(land: Land, home: Household, who: Who, since: str) -> Companion:
    return companions.assign(
        household=home, commune=land.commune, who=who, valid_from=day(since), by=land.officer
    )


def test_the_next_one_ends_the_time_of_the_one_before(land: Land, home: Household) -> None:
    assign(land, home, WOMEN, "2024-01-01")
    reviewer = users.user("reviewer", Role.REVIEWER, land.village)
    assign(land, home, Who(user=reviewer), "2024-04-01")
    rows = Companion.objects.values_list("outside_name", "user", "valid_from", "valid_to")
    assert list(rows) == [
        (WOMEN.name, None, day("2024-01-01"), day("2024-03-31")),
        ("", reviewer.pk, day("2024-04-01"), None),
    ]
    acts = AuditEvent.objects.filter(verb="companion.assign", household=home)
    assert acts.count() == 2
    assert WOMEN.name not in str(list(acts.values_list("details", flat=True)))


def test_a_day_before_the_one_before_began_is_refused(land: Land, home: Household) -> None:
    assign(land, home, WOMEN, "2024-04-01")
    for since in ("2024-04-01", "2024-01-01"):
        with pytest.raises(Invalid, match="began on 01/04/2024"):
            assign(land, home, WOMEN, since)
    assert Companion.objects.count() == 1


def test_nobody_and_users_of_elsewhere_are_refused(land: Land, home: Household) -> None:
    with pytest.raises(Invalid, match="Choose a user"):
        assign(land, home, Who(name=" "), "2024-01-01")
    elsewhere = users.user("elsewhere", Role.REVIEWER, land.other_village)
    with pytest.raises(Invalid, match="does not work in the commune"):
        assign(land, home, Who(user=elsewhere), "2024-01-01")
    with pytest.raises(Refused):
        companions.assign(
            household=home, commune=land.commune, who=WOMEN, valid_from=day("2024-01-01"),
            by=users.user("s", Role.COMMUNE_OFFICER, land.other_commune),
        )  # fmt: skip
