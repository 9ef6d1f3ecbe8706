"""A commune's round played in the browser by its officer alone, with papers attached."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from households.choices import CommuneState, PovertyClass
from households.models import Area, CommuneReview, ReviewRound, StatusPeriod, User
from tests.browser.conftest import log_in
from tests.browser.playing import decide, fill, meet, post, press, signed, survey_done, take_down
from tests.factories import areas, reviews

pytestmark = pytest.mark.django_db(transaction=True)
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}


@pytest.fixture
def round(village: Area, officer: User, settings: Settings, tmp_path: Path) -> ReviewRound:
    """Two villages with complete forms, one of them with two households."""
    settings.MEDIA_ROOT = tmp_path / "attachments"
    found = ReviewRound.objects.get()
    other = areas.village(village.parent, name="Khuổi Luông")  # type: ignore[arg-type]
    for where, name, facts in (
        (village, "Hoàng Thị Dung", POOR),
        (village, "Ma Văn Tới", {}),
        (other, "Lý A Sùng", POOR),
    ):
        reviews.surveyed(found, where, officer, members=[reviews.adult(name)], **facts)
    return found


def finish(page: Page, scan: Path, village: str, days: tuple[str, str, str, str]) -> None:
    """From surveyed to taken down."""
    surveyed, met, posted, closed = days
    page.get_by_role("link", name=village, exact=True).click()
    survey_done(page, surveyed)
    meet(page, met, present=40, agreed=38, scan=scan)
    post(page, posted)
    take_down(page, closed)


def test_the_officer_alone_takes_a_commune_from_forms_to_the_signed_list(
    open_page: Callable[..., Page], round: ReviewRound, village: Area, scan: Path
) -> None:
    page = open_page("desktop")
    log_in(page)
    page.goto(f"/rounds/{round.pk}/communes/{village.parent_id}/")
    commune = page.url
    for name in ("Nà Thử", "Khuổi Luông"):
        page.goto(commune)
        finish(page, scan, name, ("01/10/2024", "02/10/2024", "02/10/2024", "07/10/2024"))
    page.goto(commune)
    fill(page, "Ngày", "08/10/2024")
    press(page, "Các thôn đã xong")
    signed(page, "08/10/2024", "Hoàng Văn Chủ", "Đã gửi kết quả lên", scan)
    signed(page, "09/10/2024", "Phó Chủ tịch huyện", "Cấp huyện nhất trí", scan)
    page.get_by_role("link", name="Đến quyết định").first.click()
    expect(page.get_by_text("Dự thảo quyết định")).to_be_visible()
    decide(page, "10/10/2024", "15/QĐ-UBND", "Hoàng Văn Chủ", scan)
    assert CommuneReview.objects.get().state == CommuneState.RECOGNISED
    periods = StatusPeriod.objects.values_list("poverty_class", "valid_from")
    assert list(periods) == [(PovertyClass.POOR, dt.date(2025, 1, 1))] * 2


def test_a_wrong_day_is_told_at_its_field_and_nothing_typed_is_lost(
    open_page: Callable[..., Page], round: ReviewRound, village: Area
) -> None:
    page = open_page("phone")
    log_in(page)
    page.goto(f"/rounds/{round.pk}/villages/{village.pk}/")
    fill(page, "Ngày", "16/10/2024")  # tomorrow
    fill(page, "Ghi chú", "Đủ phiếu")
    page.get_by_role("button", name="Khảo sát xong", exact=True).click()
    expect(page.get_by_text("Ngày này chưa đến.").first).to_be_visible()
    expect(page.get_by_label("Ghi chú")).to_have_value("Đủ phiếu")
