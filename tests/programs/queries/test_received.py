"""The whole history of a household and of a person, across the households he belonged to."""

import pytest

from households.models import Household, Membership, Person
from programs.choices import BenefitState
from programs.models import Benefit, Programme
from programs.queries import received
from tests.factories import people
from tests.programs.conftest import Land, day

ALL = Household.objects.all


def given(
    land: Land, home: Household, on: str, *, person: Person | None = None, state: str = "SERVED"
) -> Benefit:
    served = state == BenefitState.SERVED
    return Benefit.objects.create(
        programme=Programme.objects.get(code="health_card" if person else "loan"), household=home,
        person=person, commune=land.commune, state=state, acted_on=on, recorded_by=land.officer,
        served_on=on if served else None, reason="" if served else "nhầm",
    )  # fmt: skip


@pytest.fixture
def bride(land: Land) -> Person:
    """With her parents until 2023, in a household of the other commune since."""
    bride = people.person("Lý Thị Dâu")
    parents = people.household(land.village, people.person(), bride)
    Membership.objects.filter(person=bride).update(valid_to=day("2023-12-31"))
    husband = people.person("Nông Văn Rể")
    new = people.household(land.other_village, husband)
    Membership.objects.create(
        household=new, person=bride, relation="spouse", valid_from=day("2024-01-01")
    )
    given(land, parents, "2022-03-01", person=bride)
    given(land, parents, "2022-04-01")
    given(land, parents, "2024-04-01")
    given(land, new, "2024-05-01")
    given(land, new, "2023-05-01")
    given(land, new, "2024-06-01", person=husband)
    return bride


def days(rows: list[Benefit]) -> list[str]:
    return [f"{one.acted_on}" for one in rows]


def test_a_person_has_his_own_and_what_his_households_got_while_he_belonged(bride: Person) -> None:
    told = received.of_person(bride, ALL())
    assert days(told.own) == ["2022-03-01"]
    assert days(told.shared) == ["2024-05-01", "2022-04-01"]
    assert told.elsewhere == 0


def test_what_the_reader_may_not_see_is_a_number(land: Land, bride: Person) -> None:
    told = received.of_person(bride, ALL().under(land.other_commune))
    assert (days(told.own), days(told.shared), told.elsewhere) == ([], ["2024-05-01"], 2)
    given(land, Household.objects.earliest("pk"), "2022-05-01", person=bride, state="CANCELLED")
    assert received.of_person(bride, ALL().under(land.other_commune)).elsewhere == 2


def test_a_household_has_what_its_members_of_the_day_got_before(land: Land, bride: Person) -> None:
    now = bride.memberships.latest("valid_from").household
    told = received.of_household(now, day("2024-10-15"), ALL())
    assert days(list(told)) == ["2024-06-01", "2024-05-01", "2023-05-01", "2022-03-01"]
    before = received.of_household(now, day("2023-10-15"), ALL())
    assert "2022-03-01" not in days(list(before))
    own = received.of_household(now, day("2024-10-15"), ALL().under(land.other_commune))
    assert "2022-03-01" not in days(list(own))
