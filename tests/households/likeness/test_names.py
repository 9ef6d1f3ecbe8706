"""Names that are one however they are written, and names that are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.likeness import names

ALIKE = [
    ("Nông Văn Hoà", "NÔNG VĂN HÒA", names.SAME),
    ("Nông Văn Hùng", "nong van hung", names.NO_ACCENTS),
    ("Đặng Thị Đào", "dang thi dao", names.NO_ACCENTS),
    ("Lò Văn Ún", "Ún Lò Văn", names.ORDER),
    ("Lò Văn Ún", "un lo van", names.ORDER),
    ("Sùng A Páo", "Xùng A Páo", names.SPELLING),
    ("Giàng A Sử", "Dàng A Xử", names.SPELLING),
    ("Giang A Su", "Dang A Su", names.SPELLING),
    ("Tráng Thị Mỷ", "Cháng Thị Mỉ", names.SPELLING),
    ("Phàn Kứ Quáng", "Fàn Cứ Kuáng", names.SPELLING),
    ("Nghiêm Văn Ghến", "Ngiêm Văn Gến", names.SPELLING),
    ("Lò Văn Hùng", "Lò Văn Hưng", names.OTHER_ACCENTS),
    ("Hưng Lò Văn", "Lò Văn Hùng", names.OTHER_ACCENTS),
    ("Hứa Văn Thiệp", "Hứa Văn Thiệpp", names.LETTER),
    ("Quách Văn Thịnh", "Quách Văn Thịhn", names.LETTER),
    ("Bàn Văn Sinh", "Bàn Sinh", names.SHORTER),
    ("Nông Văn Hùng", "Nông Thị Hùng", None),
    ("Đặng Thị Chi", "Giàng Thị Chi", None),
    ("Vàng A Tủa", "Vừ A Tủa", None),
    ("Bàn Văn Sinh", "Văn Sinh", None),
    ("Khà Văn Tếnh", "Chà Văn Tếnh", names.LETTER),
]


@pytest.mark.parametrize(("one", "other", "how"), ALIKE)
def test_how_names_are_alike(one: str, other: str, how: str | None) -> None:
    assert names.compare(one, other) == how
    assert names.compare(other, one) == how


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("006080123456", "006080123457", True),
        ("006080123456", "006080124356", True),
        ("006080123456", "006080123546", True),
        ("006080123456", "006080123645", False),
        ("ab", "ba", True),
        ("a", "", True),
        ("abc", "cab", False),
    ],
)
def test_one_edit(one: str, other: str, is_near: bool) -> None:
    assert names.within_one_edit(one, other) is is_near


words = st.text(alphabet="abcdeghiklmnopqrstuvxyđàáảãạ", min_size=1, max_size=5)


@given(st.lists(words, min_size=2, max_size=4))
def test_a_name_is_like_itself_in_any_order(parts: list[str]) -> None:
    name, turned = " ".join(parts), " ".join(reversed(parts))
    assert names.compare(name, name) == names.SAME
    assert names.compare(name, turned) in (names.SAME, names.ORDER, names.OTHER_ACCENTS)
    assert names.name_key(name) == names.name_key(turned)
