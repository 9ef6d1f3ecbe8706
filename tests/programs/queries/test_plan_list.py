"""The plan list counts each household once, where it lives on the day shown."""

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from households.models import Household, RecognitionDecision
from programs.models import PlanEntry
from programs.queries import plan_list as queries
from programs.services import companions
from programs.services.companions import Who
from tests.factories import plans
from tests.programs.conftest import Land, day
from tests.programs.movers import moved
from tests.programs.planned import decided, planned_mover, put, standing


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-06-01")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def decision(land: Land) -> RecognitionDecision:
    return decided(land)


@pytest.fixture
def mover(land: Land, decision: RecognitionDecision) -> Household:
    return planned_mover(land, decision)


def test_who_moves_counts_where_he_lives_and_stays_marked_where_he_was_planned(
    land: Land, mover: Household
) -> None:
    assert (standing(land.commune), standing(land.other_commune)) == ([], [mover.pk])
    old = queries.planned([land.commune], 2025, day("2024-06-01"))
    [away] = old.away
    assert away.home is not None
    assert (away.home.commune, away.home.came_on) == (land.other_commune, day("2024-05-01"))
    new = queries.planned([land.other_commune], 2025, day("2024-06-01"))
    [arrived] = new.standing
    assert (arrived.has_arrived, new.away) == (True, [])
    assert arrived.entry.actions.get().words == "Nuôi bò"
    # On a day before the move he lived in the old commune, and counts there alone.
    assert standing(land.commune, "2024-04-30") == [mover.pk]
    assert standing(land.other_commune, "2024-04-30") == []


def test_who_was_named_before_the_move_was_known_was_named_by_the_old_commune(
    land: Land, decision: RecognitionDecision
) -> None:
    home = plans.decided_form(decision, land.village, land.officer)
    put(land, home)
    companions.assign(
        household=home, commune=land.commune, who=Who(name="Hoàng Thị Cũ"),
        valid_from=day("2024-05-20"), by=land.officer,
    )  # fmt: skip
    moved(land, home, day("2024-05-01"))
    [there] = queries.planned([land.other_commune], 2025, day("2024-06-01")).standing
    assert there.companion is None


def test_the_list_of_a_year_that_is_over_is_told_of_its_last_day(
    land: Land, mover: Household
) -> None:
    assert queries.shown_on(2025, day("2024-06-01")) == day("2024-06-01")
    assert queries.shown_on(2023, day("2024-06-01")) == day("2023-12-31")
    PlanEntry.objects.update(year=2023)
    assert standing(land.commune, "2023-12-31", 2023) == [mover.pk]
    assert standing(land.other_commune, "2023-12-31", 2023) == []


def test_the_list_is_read_in_as_many_queries_for_many(
    land: Land, decision: RecognitionDecision, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    homes = [plans.decided_form(decision, land.village, land.officer) for _ in range(3)]
    put(land, *homes)
    with django_assert_num_queries(6):
        rows = queries.planned([land.commune], 2025, day("2024-06-01")).standing
        assert [list(row.entry.actions.all()) for row in rows] == [[], [], []]
