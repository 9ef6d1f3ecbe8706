"""Open log-ins go with their session, and end with the account."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from households import tasks
from households.choices import Role
from households.models import OpenSession, User
from households.services import handover, open_sessions
from tests.factories import users
from tests.households.conftest import World


def opened(user: User) -> tuple[Client, OpenSession]:
    client = Client()
    client.force_login(user)
    row = open_sessions.begin(session=client.session, by=user, device="", address=None)
    return client, row


def test_a_session_without_a_key_gets_one(world: World) -> None:
    session = Client().session
    session.flush()
    row = open_sessions.begin(session=session, by=world.officer, device="", address=None)
    assert Session.objects.filter(session_key=row.session_id).exists()


def test_the_daily_job_clears_what_is_past_its_time_and_its_row(world: World) -> None:
    __, old = opened(world.officer)
    __, new = opened(world.officer)
    past = timezone.now() - dt.timedelta(seconds=1)
    Session.objects.filter(session_key=old.session_id).update(expire_date=past)
    assert tasks.clear_sessions.delay().get() == 1
    assert list(OpenSession.objects.all()) == [new]


def test_a_closed_account_is_out_and_stays_out_when_it_is_opened_again(world: World) -> None:
    department = users.user("boss", Role.DEPARTMENT, world.province)
    taker = users.user("taker", Role.COMMUNE_OFFICER, world.commune)
    client, __ = opened(world.officer)
    handover.hand_over(
        giver=world.officer, taker=taker, by=department, with_assignments=False, close=True
    )
    User.objects.filter(pk=world.officer.pk).update(is_active=True)
    assert client.get(reverse("households:home")).status_code == 302
    assert not OpenSession.objects.exists()


def test_a_session_is_out_of_the_cache_again_when_the_end_is_committed(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    """Another request may have put it back between the delete and the commit."""
    client, row = opened(world.officer)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        kept = client.session
        read = dict(kept.items())
        open_sessions.end(session=row, by=world.officer)
        kept._cache.set(kept.cache_key, read)
        assert client.get(reverse("households:home")).status_code == 200
    assert client.get(reverse("households:home")).status_code == 302


@pytest.mark.parametrize("number", [0, 2])
def test_the_number_ended_is_told(world: World, number: int) -> None:
    for __ in range(number):
        opened(world.officer)
    assert open_sessions.end_all(user=world.officer, by=world.officer) == number
