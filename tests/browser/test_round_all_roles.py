"""A round of a commune with three villages played by all roles in turn: a meeting that does not
agree, a complaint with its re-check, and the list that comes out."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from households.choices import CommuneState, ComplaintState, PovertyClass, Role
from households.models import (
    Area,
    CommuneReview,
    Complaint,
    ReviewRound,
    StatusPeriod,
    StepTaken,
    User,
)
from tests.browser.conftest import PASSWORD, log_in
from tests.browser.playing import (
    decide,
    fill,
    meet,
    post,
    press,
    signed,
    survey_done,
    take_down,
)
from tests.factories import areas, reviews, users

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}
NAMES = {"Nà Thử": "Hoàng Thị Dung", "Khuổi Luông": "Lý A Sùng", "Bản Mới": "Ma Văn Tới"}
OpenPage = Callable[..., Page]


@pytest.fixture
def villages(village: Area, officer: User, settings: Settings, tmp_path: Path) -> dict[str, Area]:
    """Three villages with a poor household each, complete; and everybody's account."""
    settings.MEDIA_ROOT = tmp_path / "attachments"
    commune = village.parent
    assert commune is not None
    found = {"Nà Thử": village}
    found |= {name: areas.village(commune, name=name) for name in list(NAMES)[1:]}
    round = ReviewRound.objects.get()
    for name, head in NAMES.items():
        members = [reviews.adult(head)]
        reviews.surveyed(round, found[name], officer, members=members, **POOR)
    people = [
        users.user(f"head{number}", Role.VILLAGE_HEAD, one)
        for number, one in enumerate(found.values())
    ]
    people.append(users.user("chair", Role.COMMUNE_CHAIR, commune))
    people.append(users.user("district", Role.DISTRICT_READER, commune.parent))
    for user in people:
        user.set_password(PASSWORD)
        user.save()
    return found


def complain(page: Page, village: Area) -> None:
    """A complaint within the posting days, a re-check that finds clean water, the answer, and the
    household's result hung out again."""
    page.goto(f"/rounds/{ReviewRound.objects.get().pk}/villages/{village.pk}/complaints/new/")
    page.get_by_label("Khiếu nại", exact=True).check()
    page.get_by_label("Về hộ").select_option(index=1)
    fill(page, "Ngày nhận", "04/10/2024")
    fill(page, "Người gửi", "Nông Văn Hàng")
    fill(page, "Nội dung", "Nhà ấy có giếng khoan từ đầu năm")
    page.get_by_role("button", name="Ghi", exact=True).click()
    complaint = page.url
    page.get_by_role("button", name="Yêu cầu phúc tra").click()
    page.get_by_role("link", name="Điền tiếp phiếu").click()
    page.locator("input[name=water_clean][value=Y]").check()
    page.get_by_label("Vì sao sửa?").fill("Phúc tra: đã có giếng khoan")
    page.get_by_role("button", name="Lưu sửa đổi").click()
    expect(page.locator(".result")).to_contain_text("Hộ cận nghèo")
    page.goto(complaint)
    page.get_by_label("Chấp nhận", exact=True).check()
    fill(page, "Ngày trả lời", "07/10/2024")
    page.get_by_label("Trả lời", exact=True).fill("Phúc tra thấy hộ có nước sạch, kết quả được sửa")
    press(page, "Ghi trả lời")
    fill(page, "Nơi niêm yết", "Nhà văn hóa thôn")
    fill(page, "Ngày niêm yết", "08/10/2024")
    press(page, "Đã niêm yết")
    fill(page, "Ngày gỡ", "11/10/2024")
    press(page, "Kết thúc niêm yết")


@dataclass(frozen=True)
class Players:
    """Whose page each step is recorded on; `paper` is attached by who records it for another."""

    officer: Page
    heads: dict[str, Page]
    chair: Page
    district: Page
    paper: Path | None = None


