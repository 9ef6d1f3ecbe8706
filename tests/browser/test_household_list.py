"""The household list by keyboard, and its order on a phone, where no heads of columns are."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from households.models import Area, SavedList, User
from tests.browser.conftest import log_in
from tests.browser.test_accessibility import faults_on
from tests.factories import people

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]
NAMES = ("Bế Thị An", "Lý Văn Ba", "Nông Văn Công")


@pytest.fixture
def listed(village: Area, officer: User) -> User:
    for name in NAMES:
        people.household(village, people.person(name))
    return officer


def _focused(page: Page) -> str:
    inside = "document.activeElement.id || document.activeElement.textContent.trim()"
    found: str = page.evaluate(inside)
    return found


def test_keys_lead_to_the_field_and_through_the_rows(open_page: OpenPage, listed: User) -> None:
    page = open_page()
    log_in(page)
    page.goto("/households/")
    page.keyboard.press("/")
    assert _focused(page) == "words"
    page.keyboard.type("a/b")
    assert page.locator("#words").input_value() == "a/b"
    page.locator("#words").fill("")
    page.wait_for_function("document.querySelectorAll('.household-table tbody tr').length === 3")
    for key, due in (
        ("ArrowDown", NAMES[0]),
        ("ArrowDown", NAMES[1]),
        ("ArrowUp", NAMES[0]),
        ("ArrowUp", "words"),
    ):
        page.keyboard.press(key)
        assert _focused(page) == due
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/households/*/")


def test_the_key_is_turned_off_for_good(open_page: OpenPage, listed: User) -> None:
    page = open_page()
    log_in(page)
    page.goto("/households/")
    page.get_by_label("Phím / để tìm").uncheck()
    page.reload()
    page.keyboard.press("/")
    assert _focused(page) != "words"


def test_a_phone_sorts_by_a_field_of_the_form(open_page: OpenPage, listed: User) -> None:
    page = open_page("phone")
    log_in(page)
    page.goto("/households/")
    page.get_by_label("Sắp xếp theo").select_option("-name")
    page.locator(".search-panel button").click()
    page.wait_for_url("**sort=-name*")
    names = page.locator(".household-table tbody th").all_inner_texts()
    assert names == list(reversed(NAMES))
    assert page.get_by_label("Sắp xếp theo").input_value() == "-name"


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_saved_lists_are_clean(open_page: OpenPage, listed: User, size: str) -> None:
    for name in (
        "Hộ nghèo chưa làm phiếu",
        "Một tên dài hết mức có thể để xem chữ xuống dòng ở đâu",
    ):
        SavedList.objects.create(user=listed, name=name, poverty_class="POOR", order="-code")
    page = open_page(size)
    log_in(page)
    faults = []
    for address in ("/households/?class=POOR", "/households/saved/?class=POOR&round=due"):
        page.goto(address)
        faults += faults_on(page)
    assert faults == []
