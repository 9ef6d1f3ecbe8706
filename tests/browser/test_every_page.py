"""Every page of the product, in both languages and on three screens: axe finds nothing, nothing
sticks out, and a first load is light.

The pages are those of the table of addresses, so a new page is looked at without being told.
"""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, Response
from pytest_django.live_server_helper import LiveServer

from households.choices import InstallationKind, Role
from households.models import Installation
from households.services.system_user import system_user
from tests.browser.test_accessibility import faults_on
from tests.security.addresses import ADDRESSES, SERVED, Address, For, url_of
from tests.security.conftest import Register
from tests.security.conftest import register as register

pytestmark = pytest.mark.slow

#: A first load without fonts, charts and photographs, compressed as the web process sends it.
MOST_BYTES = 100_000
SCREENS = {
    "laptop": (1366, 768, "vi-VN"),
    "phone": (390, 844, "vi-VN"),
    "wide": (1920, 1080, "en-US"),
    "phone in English": (390, 844, "en-US"),
}
#: Who looks, the one with the most to see first.
LOOKS_FIRST = (Role.COMMUNE_OFFICER, Role.DEPARTMENT, Role.ADMINISTRATOR)
NO_PAGE = "text/html"


@dataclass
class Visitor:
    """A browser of one size and language; a session of each role in turn."""

    context: BrowserContext
    address: str

    def log_in(self, client: Client) -> None:
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.clear_cookies()
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])


@pytest.fixture
def prepared(register: Register) -> Register:
    call_command("catalog", "compile", verbosity=0)
    Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    system_user()
    return register


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[str], Visitor]]:
    contexts = []

    def opened(screen: str) -> Visitor:
        width, height, locale = SCREENS[screen]
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale=locale
        )
        contexts.append(context)
        return Visitor(context, live_server.url)

    yield opened
    for context in contexts:
        context.close()


def pages() -> Iterator[tuple[Role | None, str, Address]]:
    """(who looks, name, address) of everything that answers a GET."""
    for name, address in ADDRESSES.items():
        if "GET" in address.takes and name != "health":
            yield looker(address), name, address


def looker(address: Address) -> Role | None:
    """None: someone who has not logged in."""
    if address.whom is For.ANYONE:
        return None
    served = SERVED[address.whom]
    return next((role for role in LOOKS_FIRST if role in served), min(served))


def weight_of(responses: list[Response]) -> int:
    """Compressed bytes of what the page fetched, fonts and pictures left out."""
    light = [one for one in responses if one.request.resource_type not in ("font", "image")]
    return sum(len(gzip.compress(one.body())) for one in light if one.ok)


def is_page(response: Response | None) -> bool:
    return response is not None and response.headers.get("content-type", "").startswith(NO_PAGE)


def looked_at(page: Page, url: str) -> list[str]:
    fetched: list[Response] = []
    page.on("response", lambda response: fetched.append(response))
    try:
        response = page.goto(url, wait_until="load")
    except Error as refusal:
        if "Download is starting" in refusal.message:
            return []
        raise
    if not is_page(response):
        return []
    assert response is not None
    faults = faults_on(page)
    if response.status >= 400:
        faults.append(f"{url} answers {response.status}")
    if (heavy := weight_of(fetched)) > MOST_BYTES:
        faults.append(f"{url} weighs {heavy:,} bytes")
    return faults


#: Every page is looked at in one of so many tests, so that none runs into the time of a hung one.
PARTS = 2


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_is_clean_light_and_fits(
    prepared: Register, visit: Callable[[str], Visitor], screen: str, part: int
) -> None:
    visitor = visit(screen)
    faults: list[str] = []
    mine = list(pages())[part::PARTS]
    sessions = {role: Client() for role, __, __ in mine if role}
    for role, client in sessions.items():
        client.force_login(prepared.people[role])
    for role, name, __ in mine:
        if role:
            visitor.log_in(sessions[role])
        else:
            visitor.context.clear_cookies()
        page = visitor.context.new_page()
        faults += [f"{name}: {fault}" for fault in looked_at(page, url_of(name, prepared))]
        page.close()
    assert faults == []
