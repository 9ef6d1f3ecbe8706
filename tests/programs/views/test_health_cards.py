"""The page of a commune's health-insurance cards."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from households.choices import PovertyClass
from tests.factories import people
from tests.programs.conftest import Land, day
from tests.programs.queries.test_card_checks import with_card
from tests.programs.support_lists import listed_home
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def page(land: Land, query: str = "") -> str:
    url = reverse("programs:health_cards", args=[land.commune.pk])
    answer = client_of(land.officer).get(url + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_move_between_grounds_is_told_with_both_and_the_day(land: Land) -> None:
    head = people.person("Nông Văn Chuyển")
    home = listed_home(land, head, since=day("2024-07-01"), poverty_class=PovertyClass.NEAR_POOR)
    with_card(land, home, "poor")
    told = page(land, "?show=worse")
    assert "A lower ground holds now: 1" in told
    for word in ("Nông Văn Chuyển", "HN1", "01/07/2024", "100%", "70%"):
        assert word in told


def test_the_first_check_with_somebody_is_shown(land: Land) -> None:
    listed_home(land, people.person("Nông Văn Không"))
    told = page(land)
    assert "Nông Văn Không" in told
    assert "1 person, 1 distinct household" in told


def test_on_an_earlier_day_other_cards_are_valid(land: Land) -> None:
    with_card(land, listed_home(land), valid_from=day("2024-01-01"), valid_to=day("2024-09-30"))
    assert "Entitled, without a valid card: 1" in page(land)
    earlier = page(land, "?on=15/08/2024")
    assert "Entitled, without a valid card: 0" in earlier
    assert "Card ends soon: 1" in earlier


def test_queries_do_not_grow(land: Land) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as made:
            page(land, "?show=worse")
        return len(made)

    def moved() -> None:
        home = listed_home(land, since=day("2024-07-01"), poverty_class=PovertyClass.NEAR_POOR)
        with_card(land, home, "poor")

    moved()
    one = count()
    moved()
    moved()
    assert count() == one <= 46
