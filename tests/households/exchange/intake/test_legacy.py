"""Text from before Unicode comes out as it was written; good text is left alone."""

import pytest

from households.exchange.intake import legacy

NAMES = ["Nguyễn Văn Hùng", "Hoàng Thị Bích Thủy", "xã Bộc Bố, huyện Pác Nặm", "Đặng Hữu Ước"]
TCVN3 = ["NguyÔn V¨n Hïng", "Hoµng ThÞ BÝch Thñy", "x· Béc Bè, huyÖn P¸c NÆm", "§Æng H÷u ¦íc"]
VNI = ["Nguyeãn Vaên Huøng", "Hoaøng Thò Bích Thuûy", "xaõ Boäc Boá, huyeän Paùc Naëm",
       "Ñaëng Höõu Öôùc"]  # fmt: skip


def test_each_letter_of_the_two_fonts() -> None:
    assert [legacy.tcvn3(one) for one in TCVN3] == NAMES
    assert [legacy.vni(one) for one in VNI] == NAMES


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (TCVN3, "TCVN3"),
        (VNI, "VNI"),
        (["TRÇN V¡N BÌNH", "L£ THÞ"], "TCVN3"),
        (["TRAÀN VAÊN BÌNH"], "VNI"),
        ([one.encode().decode("cp1252") for one in ("Lê Văn Hải", "Bố Hạ")], "UTF-8"),
    ],
)
def test_recognised_by_what_comes_out_as_vietnamese(texts: list[str], name: str) -> None:
    assert legacy.recognised(texts) == name


@pytest.mark.parametrize(
    "texts",
    [
        NAMES,
        ["Sùng A Páo", "Hờ Thị Dế", "Giàng Thị Và"],
        ["H'Hen Niê", "K'Brông", "Y Blôk Êban"],
        ["Nong Van Hung", "12/03/1985", ""],
        [],
    ],
)
def test_what_is_good_or_tells_nothing_is_left_alone(texts: list[str]) -> None:
    assert legacy.recognised(texts) == ""
