"""The code of a slip: once, for one account, for some days, and never readable again."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from households.choices import Role
from households.errors import Refused
from households.models import AuditEvent, FirstLoginCode, User
from households.services import first_login
from povreg import settings as shipped
from tests.factories import users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
PAGE = reverse("first_login")
PASSWORD = "mot-mat-khau-dai-9"


@pytest.fixture
def head(world: World) -> User:
    made = users.user("truong_thon", Role.VILLAGE_HEAD, world.village)
    made.phone = "0912345678"
    made.save()
    return made


def typed(code: str, username: str = "truong_thon", password: str = PASSWORD) -> dict[str, str]:
    return {
        "username": username, "code": code, "new_password1": password, "new_password2": password,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["truong_thon", "TRUONG_THON ", "0912345678", "0912 345 678"])
def test_name_or_phone_and_code_set_the_password_once(
    world: World, head: User, client: Client, name: str
) -> None:
    slip = first_login.issue(user=head, by=world.officer)
    assert client.post(PAGE, typed(slip.written_code.lower(), name)).status_code == 302
    assert "_auth_user_id" not in client.session
    head.refresh_from_db()
    assert head.check_password(PASSWORD)
    assert client.post(PAGE, typed(slip.code, name)).status_code == 422


def test_a_code_is_kept_as_a_digest_and_never_in_the_audit(world: World, head: User) -> None:
    slip = first_login.issue(user=head, by=world.officer)
    kept = FirstLoginCode.objects.get()
    assert slip.code not in f"{kept.digest}{AuditEvent.objects.get(verb='user.first_code').details}"
    assert len(slip.code) == 10


def test_a_newer_code_replaces_the_older(world: World, head: User, client: Client) -> None:
    first = first_login.issue(user=head, by=world.officer)
    second = first_login.issue(user=head, by=world.officer)
    assert client.post(PAGE, typed(first.code)).status_code == 422
    assert client.post(PAGE, typed(second.code)).status_code == 302


def test_an_old_code_and_one_of_another_account_open_nothing(
    world: World, head: User, client: Client
) -> None:
    other = users.user("khac", Role.VILLAGE_HEAD, world.village)
    of_other = first_login.issue(user=other, by=world.officer)
    slip = first_login.issue(user=head, by=world.officer)
    assert client.post(PAGE, typed(of_other.code)).status_code == 422
    past = timezone.now() - dt.timedelta(minutes=1)
    FirstLoginCode.objects.filter(user=head).update(expires_at=past)
    assert client.post(PAGE, typed(slip.code)).status_code == 422


def test_a_closed_account_stays_closed(world: World, head: User, client: Client) -> None:
    slip = first_login.issue(user=head, by=world.officer)
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert client.post(PAGE, typed(slip.code)).status_code == 422


def test_a_weak_password_does_not_use_up_the_code(world: World, head: User, client: Client) -> None:
    slip = first_login.issue(user=head, by=world.officer)
    assert client.post(PAGE, typed(slip.code, password="12345")).status_code == 422
    assert client.post(PAGE, typed(slip.code)).status_code == 302


def test_guessing_is_locked_out_like_passwords(world: World, head: User, client: Client) -> None:
    slip = first_login.issue(user=head, by=world.officer)
    for guess in range(shipped.AXES_FAILURE_LIMIT):
        client.post(PAGE, typed(f"AAAAA-AAAA{guess}"))
    assert client.post(PAGE, typed(slip.code)).status_code == 429


def test_only_who_manages_the_account_makes_its_slip(
    world: World, head: User, logged_in: LogIn
) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    with pytest.raises(Refused):
        first_login.issue(user=head, by=stranger)
    url = reverse("households:user_slip", args=[head.pk])
    assert logged_in(stranger).post(url).status_code == 404
    page = logged_in(world.officer).post(url)
    assert page.status_code == 200
    assert page["Cache-Control"].startswith("max-age=0")
