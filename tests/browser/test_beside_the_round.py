"""What happens beside a round's steps, in the browser: nobody is forgotten, what stands out is
looked at, a household moves on with its status, and an inspector reads what was done."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from households.choices import HouseholdEventKind, Role
from households.choices.transfers import TransferState
from households.models import (
    Area,
    AuditEvent,
    HouseholdAsked,
    HouseholdEvent,
    HouseholdTransfer,
    InspectionFinding,
    OddityDismissal,
    ReviewRound,
    StatusPeriod,
    User,
)
from tests.browser.conftest import PASSWORD, log_in
from tests.browser.playing import fill
from tests.factories import areas, people, reviews, users

pytestmark = pytest.mark.django_db(transaction=True)
OpenPage = Callable[..., Page]
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}


def account(name: str, role: Role, area: Area) -> User:
    made = users.user(name, role, area)
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def round(village: Area, settings: Settings, tmp_path: Path) -> ReviewRound:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return ReviewRound.objects.get()


def test_nobody_is_forgotten_and_what_stands_out_is_looked_at(
    open_page: OpenPage, round: ReviewRound, village: Area, officer: User
) -> None:
    lost = people.household(village, people.person("Nông Văn Quên"))
    HouseholdEvent.objects.create(
        household=lost, kind=HouseholdEventKind.LEFT, happened_on=dt.date(2024, 3, 1),
        person=lost.memberships.get().person,
    )  # fmt: skip
    head = reviews.adult("Hoàng Thị Dung")
    reviews.surveyed(
        round, village, officer, members=[head], ethnic_group=head["ethnic_group"], **POOR
    )
    page = open_page("desktop")
    log_in(page)
    page.goto(f"/rounds/{round.pk}/villages/{village.pk}/")
    expect(page.get_by_text("Còn 1 hộ dễ bị bỏ sót chưa được hỏi")).to_be_visible()
    page.get_by_role("link", name="Xem các hộ").first.click()
    page.get_by_label("Nông Văn Quên").check()
    fill(page, "Ngày hỏi", "10/10/2024")
    page.get_by_role("button", name="Đánh dấu các hộ đã chọn").click()
    expect(page.get_by_text("Đã hỏi hết.")).to_be_visible()
    assert HouseholdAsked.objects.get().household == lost
    page.goto(f"/rounds/{round.pk}/communes/{village.parent_id}/oddities/")
    page.get_by_label("Hộ nghèo chưa ghi nguyên nhân nghèo.").check()
    page.get_by_label("Đã kiểm tra, phiếu đúng thực tế").check()
    page.get_by_role("button", name="Các mục đã chọn không cần kiểm tra nữa").click()
    expect(page.get_by_text("Không có nội dung nào của xã cần kiểm tra lại.")).to_be_visible()
    assert OddityDismissal.objects.get().dismissed_by == officer


def test_a_household_is_offered_and_taken_over_with_its_status(
    open_page: OpenPage, round: ReviewRound, village: Area, officer: User
) -> None:
    assert village.parent is not None
    near = Area.objects.on(dt.date(2024, 10, 15)).get(code="01879")
    there = areas.village(near, name="Bản Xa")
    account("receiver", Role.COMMUNE_OFFICER, near)
    home = people.household(village, people.person("Lý A Chuyển"))
    before = reviews.periodic(round.province, 2023, reviews.standard())
    reviews.listed(before, village.parent, officer, home)
    page = open_page("desktop")
    log_in(page)
    page.goto(f"/households/{home.pk}/acts/move/")
    fill(page, "Thôn chuyển đến", "ban xa")
    page.get_by_text("Tìm", exact=True).click()
    page.get_by_label("Bản Xa").check()
    fill(page, "Ngày", "01/10/2024")
    page.get_by_role("button", name="Xem sẽ thay đổi gì").click()
    expect(page.get_by_text("không gián đoạn")).to_be_visible()
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_text("Đến khi xã đó tiếp nhận, hộ vẫn ở đây.").first).to_be_visible()
    receiving = open_page("phone")
    log_in(receiving, "receiver")
    expect(receiving.get_by_text("1 hộ chờ tiếp nhận")).to_be_visible()
    receiving.goto(f"/transfers/{HouseholdTransfer.objects.get().pk}/")
    receiving.get_by_label("Nay ở thôn").select_option(label=there.name)
    receiving.get_by_role("button", name="Tiếp nhận hộ").click()
    receiving.get_by_role("link", name="Trang của hộ").click()
    expect(receiving.get_by_role("heading", level=1)).to_contain_text("Lý A Chuyển")
    assert HouseholdTransfer.objects.get().state == TransferState.ACCEPTED
    assert StatusPeriod.objects.get().valid_to is None


def test_an_inspector_draws_reads_and_finds(
    open_page: OpenPage, round: ReviewRound, village: Area, officer: User
) -> None:
    account("so", Role.DEPARTMENT, round.province)
    account("thanhtra", Role.INSPECTOR, round.province)
    for name in ("Hoàng Thị Dung", "Lý A Sùng"):
        reviews.surveyed(round, village, officer, members=[reviews.adult(name)])
    page = open_page("desktop")
    log_in(page, "so")
    page.goto("/inspections/")
    page.get_by_label("Địa bàn").select_option(label=round.province.name)
    fill(page, "Số quyết định kiểm tra", "09/QĐ-TTr")
    fill(page, "Ngày cuối", "31/10/2024")
    page.get_by_role("button", name="Mở đợt kiểm tra").click()
    expect(page.get_by_role("link", name="09/QĐ-TTr")).to_be_visible()
    inspecting = open_page("desktop")
    log_in(inspecting, "thanhtra")
    inspecting.get_by_role("link", name="Kiểm tra").click()
    inspecting.get_by_role("link", name="09/QĐ-TTr").click()
    inspecting.get_by_label("Chung cả mẫu").check()
    fill(inspecting, "Số hộ mỗi nhóm", "2")
    fill(inspecting, "Số hạt giống", "2024")
    inspecting.get_by_role("button", name="Rút mẫu").click()
    expect(inspecting.get_by_text("Rút lại lúc này cho đúng các hộ này.")).to_be_visible()
    expect(inspecting.get_by_text("Lý A Sùng")).to_have_count(0)
    inspecting.get_by_role("button", name="Hiện tên chủ hộ").click()
    expect(inspecting.get_by_role("cell", name="Lý A Sùng")).to_be_visible()
    inspecting.get_by_role("row", name="Lý A Sùng").get_by_role("radio").check()
    inspecting.get_by_label("Phân loại chưa đúng").check()
    fill(inspecting, "Nội dung", "Nhà có xe tải")
    inspecting.get_by_role("button", name="Ghi kết luận").click()
    expect(inspecting.get_by_text("đã ghi", exact=True)).to_be_visible()
    assert InspectionFinding.objects.get().words == "Nhà có xe tải"
    with inspecting.expect_response("**/dossier/") as answered:
        inspecting.get_by_role("button", name="Hồ sơ các hộ trong mẫu").click()
    assert answered.value.headers["content-type"] == "application/pdf"
    names, files = AuditEvent.objects.filter(verb="inspection.look").order_by("pk")
    assert (names.details["what"], files.details["what"]) == ("names", "sample")
    assert len(files.details["households"]) == 2
