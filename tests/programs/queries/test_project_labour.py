"""Households without labour capacity among those that take part in projects."""

from typing import Any

from pytest_django import DjangoAssertNumQueries, Settings

from households.models import Household
from programs.models import Project
from programs.queries.project_labour import without_labour
from tests.factories import people, reviews
from tests.factories import projects as make
from tests.programs.conftest import Land, day

TODAY = day("2024-10-15")


def home(land: Land, **answers: Any) -> Household:
    return reviews.surveyed(
        land.round, land.village, land.officer, members=[reviews.adult("Lý Văn Thử")], **answers
    ).household


def part(land: Land, made: Project, household: Household, **facts: Any) -> None:
    given = {"standing": "OTHER", "joined_on": day("2024-05-01"), "recorded_by": land.officer}
    made.participants.create(household=household, **given | facts)


def test_each_counts_once_and_once_a_project(
    land: Land, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.POVREG_TODAY = TODAY
    make.loaded()
    sows = make.project(land.commune, land.officer, name="Lợn nái")
    tea = make.project(land.commune, land.officer, name="Chè")
    weak, able = home(land, no_labour=True), home(land, no_labour=False)
    unknown = people.household(land.village, people.person())
    for made in (sows, tea):
        part(land, made, weak)
    part(land, sows, able)
    part(land, tea, unknown)
    gone = home(land, no_labour=True)
    part(land, tea, gone, standing="LEFT", reason="Chuyển đi")
    later = home(land, no_labour=True)
    part(land, tea, later, joined_on=day("2024-12-01"))
    with django_assert_num_queries(2):
        told = without_labour([sows.pk, tea.pk], TODAY)
    assert (told.households, told.unknown) == (1, 1)
    assert told.by_project == {sows.pk: 1, tea.pk: 1}
    assert without_labour([], TODAY).households == 0
