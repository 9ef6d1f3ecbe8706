"""Two editions: the cells that differ, and who made the difference."""

import pytest

from households.errors import DomainError
from reports.choices import FigureStatus
from reports.models import Edition
from reports.services import comparing
from tests.reports.services.made import Reporting, reporting
from tests.reports.services.test_editions import correct

pytestmark = pytest.mark.django_db


def pair(report: str) -> tuple[Reporting, Edition, Edition]:
    made = reporting(decide_last=False)
    first = made.made(report, status=FigureStatus.PRELIMINARY)
    correct(made)
    return made, first, made.made(report, status=FigureStatus.PRELIMINARY)


def test_the_cells_of_every_level_that_differ_are_found() -> None:
    made, first, second = pair("T1")
    found = comparing.compare(first, second).cells
    poor = {key for key, __, column in found if column == "poor_households"}
    assert poor == {made.world.a.pk, made.world.near.pk, made.world.province.pk}
    change = found[made.world.a.pk, "", "poor_households"]
    assert change.difference == 1
    assert not comparing.compare(first, first).cells


def test_who_made_the_difference_is_told_at_every_level() -> None:
    made, first, second = pair("T2")
    new_home = made.world.homes["new_home"].pk
    for unit in (made.world.a, made.world.near, made.world.province):
        (found,) = comparing.households(first, second, (unit.pk, "households", "new_entry"))
        assert (found.household_id, found.before, found.after) == (new_home, 0, 1)
    assert not comparing.households(first, second, (made.world.b.pk, "households", "new_entry"))


def test_a_rate_is_explained_by_the_households_it_counts() -> None:
    made, first, second = pair("T5")
    (found,) = comparing.households(first, second, (made.world.a.pk, "", "toilet"))
    assert found.household_id == made.world.homes["new_home"].pk


def test_a_village_is_explained_by_its_own_households() -> None:
    made = reporting(decide_last=False)
    first = made.made("T1", made.world.a, status=FigureStatus.PRELIMINARY)
    correct(made)
    second = made.made("T1", made.world.a, status=FigureStatus.PRELIMINARY)
    assert comparing.households(first, second, (made.world.a1.pk, "", "poor_households"))
    assert not comparing.households(first, second, (made.world.a2.pk, "", "poor_households"))


def test_editions_of_other_reports_are_not_compared() -> None:
    made = reporting()
    with pytest.raises(DomainError):
        comparing.compare(made.made("T1"), made.made("T2"))
