"""One round on top of another: a year, an ad-hoc month in between, the next year; and a round on
the map without districts."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from households.choices import CommuneState, HowIn, HowOut, PovertyClass, Role
from households.models import (
    Area,
    CommuneReview,
    HouseholdCard,
    Membership,
    ReviewRound,
    StatusPeriod,
    Survey,
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
NEAR_POOR = {"income_per_capita_month_vnd": 1_200_000}
OpenPage = Callable[..., Page]
CHAIR = "Hoàng Văn Chủ"
TAY, DUNG, SUNG, MOI = "Nông Văn Tày", "Hoàng Thị Dung", "Lý A Sùng", "Ma Thị Mới"


@pytest.fixture(autouse=True)
def papers(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"


def enter(round: ReviewRound, village: Area, by: User, name: str, **facts: object) -> Survey:
    """The household's form, of whom the register knows under the name."""
    card = HouseholdCard.objects.filter(head_name=name).first()
    if card is None:
        return reviews.surveyed(round, village, by, members=[reviews.adult(name)], **facts)  # type: ignore[arg-type]
    person = Membership.objects.get(household=card.pk).person_id
    row = reviews.adult(name) | {"person_id": person}
    return reviews.surveyed(round, village, by, household=card.household, members=[row], **facts)  # type: ignore[arg-type]


def village_through(page: Page, url: str, days: tuple[str, str, str], scan: Path) -> None:
    page.goto(url)
    survey_done(page, days[0])
    meet(page, days[0], present=40, agreed=39, scan=scan)
    post(page, days[1])
    take_down(page, days[2])


def whole_commune(
    page: Page, round: ReviewRound, village: Area, days: tuple[str, ...], scan: Path
) -> None:
    """A periodic round of the commune with a district, from forms to the decision."""
    whole = f"/rounds/{round.pk}/communes/{village.parent_id}/"
    village_through(page, f"/rounds/{round.pk}/villages/{village.pk}/", days[:3], scan)  # type: ignore[arg-type]
    page.goto(whole)
    fill(page, "Ngày", days[2])
    press(page, "Các thôn đã xong")
    signed(page, days[2], CHAIR, "Đã gửi kết quả lên", scan)
    signed(page, days[3], "Phó Chủ tịch huyện", "Cấp huyện nhất trí", scan)
    page.goto(f"{whole}decision/")
    decide(page, days[3], f"{round.year}/QĐ-UBND", CHAIR, scan)


def places(on: dt.date) -> dict[str, str]:
    """Who is on the list on a day."""
    rows = StatusPeriod.objects.on(on).values_list("survey__head_name", "poverty_class")
    return dict(rows)


def moves(column: str, how: str, number: str) -> set[tuple[str, str]]:
    rows = StatusPeriod.objects.filter(**{f"decision_{column}__number": number})
    return set(rows.values_list("survey__head_name", how))


def open_month(page: Page, commune: Area) -> ReviewRound:
    """The department opens the ad-hoc round of March for this commune alone."""
    log_in(page, "so")
    page.goto("/rounds/new/")
    page.get_by_label("Thường xuyên").check()
    page.get_by_label("Năm", exact=True).fill("2024")
    page.locator("select[name=month]").select_option("3")
    page.get_by_text("Chỉ ở các xã này").click()
    page.get_by_label(commune.name, exact=True).check()
    page.get_by_role("button", name="Mở đợt").click()
    expect(page.get_by_text("2024-03").first).to_be_visible()
    return ReviewRound.objects.get(month=3)


