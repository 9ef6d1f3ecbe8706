"""Every page in Vietnamese, on a laptop and a phone: axe finds nothing, nothing sticks out, and a
first load is light."""

from collections.abc import Callable

import pytest

from tests.browser.every_page import PARTS, Visitor, faults_in
from tests.browser.every_page import prepared as prepared
from tests.browser.every_page import visit as visit
from tests.security.conftest import Register
from tests.security.conftest import register as register

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_clean_light_and_fits(
    prepared: Register, visit: Callable[[str], Visitor], part: int
) -> None:
    assert faults_in(prepared, visit, "vi-VN", part) == []
