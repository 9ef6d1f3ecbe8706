"""The lists of the demonstration."""

import pytest
from pytest_django import Settings

from households.services.system_user import system_user
from programs.choices.support_lists import ListState
from programs.models import Benefit, SupportList
from programs.services.demo import support_lists as demo
from tests.programs.conftest import Land, day
from tests.programs.support_lists import listed_home


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")


def test_two_lists_come_of_it_and_a_second_run_adds_none(land: Land) -> None:
    for _number in range(6):
        listed_home(land)
    for _run in range(2):
        demo.load(by=system_user())
    states = dict(SupportList.objects.values_list("programme__code", "state"))
    assert states == {"health_card": ListState.HANDED_OVER, "loan": ListState.DRAFT}
    assert Benefit.objects.filter(state="SERVED").count() == 5
    assert Benefit.objects.filter(state="LISTED").count() == 1


def test_without_families_there_is_nothing_to_list(land: Land) -> None:
    demo.load(by=system_user())
    assert not SupportList.objects.exists()
