"""Who is due is one question: every page, step and figure that asks it hears the same answer."""

import datetime as dt

import pytest

from households.choices import CommuneState, HouseholdEndReason, InRound, RoundKind, StandardPart
from households.models import (
    Area,
    CommuneReview,
    Household,
    ReviewRound,
    RoundStandard,
)
from households.queries import due, household_search, my_work, round_monitor, village_ways
from households.services import rounds, village_steps
from households.services.household_acts import closing
from tests.factories import people, reviews
from tests.households.conftest import World


@pytest.fixture
def listed(world: World) -> Household:
    """On the official list, living in the village, without a form."""
    found = people.household(world.village, people.person())
    reviews.listed(world.round, world.commune, world.officer, found)
    return found


def answers(world: World, round: ReviewRound) -> set[int]:
    """How many are due in the village by each who says so."""
    work = [one for one in my_work.work_of(world.officer) if one.round == round]
    communes = Area.objects.filter(pk=world.commune.pk).select_related("parent")
    return {
        due.without_form(round, [world.village]).get(world.village.pk, 0),
        sum(one.to_do for one in work),
        village_ways.of_village(round, world.village).due,
        sum(one.due for one in round_monitor.of_round(round, communes)),
        household_search.find(world.officer, household_search.Wanted(in_round=InRound.DUE)).count(),
    }


def monthly(world: World) -> ReviewRound:
    """The ad-hoc round of October."""
    made = ReviewRound.objects.create(
        province=world.province, kind=RoundKind.AD_HOC, year=2024, month=10,
        as_of=dt.date(2024, 10, 15), opens_on=dt.date(2024, 10, 15),
        closes_on=dt.date(2024, 10, 30),
    )  # fmt: skip
    RoundStandard.objects.create(round=made, standard=reviews.standard(), part=StandardPart.BOTH)
    return made


def test_a_listed_household_without_a_form_is_due_in_the_periodic_round(
    world: World, listed: Household
) -> None:
    assert answers(world, world.round) == {1}
    assert village_steps.why_not_surveyed(world.round, world.village) is not None


def test_a_form_ends_it(world: World, listed: Household) -> None:
    reviews.surveyed(world.round, world.village, world.officer, household=listed)
    assert answers(world, world.round) == {0}


def test_one_listed_since_the_day_of_the_round_is_due_too(world: World, listed: Household) -> None:
    """By an ad-hoc decision of October; the round judges ages on the first."""
    listed.status_periods.update(valid_from=dt.date(2024, 10, 10))
    assert answers(world, world.round) == {1}


def test_nobody_is_due_in_an_ad_hoc_round(world: World, listed: Household) -> None:
    ReviewRound.objects.update(is_closed=True)
    assert answers(world, monthly(world)) == {0}


def test_nobody_is_due_where_the_lists_are_decided(world: World, listed: Household) -> None:
    rounds.start_ways(
        round=world.round, commune_ids=[world.commune.pk], village_ids=[world.village.pk]
    )
    CommuneReview.objects.update(state=CommuneState.RECOGNISED)
    assert answers(world, world.round) == {0}


def test_nobody_is_due_in_a_closed_round(world: World, listed: Household) -> None:
    rounds_closed = ReviewRound.objects.filter(pk=world.round.pk)
    rounds_closed.update(is_closed=True)
    assert answers(world, rounds_closed.get()) == {0}


def test_a_household_that_ended_is_not_due(world: World, listed: Household) -> None:
    closing.close(
        household=listed,
        reason=HouseholdEndReason.MOVED_OUT,
        happened_on=dt.date(2024, 9, 30),
        by=world.officer,
    )
    assert answers(world, world.round) == {0}
