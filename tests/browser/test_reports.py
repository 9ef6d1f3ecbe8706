"""An edition on paper is whole: on the sheet of its form, with the communes that stand folded on
screen, and without what is only of the screen. Two editions side by side are clean."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from households.services.system_user import system_user
from reports.choices import FigureStatus
from reports.models import Edition
from tests.browser.test_accessibility import faults_on
from tests.browser.test_print import PRESSED
from tests.reports.services.made import Reporting, reporting
from tests.reports.services.test_editions import correct

pytestmark = pytest.mark.slow

#: Inches of 72 points, as the pages of a PDF are measured.
A4_LANDSCAPE, A3_LANDSCAPE = (842, 595), (1191, 842)


@pytest.fixture
def made(transactional_db: None, catalogs: None) -> Reporting:
    system_user()
    return reporting(decide_last=False)


@pytest.fixture
def page(
    made: Reporting, answered_sessions: None, browser: Browser, live_server: LiveServer
) -> Iterator[Page]:
    """Of the department, in Vietnamese."""
    client = Client()
    client.force_login(made.department)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 1366, "height": 768}, locale="vi-VN"
    )
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def printed(page: Page) -> tuple[tuple[int, int], str]:
    """The size of the first sheet and the words on all."""
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    box = pages[0].mediabox
    text = " ".join(one.extract_text() for one in pages)
    return (round(box.width), round(box.height)), " ".join(text.split())


def edition(made: Reporting, report: str) -> Edition:
    return made.made(report, status=FigureStatus.PRELIMINARY)


@pytest.mark.parametrize(("report", "sheet"), [("T1", A4_LANDSCAPE), ("T15", A3_LANDSCAPE)])
def test_an_edition_is_printed_whole(
    made: Reporting, page: Page, report: str, sheet: tuple[int, int]
) -> None:
    page.goto(f"/reports/editions/{edition(made, report).pk}/")
    size, text = printed(page)
    assert size == sheet
    page.emulate_media(media="print")
    assert page.evaluate(PRESSED) == []
    assert made.world.a.name in text  # folded under its district on screen
    assert "chưa ký" not in text
    assert "NGƯỜI LẬP BIỂU" in text


def test_two_editions_side_by_side_are_clean(made: Reporting, page: Page) -> None:
    first = edition(made, "T15")
    correct(made)
    second = edition(made, "T15")
    page.goto(f"/reports/editions/{second.pk}/since/{first.pk}/")
    assert "1 dòng mới" in page.locator("h1").inner_text()
    assert faults_on(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert faults_on(page) == []
