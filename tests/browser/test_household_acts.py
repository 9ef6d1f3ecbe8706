"""Changes of a household in a browser: told in Vietnamese before they are done."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from households.models import Area, Household, ReviewRound, User
from households.views.household_acts import ACTS
from tests.browser.conftest import log_in
from tests.browser.test_accessibility import faults_on
from tests.factories import reviews

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]


@pytest.fixture
def household(village: Area, officer: User) -> Household:
    """A head and his son, reviewed this year."""
    survey = reviews.surveyed(
        ReviewRound.objects.get(),
        village,
        officer,
        members=[
            reviews.adult("Nông Văn Một", personal_id="006080001950"),
            reviews.adult("Nông Văn Hai", "child"),
        ],
    )
    return survey.household


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_first_page_is_clean(open_page: OpenPage, household: Household, size: str) -> None:
    page = open_page(size)
    log_in(page)
    faults = []
    member = household.memberships.get(relation="child").person_id
    for address in [*(f"{name}/" for name in ACTS), f"correct/?person={member}"]:
        page.goto(f"/households/{household.pk}/acts/{address}")
        faults += faults_on(page)
    assert faults == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_son_splits_off_by_keyboard(open_page: OpenPage, household: Household, size: str) -> None:
    page = open_page(size)
    log_in(page)
    page.goto(f"/households/{household.pk}/")
    page.get_by_role("link", name="Tách hộ").click()
    page.get_by_role("checkbox", name="Nông Văn Hai").press("Space")
    page.get_by_label("Chủ hộ mới tách").select_option(label="Nông Văn Hai (Con)")
    day = page.get_by_label("Ngày", exact=True)
    day.fill("32/13/2024")
    day.press("Enter")
    expect(page.locator(".note.error")).to_contain_text("Ngày")
    faults = faults_on(page)
    page.get_by_label("Ngày", exact=True).fill("10/10/2024")
    page.get_by_label("Ngày", exact=True).press("Enter")
    expect(page.get_by_text("Chưa lưu gì.")).to_be_visible()
    expect(page.get_by_role("heading", name="Hộ mới của Nông Văn Hai")).to_be_visible()
    assert Household.objects.count() == 1
    faults += faults_on(page)
    page.get_by_role("button", name="Thực hiện: Tách hộ").press("Enter")
    expect(page.get_by_text("Đã tách hộ. Đây là hộ mới.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nông Văn Hai")
    faults += faults_on(page)
    assert faults == []
