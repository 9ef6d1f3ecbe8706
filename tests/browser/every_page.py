"""Looking at every page of the product: what axe finds, what sticks out, how heavy a first load is.

The pages are those of the table of addresses, so a new page is looked at without being told.
"""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, Response
from pytest_django.live_server_helper import LiveServer

from households.choices import InstallationKind, Role
from households.models import Installation
from households.services.system_user import system_user
from tests.browser.test_accessibility import faults_on, sticks_out
from tests.security.addresses import ADDRESSES, SERVED, Address, For, url_of
from tests.security.conftest import Register
from tests.security.conftest import register as register

#: A first load without fonts, charts and photographs, compressed as the web process sends it.
MOST_BYTES = 100_000
Size = tuple[int, int]
PHONE: Size = (390, 844)
#: Each page is loaded once a language and then made narrow, as a window is.
SCREENS: dict[str, tuple[Size, ...]] = {
    "vi-VN": ((1366, 768), PHONE),
    "en-US": ((1920, 1080), PHONE),
}
#: Who looks, the one with the most to see first.
LOOKS_FIRST = (Role.COMMUNE_OFFICER, Role.DEPARTMENT, Role.ADMINISTRATOR)
NO_PAGE = "text/html"


@dataclass
class Visitor:
    """A browser of one language; a session of each role in turn."""

    context: BrowserContext
    address: str

    def log_in(self, client: Client) -> None:
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.clear_cookies()
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])


@pytest.fixture
def prepared(register: Register, catalogs: None) -> Register:
    Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    system_user()
    return register


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[str], Visitor]]:
    contexts = []

    def opened(language: str) -> Visitor:
        context = browser.new_context(base_url=live_server.url, locale=language)
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
    return sum(compressed_size(body_of(one)) for one in light if one.ok)


def body_of(response: Response) -> bytes:
    """Nothing where the browser has let it go: it was an answer to the page before, which was
    still asking when this one was opened."""
    try:
        return response.body()
    except Error:
        return b""


@cache
def compressed_size(content: bytes) -> int:
    """Bytes; styles and scripts are the same on every page."""
    return len(gzip.compress(content))


def is_page(response: Response | None) -> bool:
    return response is not None and response.headers.get("content-type", "").startswith(NO_PAGE)


def looked_at(page: Page, url: str, sizes: tuple[Size, ...]) -> list[str]:
    fetched: list[Response] = []

    def note(response: Response) -> None:
        fetched.append(response)

    resize(page, sizes[0])
    page.on("response", note)
    try:
        response = page.goto(url, wait_until="load")
    except Error as refusal:
        if "Download is starting" in refusal.message:
            return []
        raise
    finally:
        page.remove_listener("response", note)
    if not is_page(response):
        return []
    assert response is not None
    faults = [f"{url} answers {response.status}"] if response.status >= 400 else []
    if (heavy := weight_of(fetched)) > MOST_BYTES:
        faults.append(f"{url} weighs {heavy:,} bytes")
    for size in sizes:
        resize(page, size)
        # What axe finds does not hang on the language; how long words are does.
        found = faults_on(page) if sizes == SCREENS["vi-VN"] else sticks_out(page)
        faults += [f"{size[0]}px: {fault}" for fault in found]
    return faults


def resize(page: Page, size: Size) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


#: Every page is looked at in one of so many tests, so that none runs into the time of a hung one
#: and all workers look at some.
PARTS = 12


def faults_in(
    prepared: Register, visit: Callable[[str], Visitor], language: str, part: int
) -> list[str]:
    visitor = visit(language)
    faults: list[str] = []
    mine = list(pages())[part::PARTS]
    sessions = {role: Client() for role, __, __ in mine if role}
    for role, client in sessions.items():
        client.force_login(prepared.people[role])
    # One window for all: a browser takes longer to open one than to show a page in it.
    page = visitor.context.new_page()
    for role, name, __ in mine:
        if role:
            visitor.log_in(sessions[role])
        else:
            visitor.context.clear_cookies()
        found = looked_at(page, url_of(name, prepared), SCREENS[language])
        faults += [f"{name}: {fault}" for fault in found]
    page.close()
    return faults
