"""What whoever plays a round in the browser does again and again."""

from pathlib import Path

from playwright.sync_api import Page, expect

HEAD_NAME = "Triệu Văn Trưởng"


def fill(page: Page, label: str, value: str) -> None:
    page.get_by_label(label, exact=False).first.fill(value)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text("Đã ghi").first).to_be_visible()


def attach(page: Page, scan: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(scan)


def survey_done(page: Page, day: str) -> None:
    fill(page, "Ngày", day)
    press(page, "Khảo sát xong")


def meet(page: Page, day: str, *, present: int, agreed: int, scan: Path | None = None) -> None:
    """`scan`: for who records what the village head led."""
    fill(page, "Ngày", day)
    fill(page, "Địa điểm", "Nhà văn hóa thôn")
    fill(page, "Chủ tọa cuộc họp", HEAD_NAME)
    fill(page, "Thư ký", "Lý Thị Thư")
    fill(page, "Số người dự", str(present))
    fill(page, "Số người đồng ý", str(agreed))
    if scan:
        attach(page, scan)
    press(page, "Ghi cuộc họp")


def post(page: Page, day: str) -> None:
    fill(page, "Ngày", day)
    press(page, "Đã niêm yết")


def take_down(page: Page, day: str, *, scan: Path | None = None) -> None:
    fill(page, "Ngày", day)
    fill(page, "Người chủ trì hoặc người ký", HEAD_NAME)
    if scan:
        attach(page, scan)
    press(page, "Kết thúc niêm yết")


def signed(page: Page, day: str, who: str, button: str, scan: Path | None = None) -> None:
    """A step of the commune that somebody signed."""
    fill(page, "Ngày", day)
    fill(page, "Người chủ trì hoặc người ký", who)
    if scan:
        attach(page, scan)
    press(page, button)


def decide(page: Page, day: str, number: str, who: str, scan: Path) -> None:
    fill(page, "Số quyết định", number)
    fill(page, "Ngày quyết định", day)
    fill(page, "Người ký", who)
    page.locator("input[type=file]").set_input_files(scan)
    press(page, "Ghi quyết định")
