"""Indicators that a work or a house should have ended, for the next review to look at."""

import pytest
from pytest_django import Settings

from households.models import Household, ReviewRound
from programs.choices.houses import Build
from programs.queries import works as queries
from programs.services import works
from programs.services.works import Acceptance
from tests.factories import families, houses, people, reviews
from tests.programs.conftest import Land, day

ON = day("2024-10-15")
ACCEPTED = Acceptance(day("2024-05-01"), day("2024-05-10"), "03/BBNT")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = ON
    houses.rules()


_ANSWERS = {
    "water": {"water_clean": False},
    "toilet": {"toilet_hygienic": False},
    "house_area": {"floor_area_m2": 7},
}


def surveyed(home: Household, land: Land, round: ReviewRound, lacks: tuple[str, ...]) -> None:
    answers = {name: value for code in lacks for name, value in _ANSWERS[code].items()}
    reviews.surveyed(round, land.village, land.officer, household=home, **answers)


def home(land: Land, lacks: tuple[str, ...] | None) -> Household:
    made = people.household(land.village, people.person())
    families.on_list(made, land.decision, since=day("2022-01-01"))
    if lacks is not None:
        surveyed(made, land, land.round, lacks)
    return made


def test_who_lacked_and_is_served_is_to_be_checked(land: Land) -> None:
    lacking, fine, unknown = home(land, ("water", "toilet")), home(land, ()), home(land, None)
    work = houses.work(land.village, land.officer, lacking, fine, unknown)
    assert queries.to_check(land.commune, ON) == []  # not accepted yet
    works.accept(works=work, acceptance=ACCEPTED, by=land.officer)
    (row,) = queries.to_check(land.commune, ON)
    assert (row.card.pk, row.indicators, row.through) == (lacking.pk, ("water",), "Bể nước thôn")
    assert (row.served_on, row.form_on, row.is_after) == (
        day("2024-05-10"), day("2022-10-01"), False,
    )  # fmt: skip
    assert queries.to_check(land.commune, day("2024-05-09")) == []
    assert queries.to_check(land.other_commune, ON) == []


def test_a_newer_form_decides(land: Land) -> None:
    ended, still = home(land, ("water",)), home(land, ("water",))
    work = houses.work(land.village, land.officer, ended, still)
    works.accept(works=work, acceptance=ACCEPTED, by=land.officer)
    later = reviews.periodic(land.province, 2024, reviews.standard())
    surveyed(ended, land, later, ())
    surveyed(still, land, later, ("water",))
    (row,) = queries.to_check(land.commune, ON)
    assert (row.card.pk, row.is_after) == (still.pk, True)


def test_a_house_ends_the_indicators_of_housing(land: Land) -> None:
    lacking = home(land, ("house_area", "water"))
    (case,) = houses.listed(
        land.village, land.officer, lacking, build=Build.REPAIR, because="Nhà dột"
    )
    houses.taken_to(case, "ACCEPTED", land.officer)
    (row,) = queries.to_check(land.commune, ON)
    assert (row.indicators, row.through) == (("house_area",), "")


def test_those_that_lack_stand_first_and_the_class_beside(land: Land) -> None:
    home(land, ())
    lacking = home(land, ("toilet",))
    unknown = people.household(land.village, people.person("Ai Đó"))
    found = queries.of_village(land.village, ["water", "toilet"], ON)
    assert (found[0].card.pk, found[0].lacks, found[0].poverty_class) == (
        lacking.pk, ("toilet",), "POOR",
    )  # fmt: skip
    by_household = {one.card.pk: one for one in found}
    assert by_household[unknown.pk].lacks is None
    assert by_household[unknown.pk].poverty_class == "NOT_POOR"
