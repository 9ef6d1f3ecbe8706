"""The frame that every page shares."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import InstallationKind
from households.models import Installation, User
from households.views import errors

pytestmark = pytest.mark.django_db


def test_anonymous_is_sent_to_the_login_page(client: Client) -> None:
    answer = client.get(reverse("households:home"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("login"))


def test_login_page_has_no_inline_script_or_style(client: Client) -> None:
    page = client.get(reverse("login")).content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert "onclick" not in page


def test_demo_says_so_on_every_page_with_its_day(client: Client, settings) -> None:
    Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    settings.POVREG_TODAY = dt.date(2024, 10, 15)
    client.force_login(User.objects.create(username="an"))
    for url in (reverse("login"), reverse("households:home"), "/no-such-page/"):
        page = client.get(url).content.decode()
        assert "demo-banner" in page, url
        assert "15/10/2024" in page, url


def test_a_real_register_on_the_real_clock_has_no_banner(client: Client, settings) -> None:
    Installation.objects.create(pk=1, kind=InstallationKind.REAL)
    settings.POVREG_TODAY = None
    assert "demo-banner" not in client.get(reverse("login")).content.decode()


def test_language_can_be_switched_before_logging_in(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": reverse("login")})
    assert "Log in" in client.get(reverse("login")).content.decode()


def test_too_many_wrong_passwords_lock_the_log_in_and_say_so(client: Client, settings) -> None:
    settings.LANGUAGE_CODE = "en"
    User.objects.create_user("an", password="mot-mat-khau-dai-9")
    wrong = {"username": "an", "password": "sai"}
    for __ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(reverse("login"), wrong)
    assert answer.status_code == 429
    right = wrong | {"password": "mot-mat-khau-dai-9"}
    page = client.post(reverse("login"), right, headers={"accept-language": "en"})
    assert page.status_code == 429
    assert "Log-in locked" in page.content.decode()


def test_a_form_without_its_token_is_refused_in_words() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = strict.post(reverse("login"), {"username": "an", "password": "x"})
    assert answer.status_code == 403
    assert "nothing was saved" in answer.content.decode()


def test_a_broken_page_needs_no_database(rf, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = errors.broken(rf.get("/"))
    assert answer.status_code == 500
