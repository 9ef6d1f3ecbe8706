"""What is printed: everything is on the sheet, and nothing that is only pressed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from households.models import Area, ReviewRound, User
from tests.browser.conftest import log_in
from tests.factories import reviews

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]
#: A4 less the margins of the sheet, in pixels of 1/96 inch.
SHEET_WIDTH = 687
PRESSED = """[...document.querySelectorAll('nav, .btn, .bar, form button')]
  .filter(one => one.getClientRects().length > 0).map(one => one.outerHTML)"""


def test_no_column_is_cut_and_no_button_printed(
    open_page: OpenPage, village: Area, officer: User
) -> None:
    survey = reviews.surveyed(
        ReviewRound.objects.get(), village, officer, income_per_capita_month_vnd=2_000_000
    )
    page = open_page()
    log_in(page)
    expect(page.get_by_role("heading", name="Việc cần làm")).to_be_visible()
    page.set_viewport_size({"width": SHEET_WIDTH, "height": 1000})
    page.emulate_media(media="print")
    for address in (
        "/",
        "/households/",
        f"/households/{survey.household_id}/",
        f"/reviews/{survey.uuid}/",
        "/standards/std_2022/",
        "/standards/unconfirmed/?standard=std_2027",
    ):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= SHEET_WIDTH, address
        assert page.evaluate(PRESSED) == [], address
    page.goto(f"/reviews/{survey.uuid}/")
    expect(page.locator(".only-print")).to_contain_text(officer.full_name)
