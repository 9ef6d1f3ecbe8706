"""The demonstration's list: recorded once, with a row to settle and one that breaks a rule."""

from pathlib import Path

import pytest
from pytest_django import Settings

from households.services.system_user import system_user
from programs.choices.benefit_lists import ListState
from programs.models import Benefit
from programs.services.demo import benefit_lists
from tests.factories import families, people
from tests.programs.conftest import Land, day


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.POVREG_IMPORTS = tmp_path


def test_it_is_there_once(land: Land) -> None:
    assert benefit_lists.load(by=system_user()) is None
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2023-01-01"))
    listed = benefit_lists.load(by=system_user())
    assert listed
    listed.refresh_from_db()
    assert (listed.state, listed.sent_by) == (ListState.WRITTEN, land.officer)
    assert Benefit.objects.get().household == home
    assert set(listed.rows.values_list("outcome", flat=True)) == {"NEW", "REFUSED", "UNMATCHED"}
    assert benefit_lists.load(by=system_user()) is None
