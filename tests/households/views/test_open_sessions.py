"""One's own open log-ins: what is told of them, and that an end is an end."""

from collections.abc import Callable

import pyotp
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import AuditEvent, OpenSession, SecondFactor, User
from households.services import second_factor
from tests.factories import users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
PASSWORD = "mot-mat-khau-dai-9"  # invented, for tests only
HOME = reverse("households:home")
LIST = reverse("my_sessions")
OTHERS = reverse("sessions_end_others")
DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def owner(world: World) -> User:
    cache.clear()
    world.officer.set_password(PASSWORD)
    world.officer.save()
    return world.officer


def browser(owner: User, user_agent: str = DESKTOP) -> Client:
    client = Client(headers={"accept-language": "en", "user-agent": user_agent})
    sent = {"username": owner.username, "password": PASSWORD}
    assert client.post(reverse("login"), sent).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def listed(client: Client) -> list[OpenSession]:
    return list(client.get(LIST).context["sessions"])


def test_the_list_tells_device_address_and_which_is_this_one(owner: User) -> None:
    browser(owner, PHONE)
    here = browser(owner)
    page = here.get(LIST).content.decode()
    for told in ("Chrome, Windows", "Chrome, Android", "127.0.0.1"):
        assert told in page
    assert page.count("this one") == 1
    assert [one.device for one in listed(here)] == ["Chrome, Windows", "Chrome, Android"]


def test_one_is_ended_at_once_and_recorded(owner: User) -> None:
    phone, here = browser(owner, PHONE), browser(owner)
    assert is_in(phone)  # its session is in the cache now
    row = OpenSession.objects.get(device="Chrome, Android")
    assert here.post(reverse("session_end", args=[row.pk]))["Location"] == LIST
    assert not is_in(phone)
    assert is_in(here)
    assert AuditEvent.objects.get(verb="user.session_ended").by == owner


def test_all_others_end_and_this_one_stays(owner: User) -> None:
    others = [browser(owner), browser(owner, PHONE)]
    here = browser(owner)
    here.post(OTHERS)
    assert [is_in(one) for one in (*others, here)] == [False, False, True]
    assert len(listed(here)) == 1
    assert AuditEvent.objects.get(verb="user.sessions_ended").details == {"number": 2}


def test_another_accounts_log_in_does_not_exist(
    world: World, owner: User, logged_in: LogIn
) -> None:
    here = browser(owner)
    row = OpenSession.objects.get()
    colleague = users.user("colleague", Role.COMMUNE_OFFICER, world.commune)
    other = logged_in(colleague)
    assert other.post(reverse("session_end", args=[row.pk])).status_code == 404
    other.post(OTHERS)
    assert is_in(here)
    assert other.get(LIST).context["sessions"] == []


def test_ending_this_one_is_a_log_out(owner: User) -> None:
    here = browser(owner)
    row = OpenSession.objects.get()
    assert here.post(reverse("session_end", args=[row.pk]))["Location"] == reverse("login")
    assert not is_in(here)


def test_a_log_out_takes_the_row_along(owner: User) -> None:
    here = browser(owner)
    here.post(reverse("logout"))
    assert not OpenSession.objects.exists()


def test_a_new_password_ends_the_others_and_this_one_goes_on(owner: User) -> None:
    phone, here = browser(owner, PHONE), browser(owner)
    began = OpenSession.objects.get(device="Chrome, Windows").begun_at
    new = "mot-mat-khau-khac-7"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post(reverse("password_change"), sent).status_code == 302
    assert not is_in(phone)
    (left,) = listed(here)
    assert left.begun_at == began
    assert OpenSession.objects.count() == 1


def test_a_password_set_by_link_leaves_no_dead_log_in_in_the_list(owner: User) -> None:
    browser(owner, PHONE)
    owner.set_password("mot-mat-khau-khac-7")
    owner.save()
    here = Client()
    here.force_login(owner)
    assert listed(here) == []


def test_a_form_sent_is_seen_and_reading_is_not(owner: User) -> None:
    here = browser(owner)
    cache.clear()  # five minutes after the log-in
    began = OpenSession.objects.get().last_seen_at
    here.get(HOME)
    assert OpenSession.objects.get().last_seen_at == began
    here.post(reverse("set_language"), {"language": "en"})
    seen = OpenSession.objects.get().last_seen_at
    assert seen > began
    here.post(reverse("set_language"), {"language": "en"})
    assert OpenSession.objects.get().last_seen_at == seen  # once in five minutes


def test_a_log_in_stands_in_the_list_when_its_second_step_is_done(owner: User) -> None:
    secret = second_factor.begin(by=owner)
    second_factor.confirm(code=pyotp.TOTP(secret).now(), by=owner)
    SecondFactor.objects.update(last_step=0)
    client = browser(owner)
    assert not OpenSession.objects.exists()
    client.post(reverse("second_factor_code"), {"code": pyotp.TOTP(secret).now()})
    assert [one.device for one in listed(client)] == ["Chrome, Windows"]
