"""The main job, in Vietnamese, as an officer does it: from log-in to a class with its reasons."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from households.choices import PointTableState
from households.models import Area, PointTable, Survey, User
from households.services import standards
from tests.browser.conftest import log_in
from tests.factories import people

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]

MEMBERS = (
    {
        "full_name": "Hoàng Văn Thử",
        "relation": "head",
        "sex": "M",
        "birth_date": "12/04/1984",
        "ethnic_group": "Tày",
        "personal_id": "006084001287",
        "attending_level": "none",
        "highest_qualification": "lower_secondary",
        "in_training": "N",
        "able_to_work": "Y",
        "employment": "wage",
        "has_labour_contract": "N",
        "health_insurance_valid": "Y",
        "disabled": "N",
        "monthly_social_assistance": "N",
        "merit": "N",
        "pension": "N",
        "uses_internet": "Y",
    },
    {
        "full_name": "Hoàng Thị Nhỏ",
        "relation": "child",
        "sex": "F",
        "birth_date": "2018",
        "ethnic_group": "Tày",
        "attending_level": "primary",
        "highest_qualification": "none",
        "in_training": "N",
        "able_to_work": "N",
        "employment": "student",
        "health_insurance_valid": "Y",
        "malnourished_height": "N",
        "malnourished_weight": "N",
        "disabled": "N",
        "monthly_social_assistance": "N",
        "merit": "N",
        "pension": "N",
        "uses_internet": "N",
    },
)
HOUSE = {
    "wall_durable": "N",
    "column_durable": "Y",
    "roof_durable": "N",
    "water_clean": "N",
    "toilet_hygienic": "Y",
    "has_tv": "Y",
    "has_radio": "N",
    "has_desktop": "N",
    "has_phone": "Y",
    "has_laptop": "N",
    "has_tablet": "N",
    "has_smartphone": "N",
}


def type_member(page: Page, index: int, facts: dict[str, str]) -> None:
    for name, value in facts.items():
        cell = page.locator(f"#f-members-{index}-{name}")
        if cell.evaluate("cell => cell.tagName") == "SELECT":
            cell.select_option(value)
        else:
            cell.fill(value)


def answer_house(page: Page) -> None:
    for name, value in HOUSE.items():
        page.locator(f"input[name={name}][value={value}]").check()
    page.get_by_label("Diện tích nhà ở (m²)").fill("52,5")


def answer_form_b(page: Page) -> None:
    """The answer with the fewest points to every question of the table in force."""
    table = standards.rules_of_table(PointTable.objects.get(state=PointTableState.IN_FORCE))
    for question in table.asked_questions:
        least = min(question.options, key=lambda option: sum(option.points))
        page.locator(f"#f-b1-{question.code}").select_option(least.code)


def open_new_form(page: Page) -> None:
    """Search first, find nobody, enter a new household of the village."""
    search = page.get_by_role("combobox", name="Tìm hộ")
    search.fill("hoang van thu")
    search.press("Enter")
    expect(page.get_by_text("Không tìm thấy “hoang van thu” trong địa bàn")).to_be_visible()
    page.get_by_role("link", name="Nhập hộ mới").click()
    page.get_by_label("Thôn", exact=True).select_option(label="Nà Thử")
    page.get_by_role("button", name="Mở phiếu").click()


def fill_in(page: Page) -> None:
    """Form A stops nothing; two members, the second on a row that Enter makes; house; form B."""
    for answer in page.locator("#section-form-a input[value=N]").all():
        answer.check()
    type_member(page, 0, MEMBERS[0])
    page.locator("#f-members-0-uses_internet").press("Enter")
    expect(page.locator("#f-members-1-uses_internet")).to_be_focused()
    type_member(page, 1, MEMBERS[1])
    answer_house(page)
    answer_form_b(page)


def run_into_a_gap_and_close_it(page: Page) -> None:
    """A missing answer stops, is told at its field, and loses nothing."""
    page.locator("#f-members-1-sex").select_option("")
    page.get_by_role("button", name="Tính điểm").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("1 lỗi phải sửa")
    summary.get_by_role("link", name="Hoàng Thị Nhỏ, giới tính").click()
    expect(page.locator("#f-members-1-sex")).to_be_focused()
    expect(page.get_by_label("Diện tích nhà ở (m²)")).to_have_value("52,5")
    page.locator("#f-members-1-sex").select_option("F")
    page.get_by_role("button", name="Tính điểm").click()


def correct_the_water(page: Page) -> None:
    page.get_by_role("link", name="Sửa phiếu").click()
    expect(page.locator("#f-members-0-personal_id")).to_have_value("•••••••••287")
    page.locator("input[name=water_clean][value=Y]").check()
    page.get_by_label("Vì sao sửa?").fill("Đã có giếng khoan")
    page.get_by_role("button", name="Lưu sửa đổi").click()


def test_a_household_is_entered_classified_corrected_and_its_history_told(
    open_page: OpenPage, officer: User
) -> None:
    page = open_page()
    log_in(page)
    expect(page.get_by_role("heading", name="Việc cần làm")).to_be_visible()
    expect(page.get_by_text("Bản thử nghiệm với người hư cấu")).to_be_visible()
    open_new_form(page)
    fill_in(page)
    run_into_a_gap_and_close_it(page)

    # Class, points, and who or what is lacking.
    expect(page.get_by_role("heading", name="Kết quả tạm tính")).to_be_visible()
    result = page.locator(".result")
    expect(result).to_contain_text("Hộ nghèo")
    expect(result).to_contain_text("chưa có quyết định")
    expect(result).to_contain_text("Hoàng Văn Thử: làm công hưởng lương không có hợp đồng")
    expect(result).to_contain_text("Nước sạch: không")
    expect(result).to_contain_text("3/12")

    # With clean water only two indicators are left.
    correct_the_water(page)
    expect(page.locator(".result")).to_contain_text("Hộ cận nghèo")

    page.get_by_role("link", name="Về trang hộ").click()
    history = page.locator("#changes")
    expect(history).to_contain_text(officer.full_name)
    expect(history).to_contain_text("Đã có giếng khoan")
    expect(history.locator(".changes").first).to_contain_text("Nước sạch")
    expect(history.locator(".changes").first).to_contain_text("không → thành có")
    page.get_by_role("button", name="Hiện số của Hoàng Văn Thử").click()
    expect(page.get_by_text("006084001287")).to_be_visible()
    assert Survey.objects.get().members.count() == 2


def test_the_language_is_switched_and_stays(open_page: OpenPage) -> None:
    page = open_page()
    log_in(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()
    page.get_by_role("link", name="Households", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Households")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("link", name="Việc cần làm")).to_be_visible()


def test_leaving_a_changed_form_asks_first(open_page: OpenPage) -> None:
    page = open_page()
    log_in(page)
    page.goto("/households/new/")
    page.get_by_role("button", name="Mở phiếu").click()
    # Typed, not filled: a browser asks only of a page that a person has touched.
    page.get_by_label("Diện tích nhà ở (m²)").click()
    page.keyboard.type("40")
    expect(page.get_by_text("Chưa lưu", exact=True)).to_be_visible()
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        page.get_by_role("link", name="Đợt rà soát").click()
    assert asked.value.type == "beforeunload"
    expect(page.get_by_label("Diện tích nhà ở (m²)")).to_have_value("40")


def test_cells_that_are_not_asked_of_a_person_are_closed(open_page: OpenPage) -> None:
    page = open_page()
    log_in(page)
    page.goto("/households/new/")
    page.get_by_role("button", name="Mở phiếu").click()
    page.locator("#f-members-0-birth_date").fill("12/04/1984")
    page.locator("#f-members-0-birth_date").blur()
    expect(page.locator("#f-members-0-malnourished_height")).to_be_disabled()
    page.locator("#f-members-0-birth_date").fill("2018")
    page.locator("#f-members-0-birth_date").blur()
    expect(page.locator("#f-members-0-malnourished_height")).to_be_enabled()
    page.locator("#f-members-0-employment").select_option("student")
    expect(page.locator("#f-members-0-has_labour_contract")).to_be_disabled()


def test_the_list_follows_what_is_typed(open_page: OpenPage, officer: User, village: Area) -> None:
    for name in ("Hoàng Thị Hoà", "Lý Văn Khác"):
        people.household(village, people.person(name))
    page = open_page()
    log_in(page)
    page.goto("/households/")
    expect(page.get_by_role("link", name="Lý Văn Khác")).to_be_visible()
    page.locator("#words").press_sequentially("hoa")
    expect(page.get_by_role("link", name="Lý Văn Khác")).to_have_count(0)
    expect(page.get_by_role("link", name="Hoàng Thị Hoà")).to_be_visible()
    expect(page.locator("#count")).to_have_text("1 hộ")
    expect(page).to_have_url("/households/?q=hoa")
