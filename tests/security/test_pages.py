"""What every page tells the browser: run nothing that is not ours, keep nothing, tell nobody."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from households.choices import Role
from households.models import User
from households.views import errors
from povreg import settings as shipped
from tests.security.addresses import ADDRESSES, GET, SERVED, url_of
from tests.security.answers import text_of
from tests.security.conftest import Register
from tests.security.test_addresses import admin_urls

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


class InlineCode(HTMLParser):
    """Collects what a strict policy would have to refuse, and what would leave the site."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_page_data = given.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in given and not is_page_data):
            self.found.append(f"<{tag}>")
        self.found += [f"{tag} {name}" for name in given if name == "style" or name[:2] == "on"]
        for name in ("href", "src", "action", "formaction"):
            address = given.get(name, "")
            if address.startswith(("javascript:", "http:", "https:", "//", "data:text")):
                self.found.append(f"{tag} {name}={address}")


def inline_code(answer: HttpResponse) -> list[str]:
    reader = InlineCode()
    reader.feed(text_of(answer))
    return reader.found


def pages(register: Register, logged_in: LogIn) -> Iterator[tuple[str, HttpResponse]]:
    """Every page as one who may see it, and every error page."""
    for name, address in ADDRESSES.items():
        if name == "health" or not address.takes >= GET:
            continue
        role = next(
            one
            for one in (Role.COMMUNE_OFFICER, Role.DEPARTMENT, Role.ADMINISTRATOR)
            if one in SERVED[address.whom]
        )
        yield name, logged_in(register.people[role]).get(url_of(name, register), follow=True)
    officer = logged_in(register.officer)
    yield "403", officer.get(url_of("households:user_list", register))
    yield "404", officer.get("/no-such-page/")
    yield "422", officer.post(url_of("households:survey_form", register), {"act": "complete"})
    yield "csrf", Client(enforce_csrf_checks=True).post("/login/", {})


def faults_of(name: str, answer: HttpResponse) -> list[str]:
    """What a page tells the browser that it must not, or fails to tell."""
    told = answer.headers
    found = [f"{key}: {told.get(key)}" for key, value in SENT.items() if told.get(key) != value]
    if not is_strict(policy := told.get("Content-Security-Policy", "")):
        found.append(policy or "no policy")
    # After the log-out nobody finds it again with the browser's back button.
    if name != "csrf" and "no-store" not in told.get("Cache-Control", ""):
        found.append("kept in a cache")
    return found + inline_code(answer)


SENT = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def is_strict(policy: str) -> bool:
    rules = dict(one.strip().partition(" ")[::2] for one in policy.split(";"))
    return (
        rules.get("default-src") == "'self'"
        and rules.get("object-src") == "'none'"
        and rules.get("base-uri") == "'none'"
        and rules.get("frame-ancestors") == "'none'"
        and rules.get("form-action") == "'self'"
        and "script-src" not in rules
        and "unsafe" not in policy
    )


def test_every_page_runs_only_ours_carries_no_code_is_not_framed_and_stays_in_no_cache(
    register: Register, logged_in: LogIn
) -> None:
    found = {name: faults_of(name, answer) for name, answer in pages(register, logged_in)}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_no_page_of_the_administration_carries_code_or_style_of_its_own(
    register: Register, logged_in: LogIn
) -> None:
    administrator = logged_in(register.people[Role.ADMINISTRATOR])
    # import-export's own page carries a toggle; the policy stops it, exporting works without.
    asked = [url for url in admin_urls(register) if not url.endswith("/export/")]
    inline = {url: inline_code(administrator.get(url)) for url in asked}
    assert asked
    assert {url: found for url, found in inline.items() if found} == {}


def test_the_page_of_a_fault_needs_nothing_of_its_own_either(rf: RequestFactory) -> None:
    assert inline_code(errors.broken(rf.get("/"))) == []


def test_a_reader_of_inline_code_finds_it() -> None:
    """Without this the tests above would prove nothing."""
    page = '<p style="x" onclick="y"><script>z</script><a href="javascript:w">v</a>'
    bare = HttpResponse(page)
    assert len(inline_code(bare)) == 4
    assert len(faults_of("any", bare)) == 4 + len(SENT) + 2


def test_cookies_are_not_for_scripts_other_sites_or_open_lines(
    register: Register, client: Client, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True  # as with POVREG_HTTPS=1
    register.officer.set_password("mot-mat-khau-dai-9")
    register.officer.save()
    client.get("/login/")
    client.post("/login/", {"username": "u_commune_officer", "password": "mot-mat-khau-dai-9"})
    session = client.cookies[shipped.SESSION_COOKIE_NAME]
    token = client.cookies[shipped.CSRF_COOKIE_NAME]
    assert (session["httponly"], session["samesite"], session["secure"]) == (True, "Lax", True)
    assert (token["samesite"], token["secure"]) == ("Lax", True)
    assert session["max-age"] == ""  # ends with the browser
