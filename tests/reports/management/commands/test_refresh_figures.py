"""manage.py refresh_figures: after it nothing is left to be worked out. Transactions are real."""

import io

import pytest
from django.core.management import call_command
from pytest_django import Settings

from programs.models import CoverageSummary, YearSummary
from programs.services import coverage, year_results
from reports.models import CommuneSummary
from reports.services import summaries
from tests.factories import figures
from tests.programs.conftest import day
from tests.programs.tides import wait_for_the_tide


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_is_right_at_the_next_page(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    figures.world()
    wait_for_the_tide()
    call_command("refresh_figures", stdout=io.StringIO())
    assert CommuneSummary.objects.exists()
    assert CoverageSummary.objects.count() == YearSummary.objects.count() == 3
    jobs = (summaries.refresh_changed, coverage.refresh_changed, year_results.refresh_changed)
    assert [refresh_changed() for refresh_changed in jobs] == [0, 0, 0]
