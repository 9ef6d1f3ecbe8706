"""A small map with a round under way, one officer of its commune, and a client for each role."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from households.choices import Role
from households.models import Area, ReviewRound, User
from tests.factories import areas, reviews, users
from tests.remembered import remembered

TODAY = dt.date(2024, 10, 15)


@dataclass(frozen=True)
class World:
    """Commune and village of the officer; a stranger's commune with a village of its own."""

    province: Area
    commune: Area
    village: Area
    other_commune: Area
    other_village: Area
    round: ReviewRound
    officer: User


@pytest.fixture
def world(db: None, settings: Settings) -> World:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"
    return remembered(_world)


def _world() -> World:
    province = areas.province()
    district = areas.district(province)
    commune = areas.commune(district)
    other = areas.commune(district, code="02011", name="Xã Khác")
    return World(
        province=province,
        commune=commune,
        village=areas.village(commune),
        other_commune=other,
        other_village=areas.village(other, name="Thôn Hai"),
        round=reviews.periodic(province, 2024, reviews.standard()),
        officer=users.user("officer", Role.COMMUNE_OFFICER, commune),
    )


@pytest.fixture
def paper_folder(settings: Settings, tmp_path: Path) -> None:
    """Papers and pictures of the test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def logged_in() -> Callable[[User], Client]:
    """A browser session of a user, pages in English."""

    def log_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return log_in
