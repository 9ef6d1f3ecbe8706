"""A commune with two villages, its officer, and the 2022 standard; and one with a review to end."""

from types import SimpleNamespace

import pytest

from households.choices import Role
from households.models import Survey, User
from tests.factories import areas, reviews, users
from tests.households.conftest import World

POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}
NEAR_POOR = {"income_per_capita_month_vnd": 1_200_000}


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


@pytest.fixture
def department(world: World) -> User:
    return users.user("department", Role.DEPARTMENT, world.province)


@pytest.fixture
def kinds(world: World) -> dict[str, Survey]:
    """A complete form of one household of each kind in the village."""
    return {
        name: reviews.surveyed(
            world.round, world.village, world.officer, members=[reviews.adult(name)], **facts
        )
        for name, facts in {"Poor": POOR, "Near": NEAR_POOR, "Above": {}}.items()
    }
