"""Figures shared out: exact in sum, within their limits, the same each time."""

import pytest

from households.services.demo.province import apportioning, targets
from households.services.demo.province.apportioning import Commune, apportion

UNITS = [
    Commune(f"{number:05d}", f"Xã {number}", "060", "Pác Nặm", "RURAL", zone)
    for number, zone in enumerate(["III", "III", "II", "I", "", "III", "III", "III", "III", "III"])
]


@pytest.mark.parametrize("total", [0, 1, 7, 100, 3_771])
def test_shares_sum_to_the_total(total: int) -> None:
    assert sum(apportion(total, {"a": 1.0, "b": 2.5, "c": 0.1}).values()) == total


def test_the_largest_remainders_get_what_is_left() -> None:
    assert apportion(10, {"a": 1.0, "b": 1.0, "c": 1.0}) == {"a": 4, "b": 3, "c": 3}
    assert apportion(10, {"c": 1.0, "b": 1.0, "a": 1.0}) == {"a": 4, "b": 3, "c": 3}


def test_nobody_gets_more_than_its_limit() -> None:
    found = apportion(10, {"a": 8.0, "b": 1.0, "c": 1.0}, {"a": 3, "b": 9, "c": 4})
    assert found["a"] == 3
    assert sum(found.values()) == 10
    assert found["c"] <= 4


def test_limits_without_room_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        apportion(10, {"a": 1.0}, {"a": 9})


@pytest.mark.parametrize("scale", [1.0, 0.05, 0.005])
def test_communes_sum_to_their_district_in_every_year(scale: float) -> None:
    course = targets.districts(["060"], scale)["060"]
    found = list(apportioning.communes(UNITS, course, "seed").values())
    for told, some in (
        (course.old, [one.old for one in found]),
        *((course.new[n], [one.new[n] for one in found]) for n in range(3)),
    ):
        assert sum(one.households for one in some) == told.households
        assert sum(one.poor for one in some) == told.poor
        assert sum(one.near_poor for one in some) == told.near_poor
        assert all(one.poor + one.near_poor <= one.households for one in some)


def test_no_commune_gets_smaller() -> None:
    course = targets.districts(["060"])["060"]
    for one in apportioning.communes(UNITS, course, "seed").values():
        counts = [year.households for year in one.new]
        assert counts == sorted(counts)


def test_it_is_the_same_each_time_and_another_with_another_seed() -> None:
    course = targets.districts(["060"])["060"]
    first = apportioning.communes(UNITS, course, "seed")
    assert first == apportioning.communes(UNITS, course, "seed")
    assert first != apportioning.communes(UNITS, course, "other")
