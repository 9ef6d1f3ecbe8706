"""Causes and wishes: of poor and near-poor households, after the class is known."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import AuditEvent, ListEntry, Survey, User
from tests.factories import reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _lists(db: None) -> None:
    for list_code, code in (("causes", "1"), ("causes", "2"), ("support_wanted", "credit")):
        ListEntry.objects.create(list_code=list_code, code=code, name_vi=code, name_en=code)


@pytest.fixture
def near_poor(world: World) -> Survey:
    return reviews.surveyed(
        world.round, world.village, world.officer, income_per_capita_month_vnd=1_400_000
    )


def url_of(survey: Survey) -> str:
    return reverse("households:survey_wishes", args=[survey.uuid])


def answers(survey: Survey, **changes: object) -> dict[str, object]:
    return {
        "revision": survey.revision,
        "causes": ["2", "1"],
        "support_wanted": ["credit"],
        "registers_to_escape": "Y",
        **changes,
    }


def test_they_are_kept_in_the_order_of_the_list(
    world: World, near_poor: Survey, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    page = client.get(reverse("households:survey", args=[near_poor.uuid]))
    assert page.context["wishes"].is_empty
    assert client.post(url_of(near_poor), answers(near_poor)).status_code == 302
    near_poor.refresh_from_db()
    assert (near_poor.causes, near_poor.support_wanted) == (["1", "2"], ["credit"])
    assert near_poor.registers_to_escape is True
    assert AuditEvent.objects.filter(verb="survey.wishes", household=near_poor.household).exists()
    assert near_poor.assessments.get().poverty_class == "NEAR_POOR"


def test_other_households_are_not_asked(world: World, logged_in: LogIn) -> None:
    rich = reviews.surveyed(
        world.round, world.village, world.officer, income_per_capita_month_vnd=9_000_000
    )
    client = logged_in(world.officer)
    page = client.get(reverse("households:survey", args=[rich.uuid]))
    assert page.context["wishes"] is None
    assert client.post(url_of(rich), answers(rich)).status_code == 403


def test_someone_elses_later_save_is_not_overwritten(
    world: World, near_poor: Survey, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    stale = answers(near_poor, revision=near_poor.revision - 1)
    assert client.post(url_of(near_poor), stale).status_code == 302
    near_poor.refresh_from_db()
    assert near_poor.causes == []


def test_a_code_that_does_not_exist_is_refused(
    world: World, near_poor: Survey, logged_in: LogIn
) -> None:
    answer = logged_in(world.officer).post(url_of(near_poor), answers(near_poor, causes=["99"]))
    assert answer.status_code == 422
    assert answer.context["wishes"].causes.errors


def test_strangers_and_readers(world: World, near_poor: Survey, logged_in: LogIn) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    chair = users.user("chair", Role.COMMUNE_CHAIR, world.commune)
    sent = answers(near_poor)
    assert logged_in(stranger).post(url_of(near_poor), sent).status_code == 404
    assert logged_in(chair).post(url_of(near_poor), sent).status_code == 403
    assert logged_in(world.officer).get(url_of(near_poor)).status_code == 405
