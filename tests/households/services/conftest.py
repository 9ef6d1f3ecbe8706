"""A commune with two villages, its officer, and the 2022 standard; and one with a review to end."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from households import tasks
from households.choices import Role
from households.choices.layouts import LayoutWhom, RowKind
from households.models import Area, LayoutReturn, OutputLayout, Survey, User
from households.services import layout_returns, layouts
from tests.factories import areas, reviews, users
from tests.factories.returned import CARDS, NUMBER, WIFE, Send
from tests.households.conftest import TODAY, World

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


@pytest.fixture
def family(world: World) -> Survey:
    """A poor couple, both with their numbers."""
    head = reviews.adult("Nông Văn Thử", personal_id=NUMBER)
    wife = reviews.adult(
        "Lý Thị Thử", "spouse", sex="F", birth_date=dt.date(1982, 3, 4), personal_id=WIFE
    )
    found = reviews.surveyed(world.round, world.village, world.officer, members=[head, wife])
    reviews.listed(world.round, world.commune, world.officer, found.household)
    return found


@pytest.fixture
def layout(world: World, department: User) -> OutputLayout:
    """The insurer's sheet, shared by the department."""
    given: dict[str, Any] = {"name": "Thẻ BHYT", "whom": LayoutWhom.ALL, "by": department}
    made = layouts.make(province=world.province, row_kind=RowKind.MEMBER, **given)
    layouts.change(layout=made, is_shared=True, columns=CARDS, **given)
    made.refresh_from_db()
    return made


@pytest.fixture
def send(world: World, layout: OutputLayout, settings: Settings, tmp_path: Path) -> Send:
    """Received, and read by the job, which a worker knows by its name."""
    settings.POVREG_IMPORTS = tmp_path / "imports"
    assert tasks.read_return.name == "households.read_return"

    def sent(
        file: SimpleUploadedFile, area: Area | None = None, by: User | None = None, **more: Any
    ) -> LayoutReturn:
        given: dict[str, Any] = {
            "layout": layout, "receiver": "BHXH tỉnh", "returned_on": TODAY, **more,
        }  # fmt: skip
        made = layout_returns.receive(
            file=file, area=area or world.commune, by=by or world.officer, **given
        )
        layout_returns.run(return_id=made.pk)
        made.refresh_from_db()
        return made

    return sent
