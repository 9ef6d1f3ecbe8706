"""How places are called on paper."""

import pytest

from households.models import Area
from households.views import paper_places


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Nà Phai", "thôn Nà Phai"),
        ("Khuổi Luông", "thôn Khuổi Luông"),
        ("Khu 3", "Khu 3"),
        ("Bản Mới", "Bản Mới"),
        ("Tổ 5", "Tổ 5"),
    ],
)
def test_a_village_is_called_with_its_kind(name: str, said: str) -> None:
    assert paper_places.village_name(Area(name=name)) == said


def test_a_commune_is_called_with_its_kind() -> None:
    assert paper_places.commune_name(Area(name="Bộc Bố")) == "xã Bộc Bố"
    assert paper_places.commune_name(Area(name="Phường Đức Xuân")) == "Phường Đức Xuân"
