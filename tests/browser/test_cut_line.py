"""The line is cut, the tab is killed, at every moment of a form: nothing typed is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django import Settings

from households.choices import SurveyState
from households.models import Area, ReviewRound, Survey, User
from households.services import surveys
from tests.browser.conftest import PASSWORD, log_in
from tests.factories import reviews

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]
Begin = Callable[[], Survey]
NAME = "#f-members-0-full_name"
AREA = "#f-floor_area_m2"
SAVED = "[data-save-state=saved]"
WHOLE = {**reviews.WELL_HOUSED, "asked_for_review": False}


@pytest.fixture
def begin(village: Area, officer: User) -> Begin:
    """A draft that lacks nothing but what a test types."""

    def begun() -> Survey:
        draft = surveys.start(round=ReviewRound.objects.get(), village=village, by=officer)
        return surveys.save(
            survey=draft,
            values=WHOLE,
            members=[reviews.adult()],
            revision=draft.revision,
            complete=False,
            by=officer,
        )

    return begun


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    found = open_page()
    log_in(found)
    expect(found.get_by_role("heading", name="Việc cần làm")).to_be_visible()
    return found


def address(survey: Survey) -> str:
    return f"/reviews/{survey.uuid}/form/"


def type_area(page: Page, text: str) -> None:
    page.locator(AREA).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def press_score(page: Page) -> None:
    page.get_by_role("button", name="Tính điểm").click()


def area_of(survey: Survey) -> str:
    survey.refresh_from_db()
    return f"{survey.floor_area_m2:f}".rstrip("0").rstrip(".")


def lose_the_answer(route: Route) -> None:
    """The request arrives; what the server says does not."""
    route.fetch(max_redirects=0)
    route.abort("internetdisconnected")


def cut(route: Route) -> None:
    route.abort("internetdisconnected")


def test_the_line_is_cut_while_somebody_types(page: Page, begin: Begin) -> None:
    survey = begin()
    page.goto(address(survey))
    # In the middle of a cell; persons come and go without a line.
    page.context.set_offline(True)
    type_area(page, "41")
    page.locator("#add-member").click()
    page.keyboard.type("Lý Thị Hai")
    page.locator("#add-member").click()
    page.keyboard.type("Lý Thị Ba")
    page.locator("tr[data-row='1'] .remove-member").click()
    page.keyboard.press("Control+s")
    expect(page.locator("[data-save-state=offline]")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(SAVED)).to_be_visible()
    assert area_of(survey) == "41"
    assert [one.full_name for one in survey.members.order_by("member_no")][1:] == ["Lý Thị Ba"]

    # While a save is under way: it arrived, or it did not; the next try tells no conflict.
    for number, loss in enumerate((lose_the_answer, cut), 42):
        page.route("**/draft/", loss, times=1)
        type_area(page, str(number))
        page.keyboard.press("Control+s")
        expect(page.locator("[data-save-state=offline]")).to_be_visible()
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator(SAVED)).to_be_visible()
        assert area_of(survey) == str(number)


def test_the_line_is_cut_before_the_score(page: Page, begin: Begin) -> None:
    """The network is up and the server is not reached: the page stays, and so does the cursor."""
    survey = begin()
    page.goto(address(survey))
    page.route("**/*", cut)
    type_area(page, "43")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-save-state=offline]")).to_be_visible()
    expect(page.locator(AREA)).to_be_focused()
    page.unroute("**/*")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Kết quả tạm tính")).to_be_visible()
    assert (area_of(survey), survey.state) == ("43", SurveyState.COMPLETE)


@pytest.mark.parametrize("loss", [cut, lose_the_answer], ids=["not sent", "answer lost"])
def test_the_line_is_cut_at_the_score(
    page: Page, begin: Begin, loss: Callable[[Route], None]
) -> None:
    survey = begin()
    page.goto(address(survey))
    type_area(page, "44")
    page.route(f"**{address(survey)}", loss, times=1)
    with page.expect_event("requestfailed"):
        press_score(page)
    page.wait_for_function("document.readyState == 'complete'")
    page.goto(address(survey))
    survey.refresh_from_db()
    if survey.state == SurveyState.DRAFT:
        page.get_by_role("button", name="Khôi phục").click()
    expect(page.locator("#unsent")).to_be_hidden()
    expect(page.locator(AREA)).to_have_value("44")
    if survey.state == SurveyState.DRAFT:
        press_score(page)
        expect(page.get_by_role("heading", name="Kết quả tạm tính")).to_be_visible()
    assert (area_of(survey), survey.state) == ("44", SurveyState.COMPLETE)


def test_a_score_that_is_sent_twice_is_answered_once_more(page: Page, begin: Begin) -> None:
    """Whoever reloads the browser's error page sends the same form again."""
    survey = begin()
    page.goto(address(survey))
    page.route(f"**{address(survey)}", lose_the_answer, times=1)
    with page.expect_event("requestfailed"):
        press_score(page)
    page.wait_for_function("document.readyState == 'complete'")
    page.reload()
    expect(page.get_by_role("heading", name="Kết quả tạm tính")).to_be_visible()


def test_the_log_in_ends_before_the_score(page: Page, begin: Begin, settings: Settings) -> None:
    survey = begin()
    page.goto(address(survey))
    type_area(page, "46")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press_score(page)
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"**{address(survey)}")
    page.get_by_role("button", name="Khôi phục").click()
    press_score(page)
    expect(page.get_by_role("heading", name="Kết quả tạm tính")).to_be_visible()
    assert area_of(survey) == "46"


def test_the_tab_is_killed(page: Page, begin: Begin, village: Area, officer: User) -> None:
    context = page.context

    def killed(survey: Survey, act: Callable[[Page], None]) -> Page:
        """Another tab after this one died in the middle of `act`."""
        tab = context.new_page()
        tab.goto(address(survey))
        tab.evaluate("() => { window.fetch = () => new Promise(() => {}); }")  # nothing gets out
        act(tab)
        tab.close(run_before_unload=False)
        again = context.new_page()
        again.goto(address(survey))
        again.get_by_role("button", name="Khôi phục").click()
        return again

    def in_a_cell(tab: Page) -> None:
        type_area(tab, "47")

    def at_a_removed_person(tab: Page) -> None:
        tab.locator("#add-member").click()
        tab.keyboard.type("Lý Thị Hai")
        tab.locator("tr[data-row='0'] .remove-member").click()

    def while_saving(tab: Page) -> None:
        type_area(tab, "48")
        tab.keyboard.press("Control+s")
        expect(tab.locator("[data-save-state=saving]")).to_be_visible()

    def while_scoring(tab: Page) -> None:
        type_area(tab, "49")
        tab.keyboard.press("Control+Enter")

    for act, text in ((in_a_cell, "47"), (while_saving, "48"), (while_scoring, "49")):
        again = killed(begin(), act)
        expect(again.locator(AREA)).to_have_value(text)
        again.close(run_before_unload=False)
    again = killed(begin(), at_a_removed_person)
    expect(again.locator("#member-table tbody tr")).to_have_count(1)
    expect(again.locator("#member-table .name-cell .cell")).to_have_value("Lý Thị Hai")
    again.close(run_before_unload=False)
    # A complete form sends no drafts: its correction is kept as well.
    complete = reviews.surveyed(ReviewRound.objects.get(), village, officer)
    again = killed(complete, in_a_cell)
    expect(again.locator(AREA)).to_have_value("47")
