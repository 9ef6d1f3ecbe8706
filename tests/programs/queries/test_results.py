"""The lines of a year, in times served and in distinct recipients."""

from pytest_django import DjangoAssertNumQueries, Settings

from households.models import Area, Survey
from programs.choices.activities import ActivityKind
from programs.choices.money import Counted
from programs.choices.results import ResultLine
from programs.models import Activity, Programme
from programs.queries import results
from programs.queries.distinct import Distinct
from programs.queries.reach import Reach, reaches
from programs.queries.results import Result
from programs.queries.targets import targets_of
from tests.factories import areas, people, projects, reviews
from tests.factories.money import received, target
from tests.programs.conftest import Land, day

ON = day("2024-12-31")


def of_area(area: Area) -> list[Result]:
    return results.of_year(Reach.alone(area), 2024, ON).lines


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
    with django_assert_num_queries(13):
        found = lines(of_area(land.commune))
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
    pupils = lines(of_area(land.commune))[ResultLine.PUPILS]
    assert (pupils.times, pupils.amount_vnd) == (3, 2_700_000)
    assert pupils.distinct == Distinct(1, 0, 1, 1, 1)


def test_pupils_are_told_by_level_in_the_order_of_school(land: Land) -> None:
    home = people.household(land.village, people.person())
    child = home.memberships.get().person
    for level, vnd in (("lower_secondary", 5), ("primary", 7), ("primary", None), ("", 1)):
        received(
            home, land.village, land.officer, "study_cost", person=child, school_level=level,
            amount_vnd=vnd,
        )  # fmt: skip
    received(
        None, land.village, land.officer, "tuition", outside_name="Lý Thị Trò",
        school_level="primary",
    )  # fmt: skip
    pupils = lines(of_area(land.commune))[ResultLine.PUPILS]
    told = [
        (one.level, one.times, one.persons, one.outside, one.amount_vnd, one.without_amount)
        for one in pupils.levels
    ]
    assert told == [
        ("primary", 3, 1, 1, 7, 2), ("lower_secondary", 1, 1, 0, 5, 0), ("", 1, 1, 0, 1, 0),
    ]  # fmt: skip
    assert sum(one.times for one in pupils.levels) == pupils.times
    assert sum(one.amount_vnd for one in pupils.levels) == pupils.amount_vnd
    received(home, land.village, land.officer, "loan")
    assert [one.line for one in of_area(land.commune) if one.levels] == [ResultLine.PUPILS]


def test_households_without_labour_capacity_are_told_apart(land: Land) -> None:
    surveys = [_surveyed(land, no_labour=answer) for answer in (True, False)]
    unknown = people.household(land.village, people.person())
    for home in (*(one.household for one in surveys), unknown):
        received(home, land.village, land.officer, "housing")
    houses = lines(of_area(land.commune))[ResultLine.HOUSES]
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
    units = results.of_year(Reach.alone(land.district), 2024, ON).units
    below = {unit: lines(of)[ResultLine.LOANS].distinct.households for unit, of in units}
    assert below == {land.other_commune: 1, land.commune: 1}
    whole = lines(of_area(land.district))[ResultLine.LOANS]
    assert (whole.times, whole.distinct.households) == (2, 1)
    assert results.of_year(Reach.alone(land.commune), 2024, ON).units == []


def test_many_areas_read_together_have_their_own_lines(land: Land) -> None:
    home = people.household(land.village, people.person())
    for village in (land.village, land.other_village):
        received(home, village, land.officer, "loan", ground="poor")
    units = [Reach.alone(one) for one in (land.province, land.district, land.commune)]
    found, figures = results.of_areas(units, 2024, ON)
    assert found == [(one.area, of_area(one.area)) for one in units]
    assert {one.times for one in figures.totals if one.area_id == land.commune.pk} == {1}


def test_lines_of_the_same_programmes_are_told_together() -> None:
    told = {line: results.line_of_line(line) for line in ResultLine}
    assert told[ResultLine.LOANS_NEWLY_ESCAPED] == told[ResultLine.LOANS] == ResultLine.LOANS
    assert told[ResultLine.PROJECTS_APPROVED] == ResultLine.PROJECTS
    assert told[ResultLine.PEOPLE_REACHED] == ResultLine.COMMUNICATION
    assert results.line_of_kind("STUDY_COST") == told[ResultLine.PUPILS] == ResultLine.PUPILS


