"""axe finds nothing on the main pages, on a desk and on a phone; nothing sticks out."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from households.models import Area, ReviewRound, User
from tests.browser.conftest import AXE, log_in
from tests.factories import reviews

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]
#: All rules run; only what one complains of is told in full, and nobody reads the rest.
ONLY_VIOLATIONS = "tags => axe.run({runOnly: tags, resultTypes: ['violations']})"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def pages(village: Area, officer: User) -> dict[str, str]:
    """Addresses that have something to show: a complete review of a poor household."""
    survey = reviews.surveyed(
        ReviewRound.objects.get(),
        village,
        officer,
        members=[
            reviews.adult("Nông Thị Một", personal_id="006180001950", sex="F"),
            reviews.adult("Nông Văn Hai", "child", personal_id="006099001951"),
        ],
        income_per_capita_month_vnd=900_000,
        **reviews.THREE_LACKS,
    )
    household = f"/households/{survey.household_id}/"
    return {
        "home": "/",
        "list": "/households/",
        "nothing found": "/households/?q=khong-co-ai",
        "household": household,
        "new household": "/households/new/",
        "form": f"/reviews/{survey.uuid}/form/",
        "result": f"/reviews/{survey.uuid}/",
        "rounds": "/rounds/",
        "password": "/password/",
        "not allowed": "/users/",
        "not found": "/households/999999/",
    }


#: Fonts are there and nothing has moved for three frames; what glides is measured beside itself.
STANDS_STILL = """async () => {
  await document.fonts.ready;
  const place = () => JSON.stringify([scrollX, scrollY, document.documentElement.scrollHeight]);
  for (let still = 0, before = place(), frame = 0; still < 3 && frame < 300; frame += 1) {
    await new Promise((done) => requestAnimationFrame(done));
    still = place() === before ? still + 1 : 0;
    before = place();
  }
}"""


def faults_on(page: Page) -> list[str]:
    # A field the page went to by itself may lie half under what sticks to the edge: from the top.
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    page.evaluate(STANDS_STILL)
    # Run past the content policy as a debugger does, not as a script of the page.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(ONLY_VIOLATIONS, RULES)
    faults = [
        f"{page.url} {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    return faults + sticks_out(page)


def sticks_out(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{page.url} sticks out by {wide}px"] if wide > 0 else []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_pages_of_an_officer_are_clean(
    open_page: OpenPage, pages: dict[str, str], size: str
) -> None:
    page = open_page(size)
    page.goto("/login/")
    faults = faults_on(page)
    log_in(page)
    for address in pages.values():
        page.goto(address)
        faults += faults_on(page)
    assert faults == []


def test_pages_of_an_administrator_are_clean(open_page: OpenPage, officer: User) -> None:
    page = open_page()
    log_in(page, "admin")
    faults = []
    for address in ("/", "/users/", "/users/new/", f"/users/{officer.pk}/"):
        page.goto(address)
        faults += faults_on(page)
    assert faults == []


def test_everything_of_the_bar_is_reached_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    log_in(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for __ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert {"Việc cần làm", "Hộ", "Đợt rà soát", "Chuẩn nghèo"} <= reached
