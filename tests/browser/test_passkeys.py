"""A passkey in a real browser with the browser's own make-believe key: added, used, removed."""

from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from households.models import Passkey, SecondFactor, User
from households.services import second_factor
from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secret(officer: User) -> str:
    """The officer's authenticator, set up."""
    made = second_factor.begin(by=officer)
    second_factor.confirm(code=pyotp.TOTP(made).now(), by=officer)
    return made


def fresh_code(secret: str) -> str:
    """A code that was not used yet: as if half a minute had passed."""
    SecondFactor.objects.update(last_step=0)
    return pyotp.TOTP(secret).now()


def with_a_key(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def password(page: Page) -> None:
    page.goto("/login/")
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/login/code/")


def test_a_passkey_is_added_used_at_the_log_in_and_removed(
    open_page: Callable[..., Page], officer: User, secret: str
) -> None:
    page = open_page("desktop")
    with_a_key(page)
    password(page)
    page.get_by_label("Mã", exact=False).first.fill(fresh_code(secret))
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/")

    page.goto("/second-factor/")
    page.locator("#key-name").fill("Máy của tôi")
    page.locator("#key-proof").fill(fresh_code(secret))
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    expect(page.get_by_text("Đã thêm khóa.")).to_be_visible()
    assert Passkey.objects.get().factor_id == officer.pk

    page.context.clear_cookies()
    password(page)
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(lambda url: url.endswith("/") and "login" not in url)
    assert Passkey.objects.get().last_used_at is not None

    page.goto("/second-factor/")
    page.get_by_text("Bỏ", exact=False).first.click()
    page.locator("[id^=proof-]").fill(fresh_code(secret))
    page.get_by_role("button", name="Bỏ").first.click()
    expect(page.get_by_text("Đã bỏ khóa.")).to_be_visible()
    assert not Passkey.objects.exists()