def test_a_merged_commune_keeps_the_figures_of_those_it_was_made_of(land: Land) -> None:
    """Half of 2025, and all of 2024, was given by communes that are no more."""
    home, away = (
        people.household(one, people.person()) for one in (land.village, land.other_village)
    )
    received(home, land.village, land.officer, "loan", ground="poor", on="2025-03-01")
    received(away, land.other_village, land.officer, "loan", ground="poor", on="2025-04-01")
    Area.objects.filter(pk=land.district.pk).update(valid_to=day("2025-06-30"))
    made = areas.merged(land.commune, land.other_commune, parent=land.province)
    hamlet = areas.village(made, "Thôn Mới")
    received(home, hamlet, land.officer, "loan", ground="poor", on="2025-09-01")
    target(land.commune, land.officer, 8, code="loan", counts=Counted.TIMES, year=2025)
    on = day("2025-12-31")
    (unit,) = reaches([made], [land.province.inner_path])
    loans = lines(results.of_year(unit, 2025, on).lines)[ResultLine.LOANS]
    assert (loans.times, loans.distinct.households) == (3, 2)
    assert [(aim.number, aim.planned.number) for aim in loans.reached] == [(3, 8)]
    found = results.of_year(Reach.alone(land.province), 2025, on)
    whole, units = found.lines, found.units
    assert lines(whole)[ResultLine.LOANS].times == 3
    assert [(area, lines(of)[ResultLine.LOANS].times) for area, of in units] == [(made, 3)]


def test_a_target_of_the_new_commune_replaces_those_before(land: Land) -> None:
    Area.objects.filter(pk=land.district.pk).update(valid_to=day("2025-06-30"))
    made = areas.merged(land.commune, land.other_commune, parent=land.province)
    for area, number in ((land.commune, 8), (land.other_commune, 4)):
        target(area, land.officer, number, code="loan", counts=Counted.TIMES, year=2025)
    units = [Reach.alone(land.province), *reaches([made], [land.province.inner_path])]

    def numbers() -> set[int]:
        found = targets_of(2025, units, day("2025-12-31"))
        return {one.number for several in found.values() for one in several}

    assert numbers() == {12}
    target(made, land.officer, 20, code="loan", counts=Counted.TIMES, year=2025, on="2025-08-01")
    assert numbers() == {20}


def test_a_former_unit_stands_there_while_it_has_figures(land: Land) -> None:
    """It was split: no unit has it whole."""
    Area.objects.filter(pk=land.other_commune.pk).update(valid_to=day("2024-06-30"))

    def units() -> list[Area]:
        return [area for area, _of in results.of_year(Reach.alone(land.district), 2024, ON).units]

    assert units() == [land.commune]
    home = people.household(land.other_village, people.person())
    received(home, land.other_village, land.officer, "loan", ground="poor")
    assert units() == [land.other_commune, land.commune]


def test_projects_approved_and_people_reached_are_lines_without_a_target(
    land: Land, settings: Settings
) -> None:
    settings.POVREG_TODAY = ON
    projects.loaded()
    made = projects.project(land.commune, land.officer)
    projects.walked(made, land.officer, day("2024-03-01"), 20, 10, 7, 15, 10)
    Activity.objects.create(
        programme=Programme.objects.get(code="communication"), kind=ActivityKind.EVENT,
        topic="Chuẩn nghèo", begins_on=day("2024-04-01"), ends_on=day("2024-04-01"),
        commune=land.commune, people_reached=65, recorded_by=land.officer,
    )  # fmt: skip
    found = {one.line: one for one in of_area(land.commune)}
    assert found[ResultLine.PROJECTS_APPROVED].number == 1
    assert found[ResultLine.PEOPLE_REACHED].number == 65
    assert found[ResultLine.PEOPLE_REACHED].reached == []
    target(land.commune, land.officer, 130, code="communication", counts=Counted.PEOPLE_REACHED)
    found = {one.line: one for one in of_area(land.commune)}
    assert [aim.share_percent for aim in found[ResultLine.PEOPLE_REACHED].reached] == [50.0]
    assert found[ResultLine.COMMUNICATION].reached == []
