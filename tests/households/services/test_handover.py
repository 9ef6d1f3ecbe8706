"""One step hands over all open work; what may not go is named and stays."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role, TieKind
from households.errors import Invalid, Refused
from households.models import Assignment, AuditEvent, Survey, User
from households.services import handover, surveys, ties
from tests.factories import users
from tests.households.conftest import World

LogIn = Callable[[User], Client]


@pytest.fixture
def giver(world: World) -> User:
    return users.user("giver", Role.REVIEWER, world.village)


@pytest.fixture
def taker(world: World) -> User:
    return users.user("taker", Role.VILLAGE_HEAD, world.village)


@pytest.fixture
def drafts(world: World, giver: User) -> list[Survey]:
    return [surveys.start(round=world.round, village=world.village, by=giver) for __ in range(3)]


def owners(drafts: list[Survey]) -> list[str]:
    pks = [one.pk for one in drafts]
    found = Survey.objects.filter(pk__in=pks).order_by("pk")
    return [one.surveyed_by.username for one in found.select_related("surveyed_by")]


def test_forms_and_assignments_go_over_once(
    world: World, giver: User, taker: User, drafts: list[Survey]
) -> None:
    plan = handover.plan(giver=giver, taker=taker, by=world.officer, with_assignments=True)
    assert plan.by_village == [("Thôn Một", 3)]
    assert owners(drafts) == ["giver"] * 3  # telling does nothing
    handover.hand_over(
        giver=giver, taker=taker, by=world.officer, with_assignments=True, close=True
    )
    assert owners(drafts) == ["taker"] * 3
    roles = Assignment.objects.filter(user=taker).values_list("role", flat=True)
    assert set(roles) == {Role.REVIEWER, Role.VILLAGE_HEAD}
    giver.refresh_from_db()
    assert not giver.is_active
    event = AuditEvent.objects.get(verb="user.hand_over")
    assert event.details == {"to": taker.pk, "forms": 3, "staying": 0}


def test_what_the_other_may_not_enter_stays_and_is_named(
    world: World, giver: User, taker: User, drafts: list[Survey]
) -> None:
    related = drafts[0].household
    ties.declare(user=taker, household=related, kind=TieKind.RELATED, by=world.officer)
    done = handover.hand_over(
        giver=giver, taker=taker, by=world.officer, with_assignments=True, close=False
    )
    assert [one.survey for one in done.staying] == [drafts[0]]
    assert owners(drafts) == ["giver", "taker", "taker"]


def test_without_assignments_only_who_may_write_there_takes_forms(
    world: World, giver: User, taker: User, drafts: list[Survey]
) -> None:
    plan = handover.plan(giver=giver, taker=taker, by=world.officer, with_assignments=False)
    assert (len(plan.forms), len(plan.staying)) == (0, 3)
    assert plan.staying[0].reason


def test_not_to_himself_and_not_by_strangers(world: World, giver: User, taker: User) -> None:
    with pytest.raises(Invalid):
        handover.plan(giver=giver, taker=giver, by=world.officer, with_assignments=False)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    with pytest.raises(Refused):
        handover.plan(giver=giver, taker=taker, by=stranger, with_assignments=False)


def test_the_page_tells_first(
    world: World, giver: User, taker: User, drafts: list[Survey], logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    url = reverse("households:user_hand_over", args=[giver.pk])
    sent = {"taker": taker.pk, "with_assignments": "on"}
    told = client.post(url, sent)
    assert told.context["plan"].by_village == [("Thôn Một", 3)]
    assert owners(drafts) == ["giver"] * 3
    assert client.post(url, sent | {"act": "do"}).status_code == 302
    assert owners(drafts) == ["taker"] * 3
