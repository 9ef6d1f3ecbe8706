"""A small map with the 2022 standard and its short lists, files, and one way to import them."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from households.choices import Role
from households.models import EthnicGroup, ListEntry, User
from households.services.imports import ImportResult, import_review
from households.services.system_user import system_user
from tests.factories import areas, reviews, users
from tests.factories.exchange_files import Files

Import = Callable[..., ImportResult]


@pytest.fixture
def place(db: None) -> SimpleNamespace:
    """Province 06, district 063, communes 02008 and 02005, the 2022 standard with its table."""
    province = areas.province()
    district = areas.district(province)
    kinh = EthnicGroup.objects.create(code="01", name="Kinh", is_minority=False)
    EthnicGroup.objects.create(code="08", name="Mông", aliases=["hmong"], is_minority=True)
    for code in "12345678":
        ListEntry.objects.create(list_code="causes", code=code, name_vi=code, name_en=code)
    return SimpleNamespace(
        province=province,
        district=district,
        commune=areas.commune(district),
        other_commune=areas.commune(district, "02005", "Xã Khác"),
        standard=reviews.standard(),
        kinh=kinh,
    )


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def run(place: SimpleNamespace, files: Files) -> Import:
    """Write the files as they stand and import them, by default for good and as the system."""

    def go(**given: object) -> ImportResult:
        given = {"commit": True, "by": system_user()} | given
        return import_review(**files.write(), **given)  # type: ignore[arg-type]

    return go


def codes(result: ImportResult) -> set[tuple[str, int, str, str]]:
    """File, row, column and code of each error."""
    return {(one.file, one.row, one.column, one.code) for one in result.errors}


def warnings(result: ImportResult) -> set[tuple[str, int, str, str]]:
    return {(one.file, one.row, one.column, one.code) for one in result.warnings}


@pytest.fixture
def officer(place: SimpleNamespace) -> User:
    """Of the commune, where a round is under way."""
    reviews.periodic(place.province, 2024, place.standard)
    return users.user("officer", Role.COMMUNE_OFFICER, place.commune)
