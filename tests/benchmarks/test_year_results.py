"""The benchmark of a year's results runs, here over a few benefits; its times say nothing then."""

import pytest

from benchmarks import year_results
from households.services import reference
from households.services.system_user import system_user
from programs.models import YearFigure


@pytest.mark.django_db
def test_the_page_and_the_plain_counting_find_something() -> None:
    reference.load(by=system_user())
    year_results.measure(0.004, requests=2)
    assert YearFigure.objects.exists()
