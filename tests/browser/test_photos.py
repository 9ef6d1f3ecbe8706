"""Pictures beside the review form: made small before they travel, sent without leaving the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from households.models import Area, Attachment, ReviewRound, User
from households.services import attachments, surveys
from tests.browser.conftest import log_in
from tests.factories import pictures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form_page(
    open_page: Callable[..., Page],
    village: Area,
    officer: User,
    settings: Settings,
    tmp_path: Path,
) -> Page:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    survey = surveys.start(round=ReviewRound.objects.get(), village=village, by=officer)
    page = open_page("desktop")
    log_in(page)
    page.goto(f"/reviews/{survey.uuid}/form/")
    return page


def _chosen(tmp_path: Path, content: bytes, name: str = "anh.jpg") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_large_photo_is_made_small_before_it_is_sent(form_page: Page, tmp_path: Path) -> None:
    source = pictures.noisy_jpeg(2600, 2000)
    sent: list[int] = []
    form_page.on(
        "request",
        lambda one: (
            sent.append(len(one.post_data_buffer or b"")) if one.url.endswith("/photos/") else None
        ),
    )
    form_page.set_input_files("#photo-file-HOUSE", _chosen(tmp_path, source))
    picture = form_page.locator("#photos img")
    expect(picture).to_have_count(1)
    picture.scroll_into_view_if_needed()
    picture.evaluate("image => image.decode()")  # throws for a picture that is none
    assert sent[0] < len(source) / 2
    with attachments.opened(Attachment.objects.get(), small=False) as file:
        assert b"Nha-san-xuat" not in file.read()
    form_page.get_by_role("button", name="Bỏ Nhà ở 1").click()
    expect(picture).to_have_count(0)
    assert not Attachment.objects.exists()


def test_without_a_line_the_photo_stays_chosen_and_is_sent_later(
    form_page: Page, tmp_path: Path
) -> None:
    form_page.route("**/photos/", lambda route: route.abort("internetdisconnected"))
    form_page.set_input_files("#photo-file-WATER", _chosen(tmp_path, pictures.jpeg()))
    expect(form_page.get_by_text("Chưa gửi được ảnh")).to_be_visible()
    form_page.unroute("**/photos/")
    form_page.get_by_role("button", name="Gửi Nguồn nước").click()
    expect(form_page.locator("#photos img")).to_have_count(1)


def test_what_is_no_picture_is_told_at_its_place(form_page: Page, tmp_path: Path) -> None:
    form_page.set_input_files("#photo-file-TOILET", _chosen(tmp_path, b"no picture"))
    expect(form_page.locator("#photo-error-TOILET")).to_be_visible()
    assert not Attachment.objects.exists()
