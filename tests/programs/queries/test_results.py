"""The lines of a year, in times served and in distinct recipients."""

from pytest_django import DjangoAssertNumQueries

from households.models import Survey
from programs.choices.money import Counted
from programs.choices.results import ResultLine
from programs.queries import results
from programs.queries.results import Distinct, Result
from tests.factories import people, reviews
from tests.factories.money import received, target
from tests.programs.conftest import Land, day

ON = day("2024-12-31")


def lines(found: list[Result]) -> dict[ResultLine, Result]:
    return {one.line: one for one in found if one.times}


def test_loans_by_class_in_times_and_distinct_households(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    poor, escaped = (people.household(land.village, people.person()) for _ in range(2))
    for ground, home, vnd in (
        ("poor", poor, 50_000_000), ("poor", poor, None), ("newly_escaped", escaped, 30_000_000),
        ("near_poor", poor, 10_000_000),
    ):  # fmt: skip
        received(home, land.village, land.officer, "loan", ground=ground, amount_vnd=vnd)
    received(poor, land.village, land.officer, "loan", ground="poor", on="2023-05-01")
    target(land.commune, land.officer, 8, code="loan", counts=Counted.TIMES)
    with django_assert_num_queries(4):
        found = lines(results.of_area(land.commune, 2024, ON))
    told = {
        line: (one.times, one.distinct.households, one.amount_vnd, one.without_amount)
        for line, one in found.items()
    }
    assert told == {
        ResultLine.LOANS_POOR: (2, 1, 50_000_000, 1),
        ResultLine.LOANS_NEAR_POOR: (1, 1, 10_000_000, 0),
        ResultLine.LOANS_NEWLY_ESCAPED: (1, 1, 30_000_000, 0),
        ResultLine.LOANS: (4, 2, 90_000_000, 1),
    }
    assert [aim.share_percent for aim in found[ResultLine.LOANS].reached] == [50.0]
    assert found[ResultLine.LOANS_POOR].reached == []


def test_a_pupil_of_two_programmes_is_two_times_and_one_person(land: Land) -> None:
    home = people.household(land.village, people.person())
    child = home.memberships.get().person
    for code in ("tuition", "study_cost"):
        received(home, land.village, land.officer, code, person=child, amount_vnd=1_350_000)
    received(None, land.village, land.officer, "tuition", outside_name="Lý Thị Trò")
    pupils = lines(results.of_area(land.commune, 2024, ON))[ResultLine.PUPILS]
    assert (pupils.times, pupils.amount_vnd) == (3, 2_700_000)
    assert pupils.distinct == Distinct(1, 0, 1, 1, 1)


def test_households_without_labour_capacity_are_told_apart(land: Land) -> None:
    surveys = [_surveyed(land, no_labour=answer) for answer in (True, False)]
    unknown = people.household(land.village, people.person())
    for home in (*(one.household for one in surveys), unknown):
        received(home, land.village, land.officer, "housing")
    houses = lines(results.of_area(land.commune, 2024, ON))[ResultLine.HOUSES]
    assert houses.distinct == Distinct(3, 1, 1, 0, 0)


def _surveyed(land: Land, *, no_labour: bool) -> Survey:
    member = reviews.adult(f"Nông Văn {no_labour}")
    made = reviews.surveyed(land.round, land.village, land.officer, members=[member])
    Survey.objects.filter(pk=made.pk).update(no_labour=no_labour)
    return made


def test_by_unit_the_same_household_counts_in_each_and_once_above(land: Land) -> None:
    home = people.household(land.village, people.person())
    received(home, land.village, land.officer, "loan", ground="poor")
    received(home, land.other_village, land.officer, "loan", ground="poor")
    units = results.by_unit(land.district, 2024, ON)
    below = {unit: lines(of)[ResultLine.LOANS].distinct.households for unit, of in units}
    assert below == {land.other_commune: 1, land.commune: 1}
    whole = lines(results.of_area(land.district, 2024, ON))[ResultLine.LOANS]
    assert (whole.times, whole.distinct.households) == (2, 1)
    assert results.by_unit(land.commune, 2024, ON) == []
