"""Starting a review, reading its result, throwing a draft away."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from households import clock
from households.choices import Role
from households.models import Area, Household, ReviewRound, Survey, User
from tests.factories import people, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
NEW = "households:household_new"


def test_a_new_household_opens_its_form_and_the_same_page_sent_twice_makes_one(
    world: World, logged_in: LogIn
) -> None:
    given = {"village": world.village.pk, "uuid": str(uuid.uuid4()), "asked_for_review": "on"}
    client = logged_in(world.officer)
    first = client.post(reverse(NEW), given)
    second = client.post(reverse(NEW), given)
    assert first["Location"] == second["Location"]
    assert Household.objects.count() == 1
    assert Survey.objects.get().asked_for_review


def test_a_village_of_another_commune_cannot_be_chosen(world: World, logged_in: LogIn) -> None:
    given = {"village": world.other_village.pk, "uuid": str(uuid.uuid4())}
    answer = logged_in(world.officer).post(reverse(NEW), given)
    assert answer.status_code == 422
    assert Household.objects.count() == 0


def test_a_village_is_offered_until_its_last_day(world: World, logged_in: LogIn) -> None:
    Area.objects.filter(pk=world.village.pk).update(valid_to=clock.today() + dt.timedelta(days=1))
    given = {"village": world.village.pk, "uuid": str(uuid.uuid4())}
    assert logged_in(world.officer).post(reverse(NEW), given).status_code == 302

    Area.objects.filter(pk=world.village.pk).update(valid_to=clock.today() - dt.timedelta(days=1))
    given = {"village": world.village.pk, "uuid": str(uuid.uuid4())}
    assert logged_in(world.officer).post(reverse(NEW), given).status_code == 422


def test_a_reading_role_enters_no_household(world: World, logged_in: LogIn) -> None:
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, world.commune))
    assert chair.get(reverse(NEW)).status_code == 403


def test_without_a_round_under_way_the_page_says_so(world: World, logged_in: LogIn) -> None:
    ReviewRound.objects.update(is_closed=True)
    given = {"village": world.village.pk, "uuid": str(uuid.uuid4())}
    answer = logged_in(world.officer).post(reverse(NEW), given)
    assert answer.status_code == 422
    assert "No review round is under way." in answer.content.decode()


def test_the_form_of_a_known_household_is_opened_once(world: World, logged_in: LogIn) -> None:
    known = people.household(world.village, people.person())
    url = reverse("households:survey_start", args=[known.pk])
    client = logged_in(world.officer)
    assert client.post(url)["Location"] == client.post(url)["Location"]
    assert Survey.objects.get().household == known


def test_a_complete_form_is_not_thrown_away(world: World, logged_in: LogIn) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer)
    url = reverse("households:survey_discard", args=[survey.uuid])
    assert logged_in(world.officer).post(url).status_code == 403
    assert Survey.objects.filter(pk=survey.pk).exists()


def test_a_draft_is_thrown_away(world: World, logged_in: LogIn) -> None:
    known = people.household(world.village, people.person())
    client = logged_in(world.officer)
    client.post(reverse("households:survey_start", args=[known.pk]))
    url = reverse("households:survey_discard", args=[Survey.objects.get().uuid])
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert not Survey.objects.exists()


def test_readers_of_the_commune_see_the_result(world: World, logged_in: LogIn) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer)
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, world.commune))
    page = chair.get(reverse("households:survey", args=[survey.uuid]))
    assert page.status_code == 200
    assert "Not poor" in page.content.decode()


def test_an_unknown_review_is_not_found(world: World, logged_in: LogIn) -> None:
    url = reverse("households:survey", args=[uuid.uuid4()])
    assert logged_in(world.officer).get(url).status_code == 404
