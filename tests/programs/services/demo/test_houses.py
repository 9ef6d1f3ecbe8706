"""The demonstration shows houses at several steps, and runs once."""

from pathlib import Path

import pytest
from pytest_django import Settings

from households.services.system_user import system_user
from programs.models import HousingCase, SiteFile, WorksProject
from programs.services.demo import houses as demo
from tests.factories import families, houses, people, reviews
from tests.programs.conftest import Land, day

pytestmark = pytest.mark.django_db


def test_it_fills_a_commune_once(land: Land, settings: Settings, tmp_path: Path) -> None:
    settings.POVREG_TODAY, settings.MEDIA_ROOT = day("2024-10-15"), tmp_path
    houses.rules()
    for number in range(6):
        home = people.household(land.village, people.person(f"Lý {number}"))
        families.on_list(home, land.decision, since=day("2022-01-01"))
        reviews.surveyed(
            land.round, land.village, land.officer, household=home, **reviews.THREE_LACKS
        )
    demo.load(by=system_user())
    steps = list(HousingCase.objects.order_by("priority").values_list("stage__code", flat=True))
    assert steps == ["ACCEPTED", "FRAME_ROOF", "DECIDED", "DECIDED", "POSTED", "MEETING"]
    assert SiteFile.objects.exists()
    assert WorksProject.objects.get().served.count() == 6
    demo.load(by=system_user())
    assert HousingCase.objects.count() == 6
