"""How places are called on paper."""

import datetime as dt

import pytest

from households.choices import AreaType, TraitKind
from households.models import Area, AreaTrait
from households.services.area_names import unit_name
from households.views import paper_places
from tests.factories import areas


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


@pytest.mark.parametrize(
    ("kind", "name", "called"),
    [
        (AreaType.TOWN, "Chợ Rã", "thị trấn Chợ Rã"),
        (AreaType.WARD, "Sông Cầu", "phường Sông Cầu"),
        (None, "Bộc Bố", "xã Bộc Bố"),
        (AreaType.WARD, "Phường Đức Xuân", "Phường Đức Xuân"),
    ],
)
@pytest.mark.django_db
def test_a_commune_is_called_with_its_newest_kind(
    kind: AreaType | None, name: str, called: str
) -> None:
    unit = areas.commune(areas.province(), name=name)
    if kind:
        for value, first in ((AreaType.COMMUNE, 2016), (kind, 2020)):
            AreaTrait.objects.create(
                area=unit, kind=TraitKind.TYPE, value=value, valid_from=dt.date(first, 1, 1),
                valid_to=dt.date(2019, 12, 31) if first == 2016 else None,
            )  # fmt: skip
    assert paper_places.commune_name(unit) == called


@pytest.mark.django_db
def test_a_district_is_called_with_its_level_where_its_kind_is_not_known() -> None:
    unit = areas.district(areas.province(), name="Pác Nặm")
    assert unit_name(unit) == "huyện Pác Nặm"


def test_signers_stand_one_under_the_other() -> None:
    assert paper_places.signer_lines("") == "Chủ tịch"
    assert paper_places.signer_lines("DEPUTY_FOR_CHAIR") == "KT. Chủ tịch\nPhó Chủ tịch"
