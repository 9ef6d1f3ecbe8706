"""Names of units are compared as people mean them."""

import pytest

from households.exchange.unit_names import bare_village, same_unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thành Phố Bắc Kạn", "Bắc Kạn"),
        ("TP.Bắc Kạn", "Thành phố Bắc Kạn"),
        ("TP Bắc Kạn", "Bắc Kạn"),
        ("Huyện Na Rì", "NA RÌ"),
        ("Xã Hoà Mục", "Hòa Mục"),
        ("Xã Phương Viên", "Phương Viên"),
        ("P. Đức Xuân", "Phường Đức Xuân"),
        ("Thị trấn Chợ Rã", "Chợ  Rã"),
    ],
)
def test_the_same_unit(one: str, other: str) -> None:
    assert same_unit(one, other)


def test_another_unit() -> None:
    assert not same_unit("Xã Cao Sơn", "Xã Cao Tân")


def test_a_village_without_its_type() -> None:
    assert bare_village("Thôn Nà Lịn") == bare_village("nà lịn") == "na lin"
    assert bare_village("Tổ dân phố 3") == "3"
    assert bare_village("Thôn") == "thon"
