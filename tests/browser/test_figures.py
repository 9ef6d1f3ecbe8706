"""The figures with something in them: each way of looking is clean on a desk and a phone, and what
is printed is whole."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from households.choices import InstallationKind, Role
from households.models import Installation
from households.services.system_user import system_user
from tests.browser.test_accessibility import faults_on
from tests.browser.test_print import PRESSED, SHEET_WIDTH
from tests.factories import figures, users

pytestmark = pytest.mark.slow

Opens = Callable[[int, int], Page]
#: The picture of places in its three ways, the lacks of another class.
LOOKS = ("view=map", "view=tiles&class=both", "view=ranking&class=near-poor")


@pytest.fixture
def opens(
    transactional_db: None, answered_sessions: None, browser: Browser, live_server: LiveServer
) -> Iterator[Opens]:
    """opens(width, height): a page of the department of the hand-made world."""
    call_command("catalog", "compile", verbosity=0)
    Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    system_user()
    world = figures.world()
    client = Client()
    client.force_login(users.user("so", Role.DEPARTMENT, world.province))
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    contexts = []

    def opened(width: int, height: int) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="vi-VN",
        )
        contexts.append(context)
        context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_every_way_of_looking_is_clean(opens: Opens) -> None:
    page = opens(1366, 768)
    faults = []
    for look in LOOKS:
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(f"/figures/?round=2023&level=commune&{look}")
        assert page.locator("figure svg[data-picture]").count() >= 5
        page.evaluate("document.querySelectorAll('figure details').forEach(one => one.open = true)")
        faults += faults_on(page)
        page.set_viewport_size({"width": 390, "height": 844})
        faults += faults_on(page)
    assert faults == []


def test_what_is_printed_is_whole(opens: Opens) -> None:
    page = opens(SHEET_WIDTH, 1000)
    page.emulate_media(media="print")
    page.goto("/figures/?round=2023&level=commune&view=ranking")
    assert page.evaluate("document.documentElement.scrollWidth") <= SHEET_WIDTH
    assert page.evaluate(PRESSED) == []
    for figure in page.locator("figure[data-figure]").all():
        title, base = figure.locator("h2"), figure.locator(".figure-foot > p").first
        assert title.is_visible()
        assert base.inner_text().strip()
    # Status, standard and day stand with the figures of the round.
    said = page.locator("#lacks .figure-foot > p").first.inner_text()
    assert "2022–2026" in said
    assert "/2023" in said
