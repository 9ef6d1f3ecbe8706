"""The pages of reports, in English, in the days after the lists of 2023 were decided."""

import pytest
from pytest_django import Settings

from tests.reports.services.made import TODAY, Reporting, reporting


@pytest.fixture(autouse=True)
def on_a_day(settings: Settings) -> None:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def made() -> Reporting:
    return reporting()
