"""Where households live on a day, and whether that is elsewhere than where something was given."""

import pytest
from pytest_django import DjangoAssertNumQueries

from households.models import Household, Membership
from programs.queries import homes
from tests.factories import areas, people
from tests.factories.money import received
from tests.programs.conftest import Land, day
from tests.programs.movers import lived

TODAY = day("2024-10-15")


@pytest.fixture
def home(land: Land) -> Household:
    return people.household(land.village, people.person())


def told(home: Household, commune: int, on: str = "2024-10-15") -> tuple[int, str, bool] | None:
    found = homes.homes([(home.pk, commune)], day(on)).get((home.pk, commune))
    return found and (found.commune.pk, str(found.came_on), found.is_elsewhere)


def test_who_never_lived_in_another_commune_came_from_nowhere(land: Land, home: Household) -> None:
    lived(home, (land.village, "2022-01-01"), (areas.village(land.commune, "Ba"), "2023-01-01"))
    assert told(home, land.commune.pk) == (land.commune.pk, "None", False)


def test_who_moved_lives_elsewhere_since_the_day_he_came(land: Land, home: Household) -> None:
    near = areas.village(land.other_commune, "Thôn Ba")
    lived(
        home, (land.village, "2022-01-01"), (land.other_village, "2024-03-01"), (near, "2024-05-01")
    )
    assert told(home, land.commune.pk) == (land.other_commune.pk, "2024-03-01", True)
    assert told(home, land.other_commune.pk) == (land.other_commune.pk, "2024-03-01", False)
    assert told(home, land.commune.pk, "2024-02-29") == (land.commune.pk, "None", False)


def test_who_came_back_lives_here_since_he_came_back(land: Land, home: Household) -> None:
    lived(
        home, (land.village, "2022-01-01"), (land.other_village, "2023-01-01"),
        (land.village, "2024-01-01"),
    )  # fmt: skip
    assert told(home, land.commune.pk) == (land.commune.pk, "2024-01-01", False)


def test_what_a_commune_became_is_no_other_commune(land: Land, home: Household) -> None:
    new = areas.merged(land.commune, parent=land.district, on=day("2024-01-01"))
    lived(home, (land.village, "2022-01-01"), (areas.village(new, "Thôn Bốn"), "2024-01-01"))
    assert told(home, land.commune.pk) == (new.pk, "None", False)
    assert told(home, land.other_commune.pk) == (new.pk, "None", True)


def test_who_lives_nowhere_on_the_day_is_left_out(land: Land, home: Household) -> None:
    assert told(home, land.commune.pk, "2000-01-01") is None


def test_a_person_is_followed_into_his_own_household(land: Land, home: Household) -> None:
    child = people.person("Nông Thị Cưới")
    past = Membership.objects.create(
        household=home, person=child, relation="child", valid_from="2022-01-01",
        valid_to="2024-03-31",
    )  # fmt: skip
    husband = people.household(land.other_village, people.person("Vi Văn Chồng"))
    Membership.objects.create(
        household=husband, person=child, relation="spouse", valid_from="2024-04-01"
    )
    card = received(home, land.village, land.officer, "health_card", person=child)
    loan = received(home, land.village, land.officer, "loan")
    found = homes.moved([card, loan], TODAY)
    assert {pk: (one.commune, one.came_on) for pk, one in found.items()} == {
        card.pk: (land.other_commune, day("2024-04-01"))
    }
    assert past.valid_to


def test_a_page_needs_three_queries_however_long(
    land: Land, home: Household, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    given = []
    for _ in range(5):
        who = people.person()
        there = people.household(land.other_village, who)
        given.append(received(there, land.village, land.officer, "health_card", person=who))
    with django_assert_num_queries(3):
        assert len(homes.moved(given, TODAY)) == 5
