"""The line is cut, the tab dies, the log-in ends: what was typed into a form is there again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from households.models import Area, ReviewRound, Survey, User
from households.services import surveys
from tests.browser.conftest import PASSWORD, log_in

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]


def open_form(page: Page) -> Page:
    log_in(page)
    page.goto("/households/new/")
    page.get_by_role("button", name="Mở phiếu").click()
    page.wait_for_url("**/form/")
    return page


def kept_copies(page: Page) -> int:
    count: int = page.evaluate("Object.keys(localStorage).length")
    return count


def test_a_draft_saves_itself_and_leaves_no_copy(open_page: OpenPage, officer: User) -> None:
    page = open_form(open_page())
    page.locator("#f-members-0-full_name").fill("Hoàng Văn Thử")
    assert kept_copies(page) == 1
    expect(page.locator("[data-save-state]:visible")).to_contain_text("Đã lưu", timeout=10_000)
    survey = Survey.objects.get()
    assert survey.members.get().full_name == "Hoàng Văn Thử"
    assert kept_copies(page) == 0
    # The page goes on from there: a full save is no conflict.
    page.locator("#f-floor_area_m2").fill("40")
    page.locator(".review-actions").get_by_role("button", name="Lưu").click()
    expect(page.locator(".notes")).to_be_visible()
    assert str(Survey.objects.get().floor_area_m2) == "40.000"
    assert kept_copies(page) == 0


def test_what_a_killed_tab_had_not_sent_is_offered_again(open_page: OpenPage) -> None:
    page = open_form(open_page())
    context = page.context
    # The line of this tab is cut for good: a cut made from outside ends with the tab, and the last
    # try of a closing tab would then reach the server.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('cut')); }")
    page.locator("#f-members-0-full_name").fill("Hoàng Văn Thử")
    page.locator("#add-member").click()
    page.keyboard.type("Hoàng Thị Nhỏ")
    page.locator("#f-members-1-sex").select_option("F")
    page.locator("input[name=has_tv][value=Y]").check()
    expect(page.locator("[data-save-state]:visible")).to_contain_text(
        "Chưa gửi, mất mạng", timeout=10_000
    )
    address = page.url
    page.close(run_before_unload=False)

    again = context.new_page()
    again.goto(address)
    expect(again.locator("#unsent")).to_be_visible()
    expect(again.locator("#f-members-0-full_name")).to_have_value("")
    again.get_by_role("button", name="Khôi phục").click()
    expect(again.locator("#f-members-0-full_name")).to_have_value("Hoàng Văn Thử")
    expect(again.locator("#f-members-1-full_name")).to_have_value("Hoàng Thị Nhỏ")
    expect(again.locator("#f-members-1-sex")).to_have_value("F")
    expect(again.locator("input[name=has_tv][value=Y]")).to_be_checked()
    expect(again.locator("[data-save-state]:visible")).to_contain_text("Đã lưu", timeout=10_000)
    assert Survey.objects.get().members.count() == 2


def test_an_expired_log_in_keeps_the_changes(open_page: OpenPage) -> None:
    page = open_form(open_page())
    page.context.clear_cookies()
    page.locator("#f-members-0-full_name").fill("Hoàng Văn Thử")
    expect(page.locator("[data-save-state]:visible")).to_contain_text(
        "Phiên đăng nhập đã hết", timeout=10_000
    )
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.locator("#f-members-0-full_name")).to_have_value("Hoàng Văn Thử")
    expect(page.locator("[data-save-state]:visible")).to_contain_text("Đã lưu", timeout=10_000)


def test_another_user_of_the_computer_is_not_offered_them(open_page: OpenPage) -> None:
    page = open_form(open_page())
    page.route("**/draft/", lambda route: route.abort("internetdisconnected"))
    page.locator("#f-members-0-full_name").fill("Hoàng Văn Thử")
    assert kept_copies(page) == 1
    questions: list[str] = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))
    page.locator("details.drop summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/login/")
    assert questions[0] == "confirm"
    assert kept_copies(page) == 0


def test_what_is_typed_before_the_scripts_arrive_is_kept_too(
    open_page: OpenPage, officer: User, village: Area
) -> None:
    """On a slow line the form is there before its scripts."""
    survey = surveys.start(round=ReviewRound.objects.get(), village=village, by=officer)
    page = open_page()
    log_in(page)
    held: list[Route] = []
    page.route("**/js/autosave*.js", lambda route: held.append(route))
    page.goto(f"/reviews/{survey.uuid}/form/", wait_until="commit")
    area = page.get_by_label("Diện tích nhà ở (m²)")
    area.fill("40")
    for route in held:
        route.continue_()
    expect(page.locator("[data-save-state=saved]")).to_be_visible(timeout=20_000)
    survey.refresh_from_db()
    assert survey.floor_area_m2 == 40
