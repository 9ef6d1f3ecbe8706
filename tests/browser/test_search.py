"""The box of the bar: one Enter leads to a clean page, and no number to an address."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from households.models import Area, User
from tests.browser.conftest import log_in
from tests.browser.test_accessibility import faults_on
from tests.factories import people

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]
NUMBER = "006080001950"


def _find(page: Page, words: str) -> None:
    if page.locator(".bar-toggle").is_visible():
        page.locator(".bar-toggle").click()
    page.locator("#quick-search").fill(words)
    page.locator("#quick-search").press("Enter")
    page.wait_for_url("**/search/?*")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_box_finds_and_its_page_is_clean(
    open_page: OpenPage, village: Area, officer: User, size: str
) -> None:
    head, child = people.person("Nông Văn Thử", personal_id=NUMBER), people.person("Lý Thị Sinh")
    people.household(village, head, child)
    page = open_page(size)
    log_in(page)
    faults = []
    for words, found in (("sinh", 1), ("nong van thur", 1), (NUMBER, 1), ("zzz", 0)):
        _find(page, words)
        assert page.locator("main tbody tr").count() == found
        assert NUMBER not in page.url
        assert NUMBER not in page.content()
        faults += faults_on(page)
    assert faults == []


def test_a_number_typed_into_the_list_never_reaches_its_address(
    open_page: OpenPage, village: Area, officer: User
) -> None:
    people.household(village, people.person("Nông Văn Thử", personal_id=NUMBER))
    people.household(village, people.person("Lý Văn Ba"))
    page = open_page()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    log_in(page)
    page.goto("/households/")
    page.locator("#words").press_sequentially(NUMBER, delay=120)
    page.wait_for_url("**kept=*")
    page.locator(".household-table tbody tr").nth(1).wait_for(state="detached")
    assert page.locator(".household-table tbody th").all_inner_texts() == ["Nông Văn Thử"]
    assert [one for one in addresses if NUMBER[:7] in one] == []


def test_suggestions_by_keyboard_while_one_types(
    open_page: OpenPage, village: Area, officer: User
) -> None:
    made = people.household(village, people.person("Nông Văn Thử", personal_id=NUMBER))
    people.household(village, people.person("Nông Văn Ba"))
    page = open_page("desktop")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    log_in(page)
    box = page.locator("#quick-search")
    box.press_sequentially("nong van", delay=30)
    options = page.locator("#quick-search-suggestions [role=option]")
    options.nth(1).wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert faults_on(page) == []
    box.press("ArrowDown")
    chosen = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "nong van"
    # A number: found, and in no address.
    box.fill(NUMBER)
    options.nth(0).wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"**/households/{made.pk}/")
    assert [one for one in addresses if NUMBER[:7] in one or "nong" in one] == []


def test_a_line_that_is_cut_blocks_nothing(
    open_page: OpenPage, village: Area, officer: User
) -> None:
    people.household(village, people.person("Nông Văn Thử"))
    page = open_page("desktop")
    log_in(page)
    page.route("**/search/suggestions/", lambda route: route.abort("internetdisconnected"))
    page.locator("#quick-search").press_sequentially("nong", delay=120)
    page.wait_for_timeout(500)
    assert page.locator("#quick-search-suggestions").is_hidden()
    page.locator("#quick-search").press("Enter")
    page.wait_for_url("**/search/?*")
    assert page.locator("main tbody tr").count() == 1
