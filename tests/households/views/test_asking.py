"""The page of households nobody may have asked."""

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from households.choices import HouseholdEventKind, Role
from households.models import Household, HouseholdAsked, HouseholdEvent, User
from tests.factories import people, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]


def forgotten(world: World) -> Household:
    home = people.household(world.village, people.person("Nông Văn Quên"))
    HouseholdEvent.objects.create(
        household=home,
        kind=HouseholdEventKind.LEFT,
        happened_on=dt.date(2024, 3, 1),
        person=home.memberships.get().person,
    )
    return home


def page(world: World, name: str = "households_asked") -> str:
    return reverse(f"households:{name}", args=[world.round.pk, world.village.pk])


def test_ticked_off_on_its_page_and_told_on_the_villages(world: World, logged_in: LogIn) -> None:
    home, client = forgotten(world), logged_in(world.officer)
    assert "1 of 1 still to ask" in client.get(page(world, "village_way")).content.decode()
    shown = client.get(page(world)).content.decode()
    assert "Nông Văn Quên" in shown
    assert "lost a worker" in shown
    given = {"answer": "NO_WISH", "asked_on": "10/10/2024"}
    none = client.post(page(world), given)
    assert none.status_code == 422
    assert "Tick the households" in none.content.decode()
    kept = client.post(page(world), {**given, "household": home.pk, "asked_on": "x"})
    assert f'value="{home.pk}" checked' in kept.content.decode()
    answer = client.post(page(world), {**given, "household": home.pk}, follow=True)
    assert "1 household is ticked off" in answer.content.decode()
    assert "All were asked" in answer.content.decode()
    assert HouseholdAsked.objects.get().recorded_by == world.officer
    assert "0 of 1 still to ask" in client.get(page(world, "village_way")).content.decode()


def test_who_only_reads_sees_it_and_ticks_nothing(world: World, logged_in: LogIn) -> None:
    home = forgotten(world)
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, world.commune))
    assert '<button class="btn btn-primary"' not in chair.get(page(world)).content.decode()
    given = {"answer": "NO_WISH", "asked_on": "10/10/2024", "household": home.pk}
    assert chair.post(page(world), given).status_code == 403
    assert HouseholdAsked.objects.count() == 0


def test_my_work_leads_there_before_the_survey_is_done(world: World, logged_in: LogIn) -> None:
    forgotten(world)
    reviews.surveyed(world.round, world.village, world.officer)
    assert page(world) in logged_in(world.officer).get("/").content.decode()
