"""The second factor: asked at every log-in, each code once, no page before it."""

import datetime as dt
from collections.abc import Callable

import pyotp
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from households.choices import InstallationKind, Role
from households.errors import Invalid, Refused
from households.models import AuditEvent, Installation, SecondFactor, User
from households.services import second_factor
from tests.factories import users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
PASSWORD = "mot-mat-khau-dai-9"  # invented, for tests only
HOME = reverse("households:home")


@pytest.fixture
def officer(world: World) -> User:
    world.officer.phone = "0912345678"
    world.officer.set_password(PASSWORD)
    world.officer.save()
    return world.officer


def switched_on(user: User) -> tuple[str, list[str]]:
    """Its secret and recovery codes; confirmed a minute ago, so that a code of now is new."""
    secret = second_factor.begin(by=user)
    codes = second_factor.confirm(code=pyotp.TOTP(secret).now(), by=user)
    SecondFactor.objects.filter(user=user).update(last_step=0)
    return secret, codes


def log_in(client: Client, name: str = "officer", next_page: str = "") -> str:
    answer = client.post(
        reverse("login"), {"username": name, "password": PASSWORD, "next": next_page}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer["Location"])


def test_without_one_the_password_is_enough(officer: User, client: Client) -> None:
    assert log_in(client) == HOME
    assert client.get(HOME).status_code == 200


def test_with_one_no_page_opens_before_the_code(officer: User, client: Client) -> None:
    secret, __ = switched_on(officer)
    asks = reverse("second_factor_code")
    wanted = reverse("households:household_list")
    assert log_in(client, next_page=wanted) == asks
    for url in (HOME, wanted, reverse("second_factor"), reverse("admin:index")):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"]) == (302, asks), url
    assert client.post(asks, {"code": "000000"}).status_code == 422
    answer = client.post(asks, {"code": pyotp.TOTP(secret).now()})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert client.get(wanted).status_code == 200


def test_a_code_works_once(officer: User) -> None:
    secret, __ = switched_on(officer)
    code = pyotp.TOTP(secret).now()
    assert second_factor.check(code=f" {code[:3]} {code[3:]}", by=officer)
    assert not second_factor.check(code=code, by=officer)


def test_a_code_of_two_minutes_ago_does_not_work(officer: User) -> None:
    secret, __ = switched_on(officer)
    old = pyotp.TOTP(secret).at(timezone.now() - dt.timedelta(minutes=2))
    assert not second_factor.check(code=old, by=officer)


def test_a_recovery_code_works_once_and_new_ones_replace_the_old(officer: User) -> None:
    __, codes = switched_on(officer)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert second_factor.check(code=codes[0].upper(), by=officer)
    assert not second_factor.check(code=codes[0], by=officer)
    newer = second_factor.renew_recovery_codes(code=codes[2], by=officer)
    assert not second_factor.check(code=codes[1], by=officer)
    assert second_factor.check(code=newer[0], by=officer)
    assert AuditEvent.objects.filter(verb="user.recovery_code_used").count() == 3


def test_guessing_is_stopped_even_with_the_right_code(officer: User) -> None:
    secret, __ = switched_on(officer)
    for __ in range(second_factor.MOST_FAILURES):
        assert not second_factor.check(code="000000", by=officer)
    with pytest.raises(Refused):
        second_factor.check(code=pyotp.TOTP(secret).now(), by=officer)
    past = timezone.now() - dt.timedelta(seconds=1)
    SecondFactor.objects.update(blocked_until=past)
    assert second_factor.check(code=pyotp.TOTP(secret).now(), by=officer)


