"""One's own account, and the way back in by e-mail."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households.models import AuditEvent, User
from households.services import users as accounts
from tests.households.conftest import World

LogIn = Callable[[User], Client]
PASSWORD = "mot-mat-khau-dai-9"
ADDRESS = "can.bo@example.vn"


@pytest.fixture
def owner(world: World) -> User:
    cache.clear()
    world.officer.set_password(PASSWORD)
    world.officer.save()
    return world.officer


def ask(email: str) -> Client:
    client = Client()
    answer = client.post(reverse("password_forgotten"), {"email": email})
    assert answer.status_code == 200
    return client


def test_the_page_tells_roles_and_ways_in(world: World, logged_in: LogIn, owner: User) -> None:
    page = logged_in(owner).get(reverse("my_account")).content.decode()
    for told in (owner.username, "Commune poverty officer", world.commune.name):
        assert told in page
    for way in ("password_change", "second_factor"):
        assert reverse(way) in page


def test_the_address_is_changed_with_the_password_and_recorded(
    logged_in: LogIn, owner: User
) -> None:
    client = logged_in(owner)
    wrong = client.post(reverse("my_account"), {"email": ADDRESS, "password": "sai"})
    assert wrong.status_code == 422
    assert "This is not your password." in wrong.content.decode()
    right = client.post(reverse("my_account"), {"email": ADDRESS, "password": PASSWORD})
    assert right.status_code == 302
    owner.refresh_from_db()
    assert owner.email == ADDRESS
    assert AuditEvent.objects.get(verb="user.change_email").by == owner


def test_an_address_belongs_to_one_account(world: World, logged_in: LogIn, owner: User) -> None:
    other = User.objects.create_user("khac", password=PASSWORD)
    accounts.change_email(email=ADDRESS, by=other)
    given = {"email": ADDRESS.upper(), "password": PASSWORD}
    answer = logged_in(owner).post(reverse("my_account"), given)
    assert answer.status_code == 422
    assert "Another account has this e-mail address." in answer.content.decode()


def test_the_mailed_link_sets_a_new_password_once(owner: User) -> None:
    accounts.change_email(email=ADDRESS, by=owner)
    ask(ADDRESS)
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    link = re.search(r"http://testserver(/password/set/\S+)", str(sent.body))
    assert link
    client = Client()
    page = client.get(link[1], follow=True)
    new = "mot-mat-khau-khac-7"
    client.post(page.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    owner.refresh_from_db()
    assert owner.check_password(new)
    assert Client().get(link[1], follow=True).context["validlink"] is False


def test_an_unknown_address_gets_the_same_answer_and_no_mail(owner: User) -> None:
    accounts.change_email(email=ADDRESS, by=owner)
    pages = [
        Client().post(reverse("password_forgotten"), {"email": one}).content.decode()
        for one in (ADDRESS, "ai.do@example.vn")
    ]
    # The one thing that differs between any two pages is the token of their forms.
    known, unknown = (re.sub(r'value="\w{64}"', "", page) for page in pages)
    assert "Look into your mailbox" in known or "Xem hộp thư" in known
    assert known == unknown
    assert len(mail.outbox) == 1


def test_a_mailbox_is_not_filled_by_a_stranger(owner: User) -> None:
    accounts.change_email(email=ADDRESS, by=owner)
    for written in (ADDRESS, ADDRESS.upper(), f" {ADDRESS}"):
        ask(written)
    assert len(mail.outbox) == 1


def test_without_a_mail_server_nothing_is_offered(settings: Settings, owner: User) -> None:
    settings.POVREG_SENDS_MAIL = False
    assert Client().get(reverse("password_forgotten")).status_code == 404
    page = Client().get(reverse("login")).content.decode()
    assert reverse("password_forgotten") not in page
