"""Every figure of the dashboard: its page, its sheet, and what it costs."""

from typing import Final

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.choices import Role
from households.services.system_user import system_user
from programs.services import programmes
from reports.views.figures.registry import FIGURES
from tests.factories import figures, users
from tests.programs.views.test_programmes import client_of
from tests.reports.views.figures.conftest import Asked

#: Queries of each figure made alone: of the first who asks, and while nothing changed.
QUERIES: Final[dict[str, tuple[int, int]]] = {}


@pytest.mark.django_db
def test_each_has_a_page_and_a_sheet() -> None:
    world = figures.world()
    client = client_of(users.user("so", Role.DEPARTMENT, world.province))
    for key in FIGURES:
        address = reverse("reports:figure", args=[key])
        answer = client.get(address, {"round": "2023"})
        if answer.status_code == 404:
            assert key == "aims"
            continue
        assert answer.status_code == 200
        assert f'id="{key}"' in answer.content.decode()
        sheet = client.get(address, {"round": "2023", "format": "csv"})
        assert sheet["Content-Type"].startswith("text/csv")


def test_what_each_costs(asked: Asked) -> None:
    programmes.load(by=system_user())
    world = figures.world()
    scope = asked(world.province, round="2023")
    found = {}
    for key, make in FIGURES.items():
        cache.clear()
        counts = []
        for role in (Role.DISTRICT_READER, Role.COMMUNE_CHAIR):
            scope = asked(world.province, role, round="2023")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                make(scope)
            counts.append(len(queries))
        found[key] = tuple(counts)
    assert found == QUERIES