def test_it_is_set_up_on_the_page_and_kept_encrypted(officer: User, client: Client) -> None:
    client.force_login(officer)
    page = reverse("second_factor")
    assert client.get(page).context["is_on"] is False
    assert not SecondFactor.objects.exists()  # a GET writes nothing
    shown = client.post(page)
    secret = shown.context["secret"]
    assert shown.context["picture"].startswith("data:image/svg+xml")
    assert client.post(page, {"code": "000000"}).status_code == 422
    assert not second_factor.is_on(officer)
    done = client.post(page, {"code": pyotp.TOTP(secret).now()})
    assert len(done.context["codes"]) == second_factor.RECOVERY_CODES
    assert second_factor.is_on(officer)
    assert secret.encode() not in bytes(SecondFactor.objects.get().secret)
    assert client.post(page).status_code == 200  # on already: nothing begins anew
    with pytest.raises(Refused):
        second_factor.begin(by=officer)


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_department_and_administrators_set_it_up_before_anything_else(
    world: World, client: Client, role: Role
) -> None:
    user = users.user("boss", role, world.province)
    user.set_password(PASSWORD)
    user.save()
    page = reverse("second_factor")
    assert log_in(client, "boss") == page
    assert client.get(HOME)["Location"] == page
    secret = client.post(page).context["secret"]
    client.post(page, {"code": pyotp.TOTP(secret).now()})
    assert client.get(HOME).status_code == 200
    assert log_in(Client(), "boss") == reverse("second_factor_code")


def test_a_demonstration_only_offers_it(world: World, client: Client) -> None:
    Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    user = users.user("boss", Role.DEPARTMENT, world.province)
    user.set_password(PASSWORD)
    user.save()
    assert log_in(client, "boss") == HOME


def test_a_lost_telephone_is_the_managers_business(
    world: World, officer: User, logged_in: LogIn
) -> None:
    switched_on(officer)
    url = reverse("households:user_second_factor_off", args=[officer.pk])
    colleague = users.user("colleague", Role.COMMUNE_OFFICER, world.commune)
    assert logged_in(colleague).post(url).status_code in (403, 404)
    assert second_factor.is_on(officer)
    department = users.user("boss", Role.DEPARTMENT, world.province)
    assert logged_in(department).post(url).status_code == 302
    assert not second_factor.is_on(officer)
    assert AuditEvent.objects.filter(verb="user.second_factor_off", by=department).exists()


def test_a_wrong_first_code_turns_nothing_on(officer: User) -> None:
    second_factor.begin(by=officer)
    with pytest.raises(Invalid):
        second_factor.confirm(code="123", by=officer)
    assert not second_factor.is_on(officer)


def test_the_admin_site_has_no_door_of_its_own(world: World, client: Client) -> None:
    answer = client.get(reverse("admin:login"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("typed", ["0912345678", "0912 345 678", "+84912345678"])
def test_a_phone_that_one_account_has_logs_in(officer: User, client: Client, typed: str) -> None:
    assert log_in(client, typed) == HOME


def test_a_phone_of_two_accounts_names_nobody(world: World, officer: User, client: Client) -> None:
    other = users.user("khac", Role.REVIEWER, world.village)
    User.objects.filter(pk=other.pk).update(phone=officer.phone)
    answer = client.post(reverse("login"), {"username": officer.phone, "password": PASSWORD})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_session_left_open_takes_nothing_off(officer: User, client: Client) -> None:
    secret, __ = switched_on(officer)
    client.force_login(officer)
    off = reverse("second_factor_off")
    for sent in ({}, {"code": "000000"}):
        client.post(off, sent)
        assert client.post(reverse("new_recovery_codes"), sent).status_code == 302
    assert second_factor.is_on(officer)
    client.post(off, {"code": pyotp.TOTP(secret).now()})
    assert not second_factor.is_on(officer)


def test_a_log_in_name_of_figures_is_a_name_first(
    world: World, officer: User, client: Client
) -> None:
    named = users.user("0912345678", Role.REVIEWER, world.village)
    named.set_password("mot-mat-khau-khac-9")
    named.save()
    sent = {"username": "0912345678", "password": "mot-mat-khau-khac-9"}
    assert client.post(reverse("login"), sent).status_code == 302
    assert client.session["_auth_user_id"] == str(named.pk)
