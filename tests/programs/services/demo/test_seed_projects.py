"""The year's projects come to the numbers published, all of them approved."""

import datetime as dt

import pytest

from households.models import Area
from households.services.system_user import system_user
from programs.models import Project
from programs.queries.project_counts import is_approved
from programs.queries.project_progress import standings
from programs.services.demo import seed_projects

ON = dt.date(2023, 12, 31)


@pytest.mark.django_db
class TestOpened:
    @pytest.fixture(autouse=True)
    def _there(self, thin_province: Area) -> None:
        pass

    def test_thirteen_of_communities_and_seven_of_chains(self) -> None:
        assert seed_projects.load(by=system_user()) == 20
        of_year = Project.objects.filter(year=2023)
        assert of_year.filter(owner_kind="COMMUNITY").count() == 13
        assert of_year.filter(owner_kind="VALUE_CHAIN").count() == 7
        assert all(is_approved(one) for one in standings(of_year, ON))

    def test_only_what_is_missing_is_opened(self) -> None:
        seed_projects.load(by=system_user())
        assert seed_projects.load(by=system_user()) == 0


@pytest.mark.django_db
def test_without_communes_nothing_is_opened() -> None:
    assert seed_projects.load(by=system_user()) == 0
