"""Keeping the figures: written anew as a whole, by one at a time."""

import pytest
from pytest_django import Settings

from programs import tasks
from programs.models import CoverageFigure, CoverageSummary
from programs.services import coverage
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given, poor


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")


def test_a_refresh_replaces_what_was_kept(land: Land) -> None:
    home = poor(land)
    units = [(land.commune.pk, land.commune.inner_path)]
    coverage.refresh(communes=units, on=day("2024-10-15"))
    loans = CoverageFigure.objects.filter(programme__code="loan", terms=None)
    assert loans.values_list("entitled", "served").get() == (1, 0)
    given(land, home, "loan")
    coverage.refresh(communes=units, on=day("2024-10-16"))
    assert loans.values_list("entitled", "served").get() == (1, 1)
    assert CoverageSummary.objects.get().counted_for == day("2024-10-16")


def test_the_job_does_all_that_is_not_of_today(land: Land) -> None:
    assert tasks.refresh_coverage() == 2
    assert CoverageSummary.objects.count() == 2
