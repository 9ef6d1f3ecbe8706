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

#: Queries of a figure made alone, at most: of the first who asks, and while nothing changed.
#: Which communes changed is read once a page, here by each alone (three to six of them).
#: Coverage and money are not kept; coverage of so few communes is worked out at once.
QUERIES: Final[dict[str, tuple[int, int]]] = {
    "flows": (29, 0),
    "labour": (12, 0),
    "lacks": (6, 0),
    "ethnic": (9, 2),
    "groups": (12, 0),
    "children": (4, 0),
    "arisen": (8, 1),
    "support": (27, 27),
    "disbursement": (3, 3),
}


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
    too_many = {}
    for key, most in QUERIES.items():
        cache.clear()
        counts = []
        for role in (Role.DISTRICT_READER, Role.COMMUNE_CHAIR):
            scope = asked(world.province, role, round="2023")
            # What they share is asked once a page, by the first that needs it.
            assert scope.before
            assert scope.parts_before
            with CaptureQueriesContext(connection) as queries:
                assert FIGURES[key](scope)
            counts.append(len(queries))
        if any(n > of for n, of in zip(counts, most, strict=True)):
            too_many[key] = counts
    assert too_many == {}
