"""Codes of another time: understood where the map leaves no doubt, told plainly where it does."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.models import Area, AreaChange, Survey
from tests.factories import areas
from tests.factories.exchange_files import Files, household
from tests.households.services.imports.conftest import Import, codes, warnings

HOUSEHOLDS = "households.csv"
FIRST, LAST = dt.date(2025, 7, 1), dt.date(2025, 6, 30)
AFTER = {"review_year": "2025", "as_of": "2025-10-01"}


@pytest.fixture
def merged(place: SimpleNamespace) -> Area:
    """From July 2025 the two communes are one, with the code of the second and another name, in a
    province of another code; no district."""
    thon = areas.village(place.commune, "Thôn Một")
    Area.objects.filter(pk__in=[place.commune.pk, place.other_commune.pk]).update(valid_to=LAST)
    province = areas.merged(place.province, parent=None, code="19", name="Tỉnh Mới")
    made = areas.merged(
        place.commune, place.other_commune, parent=province, code="02005", name="Xã Mới"
    )
    Area.objects.filter(pk=place.district.pk).update(valid_to=LAST)
    new = Area.objects.create(
        level="VILLAGE", name="Thôn Một (Xã Thử)", parent=made, valid_from=FIRST
    )
    Area.objects.filter(pk=thon.pk).update(valid_to=LAST)
    AreaChange.objects.create(kind="MOVE", from_area=thon, to_area=new, changed_on=FIRST)
    return made


def test_an_old_code_after_the_day_is_taken_as_what_it_became(
    run: Import, files: Files, merged: Area
) -> None:
    files.households = [household(**AFTER)]

    result = run()

    assert list(result.errors) == []
    assert warnings(result) == {
        (HOUSEHOLDS, 2, "commune_code", "code_of_other_time"),
        (HOUSEHOLDS, 2, "village", "village_renamed"),
    }
    said = next(one.reason for one in result.warnings if one.column == "commune_code")
    assert "Xã Thử" in said
    assert "Xã Mới (02005)" in said
    village = Survey.objects.get().village
    assert (village.parent, village.name) == (merged, "Thôn Một (Xã Thử)")


def test_a_code_used_again_goes_by_its_name(run: Import, files: Files, merged: Area) -> None:
    """02005 was Xã Khác and is Xã Mới; Xã Khác went into it."""
    files.households = [household(**AFTER, commune_code="02005", commune="Xã Khác")]

    result = run()

    assert list(result.errors) == []
    assert (HOUSEHOLDS, 2, "commune_code", "code_of_other_time") in warnings(result)
    assert Survey.objects.get().commune == merged


def test_a_new_code_before_the_day_says_which_communes_there_were(
    run: Import, files: Files, merged: Area
) -> None:
    files.households = [household(commune_code="02005", commune="Xã Mới")]

    result = run()

    assert codes(result) == {(HOUSEHOLDS, 2, "commune_code", "code_of_other_time")}
    said = next(iter(result.errors)).reason
    assert "Xã Thử (02008)" in said
    assert "Xã Khác (02005)" in said
    assert "01/07/2025" in said
    assert not Survey.objects.exists()


def test_a_new_code_of_one_commune_before_the_day(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    areas.merged(place.commune, parent=place.district, code="02009", name="Xã Đổi Tên")
    files.households = [household(commune_code="02009", commune="Xã Đổi Tên")]

    result = run()

    assert list(result.errors) == []
    assert warnings(result) >= {(HOUSEHOLDS, 2, "commune_code", "code_of_other_time")}
    assert Survey.objects.get().commune == place.commune


def test_an_old_code_of_a_commune_that_was_split_says_what_it_became(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    Area.objects.filter(pk=place.commune.pk).update(valid_to=LAST)
    for code, name in (("02009", "Xã Trên"), ("02010", "Xã Dưới")):
        part = Area.objects.create(
            level="COMMUNE", code=code, name=name, parent=place.district, valid_from=FIRST
        )
        AreaChange.objects.create(
            kind="SPLIT", from_area=place.commune, to_area=part, changed_on=FIRST, is_whole=False
        )
    files.households = [household(**AFTER)]

    result = run()

    assert codes(result) == {(HOUSEHOLDS, 2, "commune_code", "code_of_other_time")}
    said = next(iter(result.errors)).reason
    assert "Xã Trên (02009), Xã Dưới (02010)" in said
    assert not Survey.objects.exists()


def test_a_code_that_became_nothing_known_is_refused_as_before(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    Area.objects.filter(pk=place.commune.pk).update(valid_to=LAST)
    files.households = [household(**AFTER)]

    assert codes(run()) == {(HOUSEHOLDS, 2, "commune_code", "commune_not_valid")}
