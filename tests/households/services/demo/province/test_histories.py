"""Every year's figures come out of the histories, and the flows between them are plausible."""

from collections import Counter
from random import Random

import pytest

from households.services.demo.province import apportioning, histories, targets
from households.services.demo.province.apportioning import Commune
from households.services.demo.province.targets import Course, Totals


def communes(scale: float = 1.0) -> list[Course]:
    units = [Commune(f"{n:05d}", f"Xã {n}", "060", "Pác Nặm", "RURAL", "III") for n in range(10)]
    course = targets.districts(["060"], scale)["060"]
    return list(apportioning.communes(units, course, "seed").values())


def found(course: Course, seed: int = 1, *, goes_on: bool = False) -> list[str]:
    return histories.of_commune(course, Random(seed), goes_on=goes_on)


@pytest.mark.parametrize("scale", [1.0, 0.1, 0.01])
def test_the_figures_come_out(scale: float) -> None:
    for course in communes(scale):
        told = found(course)
        years = [Counter(history[at] for history in told) for at in range(4)]
        for counted, total in zip(years, (course.old, *course.new), strict=True):
            assert counted["P"] == total.poor
            assert counted["N"] == total.near_poor
            assert sum(counted.values()) - counted["-"] == total.households


def test_who_was_poor_under_the_old_standard_is_on_the_new_list() -> None:
    for course in communes():
        assert all(history[1] in "PN" for history in found(course) if history[0] in "PN")


def test_some_leave_some_come_back_some_end() -> None:
    moves = Counter(
        history[2:4] for course in communes() for history in found(course)
    )  # 2022 to 2023
    assert {"PN", "PO", "NP", "OP", "NO", "ON", "P-", "-O"} <= set(moves)
    left = moves["PN"] + moves["PO"]
    assert 0.12 < left / (left + moves["PP"]) < 0.22
    again = [h for course in communes() for h in found(course) if h[1:4] == "POP"]
    assert again


def test_only_a_commune_at_work_goes_on() -> None:
    course = communes()[0]
    assert {history[4] for history in found(course)} == {"-"}
    assert {history[4] for history in found(course, goes_on=True)} == {"P", "N", "O", "-"}


def test_a_small_old_list_that_the_poor_alone_cannot_hold() -> None:
    totals = (Totals(20, 3, 6), Totals(20, 3, 6), Totals(21, 2, 6))
    told = found(Course(Totals(20, 4, 5), totals))
    assert Counter(history[0] for history in told)["P"] == 4


def test_it_is_the_same_each_time() -> None:
    course = communes()[0]
    assert found(course) == found(course)
    assert found(course) != found(course, seed=2)
