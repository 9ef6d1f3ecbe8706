"""A real browser in front of a real server; without Chromium these tests say so and are skipped."""

import datetime as dt
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import connection, transaction
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from households.choices import InstallationKind, Role
from households.models import Area, Installation, User
from households.services.system_user import system_user
from tests.factories import areas, pictures, reviews, users
from tests.remembered import remembered

PASSWORD = "mot-mat-khau-dai-9"  # invented, for tests only
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    # A slow machine is no fault of the page; five seconds, the default, is sometimes too short.
    expect.set_options(timeout=20_000)
    # Playwright runs an event loop in this thread; the test's own queries are not inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=_SWITCHES)
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def catalogs() -> None:
    """The words of the pages as they are in locale/ now."""
    call_command("catalog", "compile", verbosity=0)


@pytest.fixture
def village(transactional_db: None, settings: Settings, catalogs: None) -> Area:
    """A demonstration in October 2024 with a round under way: one commune, one village."""
    settings.POVREG_TODAY = dt.date(2024, 10, 15)
    with transaction.atomic():
        return remembered(_village)


def _village() -> Area:
    Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    system_user()
    call_command("load_reference", verbosity=0)
    commune = Area.objects.on(settings.POVREG_TODAY).get(code="01864")
    province = Area.objects.get(code="06", level="PROVINCE")
    reviews.periodic(province, 2024, reviews.standard())
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    administrator = users.user("admin", Role.ADMINISTRATOR, province)
    for user in (officer, administrator):
        user.set_password(PASSWORD)
        user.save()
    return areas.village(commune, name="Nà Thử")


@pytest.fixture
def officer(village: Area) -> User:
    return User.objects.get(username="officer")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A photographed paper."""
    path = tmp_path / "bien-ban.jpg"
    path.write_bytes(pictures.jpeg(600, 800))
    return path


@contextmanager
def requests_counted() -> Iterator[set[int]]:
    """The requests the server answers at the moment, each by the thread that answers it."""
    under_way: set[int] = set()

    def begun(**kwargs: object) -> None:
        under_way.add(threading.get_ident())

    def ended(**kwargs: object) -> None:
        under_way.discard(threading.get_ident())

    request_started.connect(begun)
    request_finished.connect(ended)
    try:
        yield under_way
    finally:
        request_started.disconnect(begun)
        request_finished.disconnect(ended)


def wait_until_quiet(under_way: set[int], *, at_most_s: float = 20, quiet_s: float = 0.2) -> None:
    """A closing tab sends once more what it holds; the tables are emptied after that answer only,
    or the two wait for each other's locks."""
    began = quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < quiet_s and time.monotonic() - began < at_most_s:
        time.sleep(0.02)
        if under_way:
            quiet_since = time.monotonic()


@pytest.fixture(scope="session")
def answered_sessions(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Set up before the server and so ended after it: a thread of the server closes its session
    when the browser lets go of the line, a moment later than the last test. The test database is
    dropped only then."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for __ in range(100):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                break
            time.sleep(0.1)


@pytest.fixture
def open_page(
    answered_sessions: None, browser: Browser, live_server: LiveServer, village: Area
) -> Iterator[Callable[[str], Page]]:
    """A page of a size, logged out. At the end the console has to be silent: a broken content
    policy or script speaks there."""
    complaints: list[str] = []
    contexts = []

    def opened(size: str = "desktop") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="vi-VN",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        return page

    with requests_counted() as under_way:
        yield opened
        for context in contexts:
            context.close()
        wait_until_quiet(under_way)
    # Answers 422 and 409 are how a form says no, and a test cuts the line; the browser notes both.
    expected = ("status of 4", "ERR_INTERNET_DISCONNECTED")
    assert [text for text in complaints if not any(one in text for one in expected)] == []


def log_in(page: Page, username: str = "officer") -> None:
    page.goto("/login/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/")


AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
