"""Keeping the figures of years: written anew as a whole, by one at a time."""

import pytest
from pytest_django import Settings

from programs import tasks
from programs.models import YearFigure, YearSummary, YearWanderer
from programs.services import year_results
from tests.factories import people
from tests.factories.money import received
from tests.programs.conftest import Land, day


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")


def test_a_refresh_replaces_what_was_kept_of_every_year(land: Land) -> None:
    home = people.household(land.village, people.person())
    units = [(land.commune.pk, land.commune.inner_path)]
    for on in ("2023-03-01", "2024-03-01"):
        received(home, land.village, land.officer, "loan", on=on)
    for _ in range(2):
        year_results.refresh(communes=units, on=day("2024-10-15"))
        told = YearFigure.objects.filter(line="", ground=None).order_by("year")
        assert list(told.values_list("year", "times")) == [(2023, 1), (2024, 1)]
    assert not YearWanderer.objects.exists()


def test_who_wanders_is_kept_for_all_his_communes(land: Land) -> None:
    home = people.household(land.village, people.person())
    for village in (land.village, land.other_village):
        received(home, village, land.officer, "loan")
    year_results.refresh(
        communes=[(land.commune.pk, land.commune.inner_path)], on=day("2024-10-15")
    )
    kept = YearWanderer.objects.values_list("commune", "recipient", "is_person", "no_labour")
    assert set(kept) == {
        (one.pk, home.pk, False, None) for one in (land.commune, land.other_commune)
    }


def test_the_job_does_all_that_changed(land: Land) -> None:
    assert tasks.refresh_year_results() == 2
    assert YearSummary.objects.count() == 2
