"""The rounds reports are made of: the newest decided periodic one first."""

import pytest
from pytest_django import DjangoAssertNumQueries

from reports.queries import report_rounds
from tests.factories import figures, reviews

pytestmark = pytest.mark.django_db


def test_the_newest_decided_round_is_offered_first(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    world = figures.world()
    newer = reviews.periodic(world.province, 2024, world.standard)
    with django_assert_num_queries(2):
        found = report_rounds.of(world.province)
    assert [one.key for one in found.found] == ["2024", "2023", "2022", "2021"]
    first = found.first()
    assert first == world.rounds[2023]
    assert found.is_decided(world.rounds[2023])
    assert not found.is_decided(newer)


def test_without_a_decision_the_newest_and_without_a_round_none() -> None:
    world = figures.land()
    found = report_rounds.of(world.province)
    assert found.first() == world.rounds[2023]
    world_without = report_rounds.ReportRounds((), {}, ())
    assert world_without.first() is None
