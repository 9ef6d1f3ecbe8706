"""The demonstration's figures are those that were published, and fit together."""

import pytest

from households.services.demo.province import targets
from households.services.demo.province.targets import DISTRICT, PROVINCE, Totals

DISTRICTS = ("058", "060", "061", "062", "063", "064", "065", "066")


def rate(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)


def test_the_province_has_the_published_figures() -> None:
    whole = targets.of(PROVINCE, "06")
    assert (whole.old.poor, whole.old.near_poor) == (13_867, 8_239)
    assert [(one.poor, one.near_poor) for one in whole.new] == [
        (21_946, 7_935), (20_281, 7_385), (18_067, 7_492),
    ]  # fmt: skip
    assert rate(whole.old.poor, whole.old.households) == 17.02
    assert rate(whole.old.near_poor, whole.old.households) == 10.11
    assert [rate(one.poor, one.households) for one in whole.new] == [26.93, 24.71, 21.95]
    assert [rate(one.near_poor, one.households) for one in whole.new] == [9.74, 9.0, 9.1]
    assert whole.new[2].poor - whole.new[1].poor == -2_214
    assert whole.new[2].near_poor - whole.new[1].near_poor == 107


def test_both_reviews_of_the_first_year_count_the_same_households() -> None:
    for level, code in ((PROVINCE, "06"), *((DISTRICT, code) for code in DISTRICTS)):
        course = targets.of(level, code)
        assert course.old.households == course.new[0].households


@pytest.mark.parametrize(
    ("code", "rates"), [("060", [55.66, 52.42, 49.26]), ("062", [51.21, 47.53, 43.92])]
)
def test_the_poor_districts_have_their_published_rates(code: str, rates: list[float]) -> None:
    assert [rate(one.poor, one.households) for one in targets.of(DISTRICT, code).new] == rates


def test_the_poor_districts_together_have_theirs() -> None:
    pair = [targets.of(DISTRICT, code).new for code in ("060", "062")]
    households = [sum(one[year].households for one in pair) for year in range(3)]
    poor = [sum(one[year].poor for one in pair) for year in range(3)]
    near_poor = [sum(one[year].near_poor for one in pair) for year in range(3)]
    assert [rate(a, b) for a, b in zip(poor, households, strict=True)][:2] == [53.44, 49.99]
    assert round(100 * poor[2] / households[2], 1) == 46.6
    assert round(100 * (poor[2] / households[2] - poor[1] / households[1]), 2) == -3.38
    assert rate(near_poor[2], households[2]) == 13.49
    assert [one[2].poor for one in pair] == [3_771, 3_299]


def test_districts_sum_to_the_province() -> None:
    whole = targets.of(PROVINCE, "06")
    parts = [targets.of(DISTRICT, code) for code in DISTRICTS]
    for told, some in (
        (whole.old, [one.old for one in parts]),
        *((whole.new[n], [one.new[n] for one in parts]) for n in range(3)),
    ):
        assert told == Totals(
            sum(one.households for one in some),
            sum(one.poor for one in some),
            sum(one.near_poor for one in some),
        )


def test_a_thinned_district_keeps_its_order() -> None:
    for course in targets.districts(scale=0.004).values():
        counts = [one.households for one in course.new]
        assert counts == sorted(counts)
        assert all(one.poor + one.near_poor <= one.households for one in course.new)
        listed = course.new[0].poor + course.new[0].near_poor
        assert course.old.poor + course.old.near_poor <= listed


def test_only_the_districts_that_are_named() -> None:
    assert set(targets.districts(["060"])) == {"060"}
    assert set(targets.districts()) == set(DISTRICTS)
