"""The door: locked after wrong guesses, closed after a working day, and leading nowhere else."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from rest_framework.settings import api_settings

from households.choices import Role
from households.models import User
from households.services import users as accounts
from povreg import settings as shipped
from tests.security.conftest import Register

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
PASSWORD = "mot-mat-khau-dai-9"
LOGIN = "/login/"


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("canbo", password=PASSWORD)


def typed(client: Client, username: str = "canbo", password: str = PASSWORD, **more: str) -> int:
    given = {"username": username, "password": password}
    return client.post(LOGIN, given, **more).status_code  # type: ignore[arg-type]


def is_inside(client: Client) -> bool:
    return client.get("/").status_code == 200


def wrong_guesses(client: Client, number: int, **more: str) -> None:
    for guess in range(number):
        typed(client, password=f"sai {guess}", **more)


def test_four_wrong_guesses_still_let_the_owner_in(client: Client, owner: User) -> None:
    wrong_guesses(client, shipped.AXES_FAILURE_LIMIT - 1)
    assert typed(client) == 302
    assert is_inside(client)


def test_after_five_the_right_password_is_refused_too(client: Client, owner: User) -> None:
    wrong_guesses(client, shipped.AXES_FAILURE_LIMIT)
    assert typed(client) == 429
    assert typed(Client()) == 429
    assert not is_inside(client)


@pytest.mark.parametrize("written", ["ｃａｎｂｏ", " canbo", "canbo "])
def test_another_writing_of_the_name_opens_no_second_lock(
    client: Client, owner: User, written: str
) -> None:
    """The name is normalised before the lock counts, so five guesses are five."""
    wrong_guesses(client, shipped.AXES_FAILURE_LIMIT)
    assert typed(client, username=written) == 429


def test_the_administration_has_no_door_of_its_own(client: Client, owner: User) -> None:
    answer = client.post("/admin/login/", {"username": "canbo", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/admin/")
    assert not is_inside(client)


def test_guesses_by_phone_and_by_name_count_together(client: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(phone="0912345678")
    for __ in range(shipped.AXES_FAILURE_LIMIT):
        typed(client, username="0912 345 678", password="sai")
    assert typed(client) == 429


def test_a_forwarded_address_does_not_reset_the_lock(client: Client, owner: User) -> None:
    """What a browser writes into X-Forwarded-For is not believed."""
    for guess in range(shipped.AXES_FAILURE_LIMIT):
        typed(client, password="sai", HTTP_X_FORWARDED_FOR=f"10.0.0.{guess}")
    assert typed(client, HTTP_X_FORWARDED_FOR="10.0.0.99") == 429


def test_behind_our_proxy_a_stranger_locks_out_only_himself(
    client: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)
    wrong_guesses(client, shipped.AXES_FAILURE_LIMIT, HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert typed(client, HTTP_X_FORWARDED_FOR="203.0.113.9") == 429
    assert typed(client, HTTP_X_FORWARDED_FOR="203.0.113.10") == 302


def test_a_name_that_does_not_exist_is_refused_in_the_same_words(
    client: Client, owner: User
) -> None:
    told = [
        client.post(LOGIN, {"username": name, "password": "sai"}).context["form"].errors
        for name in ("canbo", "khong-co")
    ]
    assert told[0] == told[1]


def test_neither_an_inactive_account_nor_the_system_logs_in(
    client: Client, register: Register, owner: User
) -> None:
    owner.is_active = False
    owner.save()
    assert typed(client) == 200
    for password in ("", "!", PASSWORD):
        assert typed(client, username="system", password=password) == 200
    assert not is_inside(client)


def test_a_session_ends_with_a_working_day(client: Client, owner: User) -> None:
    assert typed(client) == 302
    session = Session.objects.get()
    assert session.expire_date <= timezone.now() + dt.timedelta(hours=12)
    assert shipped.SESSION_EXPIRE_AT_BROWSER_CLOSE


def test_logging_out_ends_the_session_and_not_only_its_cookie(client: Client, owner: User) -> None:
    typed(client)
    copied = Client()
    copied.cookies.update(client.cookies)
    assert is_inside(copied)
    client.post(reverse("logout"))
    assert not is_inside(copied)


def test_logging_in_gives_the_session_a_new_name(client: Client, owner: User) -> None:
    """Who planted a session in someone's browser has nothing of it after the log-in."""
    session = client.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    typed(client)
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_a_new_password_ends_every_other_session(owner: User) -> None:
    here, elsewhere = Client(), Client()
    typed(here)
    typed(elsewhere)
    new = "hai-mat-khau-dai-8"
    given = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post(reverse("password_change"), given).status_code == 302
    assert is_inside(here)
    assert not is_inside(elsewhere)


def test_a_session_outlives_neither_the_account_nor_the_assignment(
    register: Register, logged_in: LogIn
) -> None:
    officer = register.officer
    client = logged_in(officer)
    page = reverse("households:household", args=[register.household.pk])
    assert client.get(page).status_code == 200
    accounts.end_assignment(
        assignment=officer.assignments.get(), by=register.people[Role.ADMINISTRATOR]
    )
    assert client.get(page).status_code == 403
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    "weak", ["ngan-9", "1234567890", "password123", "can-bo-xa-thu", "canboxathu1"]
)
def test_a_weak_password_is_refused(weak: str) -> None:
    """Too short, only digits, too common, or the owner's own name."""
    with pytest.raises(ValidationError):
        validate_password(weak, User(username="canboxathu", full_name="Can-bo-xa-thu"))


def test_a_password_is_stored_by_argon2() -> None:
    with override_settings(PASSWORD_HASHERS=shipped.PASSWORD_HASHERS):
        assert identify_hasher(make_password(PASSWORD)).algorithm == "argon2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "\thttps://evil.example",
    ],
)
def test_neither_log_in_nor_language_leads_to_another_site(
    client: Client, owner: User, elsewhere: str
) -> None:
    given = {"username": "canbo", "password": PASSWORD, "next": elsewhere}
    assert client.post(LOGIN, given)["Location"] == "/"
    answer = client.post(reverse("set_language"), {"language": "en", "next": elsewhere})
    assert answer["Location"] in ("/", "")
    page = Client().get(LOGIN, {"next": elsewhere}).content.decode()
    assert "evil.example" not in page.partition("<form")[0]


def test_a_link_to_log_in_leads_back_where_one_wanted_to_go(client: Client, owner: User) -> None:
    given = {"username": "canbo", "password": PASSWORD, "next": "/rounds/"}
    assert client.post(LOGIN, given)["Location"] == "/rounds/"


def test_a_foreign_host_name_is_refused(client: Client, settings: Settings) -> None:
    """A one-time link is made of the host name that was asked."""
    settings.ALLOWED_HOSTS = shipped.ALLOWED_HOSTS
    assert client.get(LOGIN, headers={"host": "evil.example"}).status_code == 400
    assert client.get(LOGIN, headers={"host": "localhost"}).status_code == 200
