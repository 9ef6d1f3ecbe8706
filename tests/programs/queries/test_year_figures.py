"""Kept figures of years are those of the benefits themselves, at every level and on any map."""

import random

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from households.models import Household, Survey
from households.services import audit
from programs.models import Benefit, YearFigure, YearSummary
from programs.queries import coverage_state, results, year_figures
from programs.queries.reach import Reach, reaches
from programs.services import year_results
from tests.factories import areas, people, reviews
from tests.factories.money import received
from tests.programs.conftest import Land, day
from tests.programs.tides import wait_for_the_tide

pytestmark = pytest.mark.django_db(transaction=True)


def refreshed() -> int:
    wait_for_the_tide()
    return year_results.refresh_changed()


TODAY = day("2024-10-15")
_OF_PERSONS = {"tuition", "study_cost", "health_card"}


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.POVREG_TODAY = TODAY


def same(units: list[Reach], year: int = 2024) -> year_figures.YearFigures:
    """The figures as a page reads them, held against the direct count."""
    asked = results.asked_lines()
    kept = year_figures.of_units(year, units, TODAY, asked)
    plain = year_figures.at_once(year, units, TODAY, asked)
    assert set(kept.totals) == set(plain.totals)
    assert {key: one for key, one in kept.distinct.items() if any(vars(one).values())} == {
        key: one for key, one in plain.distinct.items() if any(vars(one).values())
    }
    assert set(kept.levels) == set(plain.levels)
    return kept


def levels(land: Land) -> list[Reach]:
    every = [land.province, land.district, land.commune, land.other_commune]
    return [Reach.alone(one) for one in every]


def home_of(land: Land, *, no_labour: bool | None) -> Household:
    if no_labour is None:
        return people.household(land.village, people.person())
    member = reviews.adult("Nông Văn Nhà")
    made = reviews.surveyed(land.round, land.village, land.officer, members=[member])
    Survey.objects.filter(pk=made.pk).update(no_labour=no_labour)
    return made.household


def test_who_is_served_in_two_communes_counts_once_above(land: Land) -> None:
    home = home_of(land, no_labour=True)
    person = home.memberships.get().person
    away = people.household(land.other_village, people.person("Lý Văn Khác"))
    received(home, land.village, land.officer, "loan", ground="poor", amount_vnd=5)
    received(home, land.other_village, land.officer, "loan", ground="near_poor")
    received(home, land.village, land.officer, "tuition", person=person)
    # The same person, in another household later.
    received(away, land.other_village, land.officer, "study_cost", person=person)
    received(None, land.village, land.officer, "tuition", outside_name="Lý Thị Trò")
    received(home, land.other_village, land.officer, "loan", on="2023-03-01")
    same(levels(land))
    assert refreshed() == 2
    found = same(levels(land))
    loans = {
        one.area_id: one.households for one in found.totals if one.ground is None and one.times == 2
    }
    assert loans[land.province.pk] == 1
    same(levels(land), 2023)
    same(levels(land), 2022)


def test_a_pupil_of_two_communes_counts_once_at_each_level(land: Land) -> None:
    home = home_of(land, no_labour=None)
    person = home.memberships.get().person
    for village, code, level in (
        (land.village, "tuition", "primary"), (land.other_village, "study_cost", "primary"),
        (land.other_village, "tuition", "lower_secondary"),
    ):  # fmt: skip
        received(home, village, land.officer, code, person=person, school_level=level)
    refreshed()
    found = {
        one.level: (one.times, one.persons)
        for one in same(levels(land)).levels
        if one.area_id == land.province.pk and one.programme_id is None
    }
    assert found == {"primary": (2, 1), "lower_secondary": (1, 1)}


def test_a_change_in_one_commune_is_seen_with_what_is_kept_of_the_other(land: Land) -> None:
    home = home_of(land, no_labour=None)
    first = received(home, land.village, land.officer, "loan", ground="poor")
    refreshed()
    with audit.act(by=land.officer, verb="benefit.record", area=land.other_village):
        received(home, land.other_village, land.officer, "loan", ground="poor")
    assert sorted(kept_clean(land)) == [False, True]
    same(levels(land))
    # Kept again: now the row of the clean commune is known to be of a wanderer.
    assert refreshed() == 1
    same(levels(land))
    with audit.act(by=land.officer, verb="benefit.cancel", area=land.village):
        Benefit.objects.filter(pk=first.pk).delete()
    same(levels(land))
    refreshed()
    same(levels(land))


def kept_clean(land: Land) -> list[bool]:
    communes = coverage_state.communes_of([land.province.inner_path])
    found = coverage_state.kept(communes, TODAY, YearSummary)
    return [one.is_clean for one in found]


