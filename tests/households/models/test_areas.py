"""The map says no to what cannot be, whoever writes."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from households.choices import AreaLevel
from households.models import Area
from tests.factories import areas

pytestmark = pytest.mark.django_db


def _refuses(statement: str, rule: str) -> None:
    with (
        pytest.raises(IntegrityError, match=rule),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def _insert(level: str, code: str, parent: Area | None, start: str, name: str = "Tên") -> str:
    above = parent.pk if parent else "NULL"
    return (
        "INSERT INTO households_area"
        " (level, code, name, parent_id, path, valid_from, is_practice, source)"
        f" VALUES ('{level}', '{code}', '{name}', {above}, '', '{start}', false, '')"
    )


def test_under_finds_every_depth_and_only_the_branch() -> None:
    province = areas.province()
    district = areas.district(province)
    commune = areas.commune(district)
    village = areas.village(commune)
    other = areas.commune(district, "02011", "Xã Khác")
    assert set(Area.objects.under(district)) == {district, commune, village, other}
    assert set(Area.objects.under(commune)) == {commune, village}
    assert village.path == f"{province.pk}.{district.pk}.{commune.pk}."
    assert set(Area.objects.under_any([commune.inner_path])) == {commune, village}
    assert not Area.objects.under_any([])


def test_a_commune_may_stand_right_under_a_province() -> None:
    province = areas.province("19", "Tỉnh Mới")
    assert areas.commune(province, "01840").path == f"{province.pk}."


def test_a_code_may_come_back_later_with_another_meaning() -> None:
    province = areas.province()
    old = areas.commune(province, "01864", "Xã Bộc Bố")
    Area.objects.filter(pk=old.pk).update(valid_to=dt.date(2025, 6, 30))
    new = Area.objects.create(
        level=AreaLevel.COMMUNE,
        code="01864",
        name="Xã Bằng Thành",
        parent=province,
        valid_from=dt.date(2025, 7, 1),
    )
    assert Area.objects.on(dt.date(2025, 6, 30)).get(code="01864") == old
    assert Area.objects.on(dt.date(2025, 7, 1)).get(code="01864") == new


def test_two_units_with_one_code_at_once_are_refused() -> None:
    province = areas.province()
    areas.commune(province, "02008")
    _refuses(
        _insert("COMMUNE", "02008", province, "2024-01-01"), "households_area_one_code_at_a_time"
    )


def test_two_villages_of_one_folded_name_in_a_commune_are_refused() -> None:
    commune = areas.commune(areas.province())
    areas.village(commune, "Thôn Hoà Bình")
    _refuses(
        _insert("VILLAGE", "", commune, "2024-01-01", "thôn Hòa Bình"),
        "households_area_one_village_name_at_a_time",
    )


@pytest.mark.parametrize(
    ("level", "code"), [("PROVINCE", "6"), ("DISTRICT", "63"), ("COMMUNE", "2008"), ("COMMUNE", "")]
)
def test_a_code_has_the_length_of_its_level(level: str, code: str) -> None:
    parent = None if level == "PROVINCE" else areas.province()
    _refuses(_insert(level, code, parent, "2024-01-01"), "households_area_code_fits_level")


def test_only_a_province_stands_at_the_top() -> None:
    _refuses(_insert("COMMUNE", "02008", None, "2024-01-01"), "only_provinces_on_top")


def test_a_village_stands_under_a_commune() -> None:
    province = areas.province()
    _refuses(_insert("VILLAGE", "", province, "2024-01-01"), "cannot stand under")


def test_a_unit_is_never_re_parented() -> None:
    first, second = areas.province(), areas.province("19", "Khác")
    commune = areas.commune(first)
    _refuses(
        f"UPDATE households_area SET parent_id = {second.pk} WHERE id = {commune.pk}",
        "never re-parented",
    )


def test_the_end_lies_after_the_start() -> None:
    province = areas.province()
    _refuses(
        f"UPDATE households_area SET valid_to = '2010-01-01' WHERE id = {province.pk}",
        "households_area_ends_after_start",
    )


def test_one_trait_of_a_kind_at_a_time() -> None:
    commune = areas.commune(areas.province())
    _refuses(
        "INSERT INTO households_areatrait (area_id, kind, value, valid_from, source, is_confirmed)"
        f" VALUES ({commune.pk}, 'SETTLEMENT', 'URBAN', '2020-01-01', '', true)",
        "households_areatrait_one_at_a_time",
    )
