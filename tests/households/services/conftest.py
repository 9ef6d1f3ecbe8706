"""A commune with two villages, its officer, and the 2022 standard."""

from types import SimpleNamespace

import pytest

from households.choices import Role
from tests.factories import areas, reviews, users


@pytest.fixture
def place(db: None) -> SimpleNamespace:
    province = areas.province()
    commune = areas.commune(areas.district(province))
    return SimpleNamespace(
        province=province,
        commune=commune,
        village=areas.village(commune),
        other_village=areas.village(commune, "Thôn Hai"),
        officer=users.user("officer", Role.COMMUNE_OFFICER, commune),
        standard=reviews.standard(),
    )
