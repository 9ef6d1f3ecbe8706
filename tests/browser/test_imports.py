"""A commune's own sheet in the browser: read, a column corrected, written, looked at, undone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from households import tasks
from households.models import Area, Survey
from tests.browser.conftest import log_in
from tests.factories import messy_workbooks
from tests.factories.exchange_files import Files

pytestmark = pytest.mark.django_db(transaction=True)
OpenPage = Callable[..., Page]


@pytest.fixture
def files(village: Area, settings: Settings, tmp_path: Path) -> Files:
    settings.POVREG_IMPORTS = tmp_path / "imports"
    assert tasks.run_import.name == "households.run_import"
    made = Files(tmp_path)
    made.households[0] |= {"village": village.name}
    made.members[0] |= {"birth_date": "30/4/1985", "relation": "Chủ hộ", "sex": "Nam"}
    return made


def sent(page: Page, path: Path) -> None:
    page.goto("/imports/")
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="Gửi và kiểm tra").click()
    expect(page.get_by_role("heading", name="Tệp được đọc như thế nào")).to_be_visible()


def test_from_the_sheet_to_the_register_and_back(
    open_page: OpenPage, files: Files, tmp_path: Path
) -> None:
    page = open_page("desktop")
    log_in(page, "officer")
    own = messy_workbooks.HEADINGS | {"floor_area_m2": "DT"}
    sent(page, messy_workbooks.write(files, tmp_path / "a.xlsx", own))
    expect(page.get_by_role("link", name="Bảng có đánh dấu ô lỗi")).to_be_visible()
    page.get_by_role("link", name=re.compile("Sửa lại các cột.*Hộ")).click()
    page.get_by_label("DT", exact=True).select_option(label="Diện tích nhà ở (m²)")
    page.get_by_role("button", name="Đọc lại tệp theo các cột này").click()
    page.get_by_role("button", name="Ghi vào đợt 2024").click()
    expect(page.get_by_text("Đã ghi vào đợt 2024.")).to_be_visible()
    assert str(Survey.objects.get().floor_area_m2) == "80.000"
    # Another sheet with the same headings needs no correction; it says what would change.
    files.households[0]["floor_area_m2"] = "60"
    sent(page, messy_workbooks.write(files, tmp_path / "b.xlsx", own))
    expect(page.get_by_text("Diện tích nhà ở (m²): 80.000 → 60.000")).to_be_visible()
    page.get_by_role("button", name="Ghi vào đợt 2024").click()
    page.get_by_role("button", name="Hoàn tác lần nhập này").click()
    expect(page.get_by_text("Đã hoàn tác: sổ như trước khi nhập.")).to_be_visible()
    assert str(Survey.objects.get().floor_area_m2) == "80.000"
