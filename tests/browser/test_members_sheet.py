"""The members as people know a sheet: walking by arrows, a block from Excel, and the live card."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from households.choices import PovertyClass
from households.models import Area, ClassChange, ReviewRound, Survey, User
from households.services import surveys
from tests.browser.conftest import log_in
from tests.factories import reviews

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]
#: Name, relation, sex, birth date, ethnic group, as Excel puts it on the clipboard.
BLOCK = (
    "Hoàng Văn Thử\tChủ hộ\tnam\t12/04/1984\tTày\r\n"
    '"Hoàng Thị\nNhỏ"\tCON\tNữ\t2018\tTày\r\n'
    "Nông Văn Lạ\tbạn học\tNam\t1990\tTày\r\n"
)


@pytest.fixture
def draft(village: Area, officer: User) -> Survey:
    return surveys.start(round=ReviewRound.objects.get(), village=village, by=officer)


@pytest.fixture
def page(open_page: OpenPage, draft: Survey) -> Page:
    found = open_page()
    found.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in(found)
    found.goto(f"/reviews/{draft.uuid}/form/")
    return found


def cell(row: int, name: str) -> str:
    return f"#f-members-{row}-{name}"


def paste(page: Page, target: str, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(target).focus()
    page.keyboard.press("Control+V")


def shot(page: Page, name: str) -> None:
    """Kept only where somebody wants to look: SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def test_a_block_from_excel_fills_rows_and_what_is_not_understood_is_shown(
    page: Page, draft: Survey
) -> None:
    paste(page, cell(0, "full_name"), BLOCK)
    expect(page.locator(cell(0, "relation"))).to_have_value("head")
    expect(page.locator(cell(1, "full_name"))).to_have_value("Hoàng Thị Nhỏ")
    expect(page.locator(cell(1, "relation"))).to_have_value("child")
    expect(page.locator(cell(1, "sex"))).to_have_value("F")
    expect(page.locator(cell(2, "relation"))).to_have_value("")
    strange = page.locator("td.not-understood")
    expect(strange).to_have_count(1)
    expect(strange).to_contain_text("bạn học")
    expect(page.locator("#paste-note")).to_contain_text("Đã dán 15 ô")
    shot(page, "paste")
    page.locator(cell(2, "relation")).select_option("other")
    expect(strange).to_have_count(0)
    expect(page.locator("[data-save-state=saved]")).to_be_visible(timeout=20_000)
    names = draft.members.order_by("member_no").values_list("full_name", flat=True)
    assert list(names) == ["Hoàng Văn Thử", "Hoàng Thị Nhỏ", "Nông Văn Lạ"]


def test_arrows_walk_and_change_no_answer(page: Page) -> None:
    paste(page, cell(0, "full_name"), BLOCK)
    page.locator(cell(0, "relation")).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(cell(1, "relation"))).to_be_focused()
    expect(page.locator(cell(0, "relation"))).to_have_value("head")
    page.keyboard.press("ArrowRight")
    expect(page.locator(cell(1, "sex"))).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(cell(0, "relation"))).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(cell(0, "full_name"))).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")  # inside the text: the caret moves, not the cell
    expect(page.locator(cell(0, "full_name"))).to_be_focused()


def test_the_card_follows_what_is_typed_and_tells_no_class(page: Page) -> None:
    card = page.locator("#review-side")
    paste(page, cell(0, "full_name"), BLOCK)
    page.locator(cell(0, "health_insurance_valid")).select_option("N")
    lacking = card.locator(".live-strip .lacking")
    expect(lacking).to_contain_text("Bảo hiểm y tế")
    expect(lacking).to_contain_text("Hoàng Văn Thử")
    page.locator("input[name=water_clean][value=N]").check()
    expect(card.get_by_role("heading", name="Thiếu hụt 2 trên 12 chỉ số")).to_be_visible()
    expect(card).not_to_contain_text("Hộ nghèo")
    shot(page, "live")
    gap = card.locator(".live-missing a").first
    gap.click()
    target = page.locator(str(gap.get_attribute("href")))
    assert target.evaluate("field => field.contains(document.activeElement)")


def test_another_class_asks_for_a_reason_and_keeps_both(
    open_page: OpenPage, officer: User, village: Area
) -> None:
    survey = reviews.surveyed(
        ReviewRound.objects.get(), village, officer, income_per_capita_month_vnd=1_400_000
    )
    page = open_page()
    log_in(page)
    page.goto(f"/reviews/{survey.uuid}/form/")
    page.get_by_label("Thu nhập bình quân").fill("9.000.000")
    page.get_by_role("button", name="Lưu sửa đổi").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("đổi loại hộ từ Hộ cận nghèo thành Hộ không nghèo")
    told.get_by_role("link", name="đổi loại hộ").click()
    expect(page.locator("#f-reason")).to_be_focused()
    shot(page, "reason")
    page.keyboard.type("Chủ hộ kê thiếu tiền công")
    page.get_by_role("button", name="Lưu sửa đổi").click()
    expect(page.get_by_role("heading", name="Loại hộ đã thay đổi sau khi hiện ra")).to_be_visible()
    shot(page, "changed")
    kept = ClassChange.objects.get()
    assert (kept.class_before, kept.class_after) == (PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR)


def test_the_second_of_two_officers_chooses_field_by_field(
    open_page: OpenPage, draft: Survey, officer: User
) -> None:
    page = open_page()
    log_in(page)
    page.goto(f"/reviews/{draft.uuid}/form/")
    page.locator(cell(0, "full_name")).fill("Hoàng Văn Thử")
    page.get_by_label("Vật liệu mái").fill("ngói")
    surveys.save(
        survey=draft,
        values={"wall_material": "gạch", "roof_material": "tranh"},
        members=[{"full_name": "Hoàng Văn Thử", "sex": "M"}, {"full_name": "Lý Thị Hai"}],
        revision=draft.revision,
        complete=False,
        by=officer,
    )
    page.get_by_role("button", name="Lưu nháp").click()
    clash = page.locator("#clash")
    expect(clash).to_contain_text("tranh")
    shot(page, "clash")
    clash.get_by_label("gạch: Vật liệu tường").check()
    expect(page.locator("#f-wall_material")).to_have_value("gạch")
    clash.get_by_label("Nam: Hoàng Văn Thử: Giới tính").check()
    clash.get_by_label("Lý Thị Hai").check()
    expect(page.locator(cell(1, "full_name"))).to_have_value("Lý Thị Hai")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.get_by_text("Đã lưu nháp.")).to_be_visible()
    draft.refresh_from_db()
    assert (draft.wall_material, draft.roof_material) == ("gạch", "ngói")
    kept = draft.members.order_by("member_no").values_list("full_name", "sex")
    assert list(kept) == [("Hoàng Văn Thử", "M"), ("Lý Thị Hai", "")]
