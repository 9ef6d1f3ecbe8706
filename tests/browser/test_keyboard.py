"""A day at the keyboard alone: no mouse, no field filled but by keys, and never far to go."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from households.choices import SurveyState
from households.models import Area, ReviewRound, Survey, User
from households.services import surveys
from tests.browser.conftest import log_in
from tests.browser.test_review import HOUSE, MEMBERS
from tests.factories import people, reviews

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]
_OPTIONS = "field => [...field.options].filter(one => one.value).map(one => one.value)"


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    found = open_page()
    log_in(found)
    expect(found.get_by_role("heading", name="Việc cần làm")).to_be_visible()
    return found


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def type_person(page: Page, facts: dict[str, str]) -> None:
    """From the cell of the name to the last one, by Tab; lists by the number of the entry."""
    while True:
        cell = page.locator(":focus")
        column = str(cell.get_attribute("name")).split("-", 2)[2]
        if value := facts.get(column):
            is_list = cell.evaluate("field => field.tagName") == "SELECT"
            keys = str(cell.evaluate(_OPTIONS).index(value) + 1) if is_list else value
            page.keyboard.type(keys)
        if column == "uses_internet":
            return
        press(page, "Tab")


def answer_the_rest(page: Page, answers: dict[str, str]) -> int:
    """From question to question by Enter, to the button; says how many there were."""
    for count in range(100):
        field = page.locator(":focus")
        if field.get_attribute("name") == "act":
            return count
        name = str(field.get_attribute("name"))
        if value := answers.get(name):
            page.keyboard.type({"Y": "c", "N": "k"}.get(value, value))
        elif name.startswith("b1-"):
            page.keyboard.press("ArrowDown")
        press(page, "Enter")
    raise AssertionError("the questions have no end")


def test_a_household_is_typed_from_the_list_to_the_next_one(
    page: Page, officer: User, village: Area
) -> None:
    first, second = (
        people.household(village, people.person(name)) for name in ("Lý Văn Một", "Lý Văn Hai")
    )
    assert first.pk < second.pk
    page.goto("/households/")
    press(page, "/")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("mot")
    expect(page.locator("#count")).to_have_text("1 hộ")
    press(page, "ArrowDown", "Enter")
    page.wait_for_url(f"**/households/{first.pk}/")
    press(page, "Tab", "Enter", "Tab", "Enter")  # to the content, and its first button
    page.wait_for_url("**/form/")
    expect(page.locator("#f-members-0-full_name")).to_be_focused()

    press(page, "Control+A")
    type_person(page, MEMBERS[0])
    press(page, "Enter")  # as in a sheet: back to where the run of Tabs began
    expect(page.locator("#f-members-1-full_name")).to_be_focused()
    type_person(page, MEMBERS[1])
    press(page, "Enter", "Enter")  # the empty line leads out, and leaves nobody behind
    expect(page.locator("#member-table tbody tr")).to_have_count(2)
    expect(page.locator("#f-surveyed_on")).to_be_focused()
    answer_the_rest(page, HOUSE | {"floor_area_m2": "52,5"})
    press(page, "Enter")

    expect(page.get_by_role("heading", name="Kết quả tạm tính")).to_be_visible()
    survey = Survey.objects.get()
    assert survey.state == SurveyState.COMPLETE
    assert list(survey.members.order_by("member_no").values_list("relation", "sex")) == [
        ("head", "M"),
        ("child", "F"),
    ]
    assert (survey.roof_durable, survey.water_clean, survey.has_tv) == (False, False, True)
    expect(page.locator("#next-household")).to_be_focused()
    press(page, "Enter")
    page.wait_for_url("**/form/")
    assert Survey.objects.get(household=second).state == SurveyState.DRAFT


def test_a_new_household_begins_at_form_a(page: Page) -> None:
    page.goto("/households/new/")
    expect(page.locator("#id_village")).to_be_focused()
    press(page, "1", "Tab", "Tab", "Tab", "Enter")
    page.wait_for_url("**/form/")
    questions = page.locator("#section-form-a .fact").count()
    for __ in range(questions):
        assert str(page.locator(":focus").get_attribute("name")).startswith("form_a-")
        press(page, "k", "Enter")
    expect(page.locator("#f-members-0-full_name")).to_be_focused()
    expect(page.locator("#section-form-a input[value=N]:checked")).to_have_count(questions)


def test_letters_need_no_accents_and_do_not_run_on_into_the_next_list(
    page: Page, officer: User, village: Area
) -> None:
    survey = surveys.start(round=ReviewRound.objects.get(), village=village, by=officer)
    page.goto(f"/reviews/{survey.uuid}/form/")
    press(page, "Tab")
    page.keyboard.type("vo")
    expect(page.locator("#f-members-0-relation")).to_have_value("spouse")
    press(page, "Tab")
    page.keyboard.type("nu")
    expect(page.locator("#f-members-0-sex")).to_have_value("F")
    page.locator("#f-members-0-attending_level").focus()
    page.keyboard.type("1")
    press(page, "Tab")
    page.keyboard.type("4")
    expect(page.locator("#f-members-0-highest_qualification")).to_have_value("lower_secondary")


def test_saving_leaves_the_cursor_where_it_was(page: Page, officer: User, village: Area) -> None:
    survey = surveys.start(round=ReviewRound.objects.get(), village=village, by=officer)
    page.goto(f"/reviews/{survey.uuid}/form/")
    page.locator("#f-floor_area_m2").focus()
    page.keyboard.type("40")
    press(page, "Control+s")
    expect(page.locator("[data-save-state=saved]")).to_be_visible()
    expect(page.locator("#f-floor_area_m2")).to_be_focused()
    page.locator(".review-actions").get_by_role("button", name="Lưu nháp").press("Enter")
    expect(page.get_by_text("Đã lưu nháp.")).to_be_visible()
    expect(page.locator("#f-floor_area_m2")).to_be_focused()
    survey.refresh_from_db()
    assert survey.floor_area_m2 == 40


def test_the_end_of_a_walk_leads_to_a_new_household(
    page: Page, officer: User, village: Area
) -> None:
    survey = reviews.surveyed(ReviewRound.objects.get(), village, officer)
    page.goto(f"/reviews/{survey.uuid}/#saved")
    expect(page.locator("#new-household")).to_be_focused()


def test_what_has_the_focus_is_seen(page: Page, officer: User, village: Area) -> None:
    """A ring around each button, and no cell under the bar or under the column of names."""
    survey = surveys.start(round=ReviewRound.objects.get(), village=village, by=officer)
    page.goto(f"/reviews/{survey.uuid}/form/")
    seen = """() => {
      const box = document.activeElement.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + 4, box.top + box.height / 2);
      return top === document.activeElement;
    }"""
    for __ in range(12):
        page.keyboard.type("Lý Văn Dài")
        press(page, "Enter")
        page.wait_for_function(seen, timeout=15_000)
    press(page, "ArrowUp", "End", *["Tab"] * 14, *["Shift+Tab"] * 12)
    page.wait_for_function(seen, timeout=15_000)
    ring = "getComputedStyle(document.activeElement).outlineStyle"
    main, plain = ".review-actions .btn-primary", ".review-actions .btn:not(.btn-primary)"
    for button in ("#add-member", main, plain):
        page.locator(button).focus()
        assert page.evaluate(ring) == "solid", button