def test_figures_of_an_earlier_day_stay_right_at_midnight(land: Land, settings: Settings) -> None:
    refreshed()
    settings.POVREG_TODAY = day("2024-10-16")
    assert refreshed() == 0


def test_whatever_was_given_where(land: Land) -> None:
    """Random benefits of a few households in many communes, some kept and some changed since."""
    draw = random.Random(7_312)
    villages = [land.village, land.other_village]
    for number in range(4):
        more = areas.commune(land.district, f"0300{number}", f"Xã Thêm {number}")
        villages.append(areas.village(more, f"Thôn {number}"))
    homes = [home_of(land, no_labour=draw.choice([True, False, None])) for _ in range(5)]
    units = [
        *(Reach.alone(one) for one in (land.province, land.district, land.other_commune)),
        Reach(land.commune, (villages[2].parent.inner_path, land.commune.inner_path)),
        Reach.alone(villages[3].parent),
    ]
    refreshed()
    for _ in range(12):
        village, home = draw.choice(villages), draw.choice(homes)
        with audit.act(by=land.officer, verb="benefit.record", area=village):
            code = draw.choice(["loan", "tuition", "study_cost", "housing", "health_card"])
            person = home.memberships.first().person if code in _OF_PERSONS else None
            ground = draw.choice(["poor", "near_poor", ""])
            of_school = code in ("tuition", "study_cost")
            level = draw.choice(["", "primary", "lower_secondary"]) if of_school else ""
            received(
                home, village, land.officer, code, ground=ground, person=person,
                school_level=level, amount_vnd=draw.choice([None, 100]),
            )  # fmt: skip
        if draw.random() < 0.4:
            refreshed()
        changed = [one for one in kept_clean(land) if not one]
        if len(changed) <= year_figures.LIVE_AT_MOST:
            found = same(units)
            assert (found.behind, found.missing) == (0, 0)


def test_a_merged_commune_has_the_figures_of_both(land: Land) -> None:
    home = home_of(land, no_labour=None)
    received(home, land.village, land.officer, "loan", ground="poor")
    received(home, land.other_village, land.officer, "loan", ground="poor")
    made = areas.merged(land.commune, land.other_commune, parent=land.province)
    (unit,) = reaches([made], [land.province.inner_path])
    refreshed()
    (loans,) = [one for one in same([unit]).totals if one.ground is None]
    assert (loans.times, loans.households) == (2, 1)


def test_with_many_changed_what_is_kept_is_shown_and_told(
    land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_of(land, no_labour=None)
    received(home, land.village, land.officer, "loan")
    YearSummary.objects.filter(commune=land.other_commune).delete()
    year_results.refresh(communes=[(land.commune.pk, land.commune.inner_path)], on=TODAY)
    with audit.act(by=land.officer, verb="benefit.record", area=land.village):
        received(home, land.village, land.officer, "loan")
    monkeypatch.setattr(year_figures, "LIVE_AT_MOST", 1)
    found = year_figures.of_units(2024, levels(land), TODAY, results.asked_lines())
    assert (found.behind, found.missing) == (1, 1)
    assert found.oldest == YearSummary.objects.get().computed_at
    assert {one.times for one in found.totals} == {1}


def test_the_number_of_queries(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    received(home_of(land, no_labour=None), land.village, land.officer, "loan")
    refreshed()
    asked = results.asked_lines()
    with django_assert_num_queries(5):
        year_figures.of_units(2024, levels(land), TODAY, asked)
    with audit.act(by=land.officer, verb="benefit.record", area=land.village):
        pass
    with django_assert_num_queries(9):
        year_figures.of_units(2024, levels(land), TODAY, asked)


def test_a_day_before_is_counted_from_the_benefits(land: Land) -> None:
    home = home_of(land, no_labour=None)
    received(home, land.village, land.officer, "loan", on="2024-03-01")
    received(home, land.village, land.officer, "loan", on="2024-09-01")
    refreshed()
    assert YearFigure.objects.exists()
    reach = Reach.alone(land.commune)
    for on, times in ((TODAY, 2), (day("2024-06-30"), 1)):
        lines = {one.line: one.times for one in results.of_year(reach, 2024, on).lines}
        assert lines[results.ResultLine.LOANS] == times


def test_a_year_that_is_over_is_read_from_what_is_kept(land: Land) -> None:
    home = home_of(land, no_labour=None)
    received(home, land.village, land.officer, "loan", on="2023-03-01")
    refreshed()
    YearFigure.objects.filter(line="").update(times=7)
    found = results.of_year(Reach.alone(land.commune), 2023, day("2023-12-31"))
    assert {one.times for one in found.lines if one.times} == {7}