def test_a_year_an_ad_hoc_month_and_the_next_year_on_top(
    open_page: OpenPage, village: Area, officer: User, settings: Settings, scan: Path
) -> None:
    commune = village.parent
    assert commune is not None
    next_year = ReviewRound.objects.get()
    first = reviews.periodic(next_year.province, 2023, reviews.standard())
    department = users.user("so", Role.DEPARTMENT, next_year.province)
    department.set_password(PASSWORD)
    department.save()

    settings.POVREG_TODAY = dt.date(2023, 10, 20)
    for name, facts in ((DUNG, POOR), (SUNG, POOR), (TAY, NEAR_POOR)):
        enter(first, village, officer, name, **facts)
    page = open_page()
    log_in(page)
    whole_commune(
        page, first, village, ("10/10/2023", "11/10/2023", "16/10/2023", "18/10/2023"), scan
    )
    closing = places(dt.date(2024, 1, 1))
    assert closing == {
        DUNG: PovertyClass.POOR, SUNG: PovertyClass.POOR, TAY: PovertyClass.NEAR_POOR,
    }  # fmt: skip

    # The month: nobody is due, one household asks, no district; it counts from its own decision.
    settings.POVREG_TODAY = dt.date(2024, 3, 28)
    month = open_month(open_page(), commune)
    enter(month, village, officer, MOI, form_a_passed=True, **POOR)
    village_through(
        page,
        f"/rounds/{month.pk}/villages/{village.pk}/",
        ("18/03/2024", "18/03/2024", "21/03/2024"),
        scan,
    )
    whole = f"/rounds/{month.pk}/communes/{commune.pk}/"
    page.goto(whole)
    fill(page, "Ngày", "22/03/2024")
    press(page, "Các thôn đã xong")
    expect(page.get_by_text("Đã gửi kết quả lên")).to_have_count(0)
    page.goto(f"{whole}decision/")
    decide(page, "25/03/2024", "T3/QĐ-UBND", CHAIR, scan)
    assert moves("in", "how_in", "T3/QĐ-UBND") == {(MOI, HowIn.NEW_ENTRY)}
    assert places(dt.date(2024, 3, 25)) == closing | {MOI: PovertyClass.POOR}

    # The next year: one escapes, one falls from near-poor, two stay.
    settings.POVREG_TODAY = dt.date(2024, 10, 20)
    for name, facts in ((DUNG, {}), (SUNG, POOR), (TAY, POOR), (MOI, NEAR_POOR)):
        enter(next_year, village, officer, name, **facts)
    whole_commune(
        page, next_year, village, ("10/10/2024", "11/10/2024", "16/10/2024", "18/10/2024"), scan
    )
    assert places(dt.date(2024, 12, 31)) == closing | {MOI: PovertyClass.POOR}
    assert places(dt.date(2025, 1, 1)) == {
        SUNG: PovertyClass.POOR, TAY: PovertyClass.POOR, MOI: PovertyClass.NEAR_POOR,
    }  # fmt: skip
    assert moves("out", "how_out", "2024/QĐ-UBND") == {
        (DUNG, HowOut.ESCAPED), (TAY, HowOut.TO_POOR), (MOI, HowOut.TO_NEAR_POOR),
    }  # fmt: skip
    assert moves("in", "how_in", "2024/QĐ-UBND") == {
        (TAY, HowIn.FROM_NEAR_POOR), (MOI, HowIn.FROM_POOR),
    }  # fmt: skip


def test_on_the_map_without_districts_the_decision_follows_the_villages(
    open_page: OpenPage, village: Area, settings: Settings, scan: Path
) -> None:
    settings.POVREG_TODAY = dt.date(2026, 10, 20)
    province = Area.objects.get(code="19", level="PROVINCE")
    commune = Area.objects.on(dt.date(2026, 10, 1)).filter(level="COMMUNE", parent=province)[0]
    there = areas.village(commune, name="Nà Mới")
    officer = users.user("moi", Role.COMMUNE_OFFICER, commune)
    officer.set_password(PASSWORD)
    officer.save()
    round = reviews.periodic(province, 2026, reviews.standard())
    enter(round, there, officer, SUNG, **POOR)
    page = open_page()
    log_in(page, "moi")
    page.goto("/")
    expect(page.get_by_text(there.name).first).to_be_visible()
    village_through(
        page,
        f"/rounds/{round.pk}/villages/{there.pk}/",
        ("12/10/2026", "12/10/2026", "15/10/2026"),
        scan,
    )
    whole = f"/rounds/{round.pk}/communes/{commune.pk}/"
    page.goto(whole)
    fill(page, "Ngày", "16/10/2026")
    press(page, "Các thôn đã xong")
    expect(page.get_by_role("button", name="Đã gửi kết quả lên")).to_have_count(0)
    page.goto(f"{whole}decision/")
    decide(page, "19/10/2026", "9/QĐ-UBND", CHAIR, scan)
    assert CommuneReview.objects.get().state == CommuneState.RECOGNISED
    assert places(dt.date(2027, 1, 1)) == {SUNG: PovertyClass.POOR}