def played(players: Players, villages: dict[str, Area], scan: Path) -> None:
    """From complete forms to the recorded decision: one meeting does not agree at first, one
    household is complained about, re-checked and posted again."""
    round = ReviewRound.objects.get()
    commune = villages["Nà Thử"].parent
    assert commune is not None
    ways = {name: f"/rounds/{round.pk}/villages/{one.pk}/" for name, one in villages.items()}
    whole = f"/rounds/{round.pk}/communes/{commune.pk}/"
    officer, paper = players.officer, players.paper
    for name in villages:
        officer.goto(ways[name])
        survey_done(officer, "01/10/2024")
    for name, page in players.heads.items():
        page.goto(ways[name])
        agreed = 10 if name == "Khuổi Luông" else 29
        meet(page, "02/10/2024", present=30, agreed=agreed, scan=paper)
    officer.goto(ways["Khuổi Luông"])
    survey_done(officer, "03/10/2024")
    again = players.heads["Khuổi Luông"]
    again.goto(ways["Khuổi Luông"])
    meet(again, "03/10/2024", present=30, agreed=28, scan=paper)
    for name in villages:
        officer.goto(ways[name])
        post(officer, "03/10/2024")
    complain(officer, villages["Bản Mới"])
    for name in villages:
        officer.goto(ways[name])
        take_down(officer, "08/10/2024")
    officer.goto(whole)
    fill(officer, "Ngày", "11/10/2024")
    press(officer, "Các thôn đã xong")
    players.chair.goto(whole)
    signed(players.chair, "11/10/2024", "Hoàng Văn Chủ", "Đã gửi kết quả lên", paper)
    players.district.goto(whole)
    signed(players.district, "14/10/2024", "Phó Chủ tịch huyện", "Cấp huyện nhất trí", paper)
    players.chair.goto(f"{whole}decision/")
    decide(players.chair, "15/10/2024", "15/QĐ-UBND", "Hoàng Văn Chủ", scan)


def check_the_list() -> None:
    assert CommuneReview.objects.get().state == CommuneState.RECOGNISED
    assert Complaint.objects.get().state == ComplaintState.UPHELD
    listed = StatusPeriod.objects.order_by("pk").values_list(
        "survey__head_name", "poverty_class", "valid_from"
    )
    first = dt.date(2025, 1, 1)
    assert set(listed) == {
        ("Hoàng Thị Dung", PovertyClass.POOR, first),
        ("Lý A Sùng", PovertyClass.POOR, first),
        ("Ma Văn Tới", PovertyClass.NEAR_POOR, first),
    }


def test_all_roles_take_a_commune_from_forms_to_the_signed_list(
    open_page: OpenPage, villages: dict[str, Area], scan: Path
) -> None:
    round = ReviewRound.objects.get()
    players = Players(
        officer=open_page(),
        heads={name: open_page("phone") for name in villages},
        chair=open_page("phone"),
        district=open_page(),
    )
    log_in(players.officer)
    for number, page in enumerate(players.heads.values()):
        log_in(page, f"head{number}")
    log_in(players.chair, "chair")
    log_in(players.district, "district")
    # A head does not find another's village.
    stranger = players.heads["Nà Thử"]
    stranger.goto(f"/rounds/{round.pk}/villages/{villages['Khuổi Luông'].pk}/")
    expect(stranger.get_by_text("Không tìm thấy").first).to_be_visible()
    played(players, villages, scan)
    check_the_list()


def test_the_officer_alone_plays_the_same_with_every_paper_attached(
    open_page: OpenPage, villages: dict[str, Area], officer: User, scan: Path
) -> None:
    page = open_page()
    log_in(page)
    alone = Players(page, dict.fromkeys(villages, page), page, page, paper=scan)
    played(alone, villages, scan)
    check_the_list()
    assert {step.recorded_by for step in StepTaken.objects.all()} == {officer}
    assert (
        StepTaken.objects.filter(verb="village.meeting_held", attachments__isnull=True).count() == 0
    )
