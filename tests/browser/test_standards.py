"""The department's way in the browser: a number confirmed, a point table agreed to by a second
person. In Vietnamese; axe finds nothing on the way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from households.choices import PointTableState, Role
from households.models import Area, Confirmation, PointTable, User
from tests.browser.conftest import PASSWORD, log_in
from tests.browser.test_accessibility import faults_on
from tests.factories import users

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Page]
TABLE = "/standards/tables/b1_tt07/"


@pytest.fixture
def department(village: Area) -> list[User]:
    """Two people of the department of Bắc Kạn."""
    province = Area.objects.get(code="06", level="PROVINCE")
    people = [users.user(name, Role.DEPARTMENT, province) for name in ("so_mot", "so_hai")]
    for one in people:
        one.set_password(PASSWORD)
        one.save()
    return people


def test_a_number_is_confirmed_with_its_source(open_page: OpenPage, department: list[User]) -> None:
    page = open_page()
    log_in(page, "so_mot")
    page.get_by_role("link", name="Chuẩn nghèo", exact=True).click()
    page.get_by_role("link", name="Số liệu chưa xác nhận").click()
    page.get_by_role("link", name="2022–2026").click()
    row = page.locator(".reading", has_text="Tỷ lệ 50 %")
    row.get_by_role("link", name="Xác nhận").click()
    row.get_by_label("Nguồn").fill("Nghị định 07/2021/NĐ-CP, phụ lục")
    row.get_by_role("button", name="Xác nhận theo nguồn này").click()
    confirmed = page.locator(".reading", has_text="Tỷ lệ 50 %")
    expect(confirmed).to_contain_text("Người so_mot đã xác nhận ngày 15/10/2024")
    assert Confirmation.objects.get().value == 50


def test_a_point_table_takes_effect_when_a_second_person_agrees(
    open_page: OpenPage, department: list[User]
) -> None:
    page = open_page()
    log_in(page, "so_mot")
    enter_table(page)
    for variant in ("urban", "NT2"):
        enter_worked_household(page, variant)
    page.get_by_role("button", name="Đề nghị áp dụng").click()
    expect(page.get_by_role("button", name="Đồng ý, áp dụng bảng điểm")).to_be_disabled()

    second = open_page()
    log_in(second, "so_hai")
    second.goto(TABLE)
    second.get_by_role("button", name="Đồng ý, áp dụng bảng điểm").click()
    expect(second.locator("main")).to_contain_text("Bảng điểm đã được áp dụng.")
    in_force = PointTable.objects.get(standard__code="std_2022", state=PointTableState.IN_FORCE)
    assert (in_force.code, in_force.agreed_by) == ("b1_tt07", department[1])


def enter_table(page: Page) -> None:
    """With the points the grid starts with."""
    page.goto("/standards/std_2022/tables/new/")
    page.get_by_label("Mã bảng điểm").fill("b1_tt07")
    page.get_by_label("Tên tiếng Việt").fill("Bảng điểm theo Thông tư 07/2021")
    page.get_by_label("Nguồn").fill("Thông tư 07/2021/TT-BLĐTBXH, phụ lục IV")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator("main")).to_contain_text("Đã nhập bảng điểm dưới dạng bản nháp.")


def enter_worked_household(page: Page, variant: str) -> None:
    """The second answer to every question; its points are read off the table's own page."""
    page.goto(f"{TABLE}?variant={variant}")
    points = page.locator(".point-table tbody").evaluate_all(
        "all => all.map(one => Number(one.rows[2].cells[1].textContent))"
    )
    page.goto(f"{TABLE}worked/new/")
    page.get_by_label("Tên hộ tính thử").fill(f"Hộ {variant}")
    page.get_by_label("Vùng của bảng điểm").select_option(variant)
    page.get_by_label("Tổng điểm B1 tính tay").fill(str(sum(points)))
    answers = page.locator("select[name^='answers.']")
    for number in range(answers.count()):
        answers.nth(number).select_option(index=2)
    page.get_by_role("button", name="Lưu hộ tính thử").click()
    expect(page.locator("tr", has_text=f"Hộ {variant}")).to_contain_text("khớp")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_pages_are_clean(open_page: OpenPage, department: list[User], size: str) -> None:
    page = open_page(size)
    log_in(page, "so_mot")
    number = "n-std-2022-indicators-dependents-parameters-share"
    faults = []
    for address in (
        "/standards/",
        "/standards/std_2022/",
        "/standards/std_2027/",
        "/standards/unconfirmed/",
        f"/standards/unconfirmed/?standard=std_2022&open={number}#{number}",
        "/standards/tables/std_2022_sample/?variant=all",
        "/standards/tables/std_2022_sample/?variant=NT2",
        "/standards/std_2022/tables/new/",
    ):
        page.goto(address)
        for folded in page.locator("details.indicator > summary").all()[:1]:
            folded.click()
        faults += faults_on(page)
    assert faults == []
