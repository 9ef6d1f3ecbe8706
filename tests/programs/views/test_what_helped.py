"""The page that sets households with and without support side by side."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from households.models import Household
from households.services import cards
from tests.factories import areas, families, people, reviews, users
from tests.factories.money import received
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

URL = reverse("programs:what_helped")
CELL = reverse("programs:compared_households")


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2025-03-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def helped(land: Land) -> Household:
    """Supported, and off the list by the closing of 2024."""
    home = people.household(land.village, people.person("Nông Thị Ấm"))
    families.on_list(home, land.decision, since=day("2024-01-01"), until=day("2024-12-31"))
    received(home, land.village, land.officer, "loan", ground="poor")
    round = reviews.periodic(land.province, 2024, land.decision.standard)
    families.decided(
        land.commune, round, land.decision.standard, land.officer, since=day("2025-01-01")
    )
    return home


def test_it_warns_shows_who_they_were_and_gives_no_share_of_few(
    land: Land, helped: Household, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(land.officer)
    client.get(URL)
    with django_assert_max_num_queries(20):
        answer = client.get(URL, {"year": 2024})
    found = " ".join(answer.content.decode().split())
    assert "no proof of an effect" in found
    assert "1 of 1: too few households to compare" in found
    assert "Who they were on the first day" in found
    assert "Without labour capacity" in found
    assert land.decision.standard.name_vi in found
    assert "effect of" not in found.replace("no proof of an effect", "")


def test_a_merged_commune_tells_of_the_households_before(
    land: Land, helped: Household, settings: Settings
) -> None:
    settings.POVREG_TODAY = day("2025-10-15")
    made = areas.merged(land.commune, land.other_commune, parent=land.province)
    found = client_of(users.user("moi", Role.COMMUNE_OFFICER, made)).get(URL, {"year": 2024})
    assert "1 of 1: too few households to compare" in " ".join(found.content.decode().split())


def test_the_households_behind_a_cell(land: Land, helped: Household) -> None:
    client = client_of(land.officer)
    cell = {"year": 2024, "began": "POOR", "supported": 1, "outcome": "LEFT"}
    found = client.get(CELL, cell).content.decode()
    assert "Nông Thị Ấm" in found
    assert "Nông Thị Ấm" not in client.get(CELL, cell | {"supported": 0}).content.decode()
    assert client.get(CELL, {"began": "NOBODY", "supported": 1}).status_code == 404
    assert client.get(CELL, cell | {"area": land.other_commune.pk}).status_code == 404


def test_who_moved_away_since_is_only_counted(land: Land, helped: Household) -> None:
    helped.residences.update(valid_to=day("2025-01-31"))
    helped.residences.create(village=land.other_village, valid_from=day("2025-02-01"))
    cards.refresh(household_ids=[helped.pk])
    cell = {"year": 2024, "began": "POOR", "supported": 1}
    found = client_of(land.officer).get(CELL, cell).content.decode()
    assert "Nông Thị Ấm" not in found
    assert "1 more household lives in no area of yours today." in found


def test_a_reviewer_does_not_see_it(land: Land) -> None:
    client = client_of(users.user("rasoat", Role.REVIEWER, land.village))
    assert client.get(URL).status_code == 403
    assert client.get(CELL).status_code == 403
