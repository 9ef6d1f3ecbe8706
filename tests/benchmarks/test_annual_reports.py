"""The benchmark of annual reports runs, here over a few households; its times say nothing then."""

import pytest

from benchmarks import annual_reports
from tests.factories import figures


@pytest.mark.django_db
def test_the_whole_set_is_made_and_written() -> None:
    world = figures.world()
    ratios = annual_reports.measure(world.rounds[2023], world.province, tries=1, workers=[1])
    assert ratios[1] > 0


def test_a_list_is_written_twice() -> None:
    assert len(annual_reports.measure_list(200)) == 2
