"""From lack to help: who lacks what, and which programmes reached them this year."""

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import DecisionOrigin, PovertyClass
from households.models import RecognitionDecision
from programs.models import Benefit, Programme
from programs.queries import lacks
from programs.queries.money import MoneyLeft
from tests.factories import families, money, people, plans, reviews
from tests.programs.conftest import Land, day

ON = day("2024-06-01")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-06-01")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def decision(land: Land) -> RecognitionDecision:
    round = reviews.periodic(land.province, 2023, reviews.standard())
    return families.decided(
        land.commune, round, reviews.standard(), land.officer, since=day("2024-01-01"),
        origin=DecisionOrigin.PROCEDURE,
    )  # fmt: skip


def told(land: Land, year: int = 2024) -> lacks.Lacks:
    return lacks.of_communes([land.commune.pk], ON, year, language="en", area=land.commune)


def of(rows: list[lacks.Row], code: str) -> lacks.Row:
    return next(row for row in rows if row.code == code)


def test_bases_are_the_list_and_those_with_a_decided_form(
    land: Land, decision: RecognitionDecision
) -> None:
    plans.decided_form(decision, land.village, land.officer)
    near = PovertyClass.NEAR_POOR
    plans.decided_form(decision, land.village, land.officer, poverty_class=near, water_clean=True)
    families.on_list(people.household(land.village, people.person()), land.decision,
                     since=day("2024-01-01"))  # fmt: skip
    found = told(land)
    assert (found.poor, found.near_poor) == (2, 1)
    assert (found.poor_known, found.near_poor_known) == (1, 1)
    assert (found.no_labour_known, of(found.indicators, "toilet").no_labour) == (0, 0)
    assert len(found.indicators) == 12
    water, toilet = of(found.indicators, "water"), of(found.indicators, "toilet")
    assert (water.poor, water.near_poor) == (1, 0)
    assert (toilet.poor, toilet.near_poor, toilet.all) == (1, 1, 2)


def test_those_without_labour_capacity_are_counted_apart(
    land: Land, decision: RecognitionDecision
) -> None:
    plans.decided_form(decision, land.village, land.officer)
    near = PovertyClass.NEAR_POOR
    plans.decided_form(
        decision, land.village, land.officer, poverty_class=near, no_labour=True, water_clean=True,
        support_wanted=["other"],
    )  # fmt: skip
    found = told(land)
    assert found.no_labour_known == 1
    assert of(found.indicators, "water").no_labour == 0
    toilet = of(found.indicators, "toilet")
    assert (toilet.all, toilet.no_labour) == (2, 1)
    assert of(found.wants, "other").no_labour == 1


def test_served_counts_households_concerned_and_times_each_benefit(
    land: Land, decision: RecognitionDecision
) -> None:
    homes = [
        plans.decided_form(decision, land.village, land.officer, support_wanted=["other"])
        for _ in range(2)
    ]
    works = Programme.objects.get(code="essential_works")
    facts = {"programme": works, "commune": land.commune, "recorded_by": land.officer}
    for home, on, state in (
        (homes[0], "2024-02-01", "SERVED"), (homes[0], "2024-03-01", "CLOSED"),
        (homes[1], "2023-12-31", "SERVED"),
    ):  # fmt: skip
        Benefit.objects.create(household=home, state=state, acted_on=on, served_on=on, **facts)
    Benefit.objects.create(household=homes[1], state="WISHED", acted_on="2024-02-01", **facts)
    water = of(told(land).indicators, "water")
    (answer,) = water.answers
    assert (answer.programme, answer.times, answer.households) == (works, 2, 1)
    assert (water.served, water.without) == (1, 1)
    assert answer.money_left is None
    money.entry(land.district, land.officer, 90_000_000, code="essential_works")
    (answer,) = of(told(land).indicators, "water").answers
    assert answer.money_left == MoneyLeft(90_000_000, land.district)
    assert of(told(land, 2023).indicators, "water").served == 1


def test_a_form_of_a_round_that_is_not_decided_tells_nothing(
    land: Land, decision: RecognitionDecision
) -> None:
    home = plans.decided_form(decision, land.village, land.officer)
    running = reviews.periodic(land.province, 2024, reviews.standard())
    running.as_of = day("2024-05-01")
    running.save()
    reviews.surveyed(running, land.village, land.officer, household=home)
    assert of(told(land).indicators, "water").poor == 1
    found = told(land)
    assert found.forms_from == found.forms_to == decision.round.as_of


def test_a_household_that_the_decision_left_out_has_no_decided_form(
    land: Land, decision: RecognitionDecision
) -> None:
    home = plans.decided_form(decision, land.village, land.officer)
    decision.left_out = [home.pk]
    decision.save()
    assert told(land).poor_known == 0


def test_other_communes_are_not_counted_and_queries_do_not_grow(
    land: Land, decision: RecognitionDecision, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        plans.decided_form(decision, land.village, land.officer)
    with django_assert_num_queries(8):
        found = told(land)
    assert found.poor == 3
    other = lacks.of_communes(
        [land.other_commune.pk], ON, 2024, language="en", area=land.other_commune
    )
    assert (other.poor, other.indicators) == (0, [])
