"""Targets are dated: a later decision stands beside the earlier one."""

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import User
from programs.choices.money import Counted
from programs.models import Target
from programs.queries.reach import Reach
from programs.queries.targets import revisions, targets_of
from programs.services import targets
from programs.services.targets import Aim, PlanDecision
from tests.factories import users
from tests.factories.money import programme
from tests.programs.conftest import Land, day


@pytest.fixture(autouse=True)
def on_a_day(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")


@pytest.fixture
def department(land: Land) -> User:
    return users.user("so", Role.DEPARTMENT, land.province)


def put(
    by: User, *aims: Aim, number: str = "1/QĐ", on: str = "2024-01-05",
    counts: Counted = Counted.HOUSES,
) -> int:  # fmt: skip
    return targets.set_targets(
        programme=programme("housing"), year=2024, counts=counts, aims=aims,
        decision=PlanDecision(number, day(on)), by=by,
    )  # fmt: skip


def planned(land: Land, on: str) -> dict[int, tuple[int, bool]]:
    found = targets_of(
        2024,
        [Reach.alone(one) for one in (land.district, land.commune, land.other_commune)],
        day(on),
    )
    return {
        area: (one.number, one.target is not None) for (_programme, area), (one,) in found.items()
    }


def test_a_revision_counts_from_its_day_and_the_first_stays(land: Land, department: User) -> None:
    assert put(department, Aim(land.commune, 10), Aim(land.other_commune, 4)) == 2
    assert put(department, Aim(land.commune, 12), number="5/QĐ", on="2024-06-01") == 1
    assert planned(land, "2024-05-31") == {
        land.district.pk: (14, False),
        land.commune.pk: (10, True),
        land.other_commune.pk: (4, True),
    }
    assert planned(land, "2024-06-01")[land.commune.pk] == (12, True)
    assert planned(land, "2024-01-04") == {}
    kept = revisions(programme("housing"), 2024, land.commune)
    assert [row.number for row in kept] == [12, 10]


def test_an_own_number_goes_before_the_sum_of_those_below(land: Land, department: User) -> None:
    put(department, Aim(land.commune, 10), Aim(land.district, 20))
    assert planned(land, "2024-06-01")[land.district.pk] == (20, True)


def test_the_same_again_changes_nothing_and_the_same_decision_corrects(
    land: Land, department: User
) -> None:
    assert put(department, Aim(land.commune, 10)) == 1
    assert put(department, Aim(land.commune, 10)) == 0
    assert put(department, Aim(land.commune, 11)) == 1
    assert Target.objects.get().number == 11


def test_what_is_refused(land: Land, department: User) -> None:
    with pytest.raises(Refused):
        put(land.officer, Aim(land.commune, 1))
    with pytest.raises(Invalid):
        put(department, Aim(land.commune, -1))
    with pytest.raises(Invalid):
        put(department, Aim(land.commune, 1), number=" ")
    with pytest.raises(Invalid):
        put(department, Aim(land.commune, 1), on="2024-12-01")
    with pytest.raises(Invalid):
        put(department, Aim(land.commune, 1), counts=Counted.JOBS)
    assert not Target.objects.exists()
