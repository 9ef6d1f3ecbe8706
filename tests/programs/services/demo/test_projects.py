"""The invented projects of the demonstration show every state of the board."""

import pytest
from pytest_django import Settings

from households.models import Area
from households.services.system_user import system_user
from programs.models import Project, ProjectParticipant
from programs.queries import project_counts, project_progress
from programs.services.demo import projects as demo
from tests.factories import areas, families, people
from tests.factories import projects as make
from tests.programs.conftest import Land, day

TODAY = day("2024-10-15")


@pytest.fixture
def communes(land: Land, settings: Settings) -> list[Area]:
    settings.POVREG_TODAY = TODAY
    make.loaded()
    codes = ("01864", "01879", "02020", "02050", "01969", "02179", "02155")
    return [areas.commune(land.district, code, f"Xã {code}") for code in codes]


def test_one_will_miss_its_season_and_others_do_not(land: Land, communes: list[Area]) -> None:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2024-01-01"))
    demo.load(by=system_user())
    rows = {
        one.project.name: one for one in project_progress.standings(Project.objects.all(), TODAY)
    }
    assert len(rows) == 10
    late = [name for name, one in rows.items() if one.progress.will_miss]
    assert late == ["Khoai tây vụ đông trên đất hai lúa"]
    states = [one.progress for one in rows.values()]
    assert sum(one.is_complete for one in states) == 3
    assert sum(one.is_rejected for one in states) == 1
    assert any(one.over_days and not one.will_miss for one in states)
    chains = Project.objects.filter(owner_kind="VALUE_CHAIN")
    (chain,) = project_counts.step_counts(chains, TODAY)
    assert chain.later_cycle == 2
    sows = Project.objects.get(name="Lợn nái sinh sản Trần Phú")
    assert (sows.commune.code, bool(sows.buyer)) == ("02179", True)
    # The known family lives in the commune of the dong project.
    assert ProjectParticipant.objects.get().project.name == "Vùng nguyên liệu dong riềng"


def test_a_second_load_changes_nothing(communes: list[Area]) -> None:
    demo.load(by=system_user())
    count = Project.objects.count()
    demo.load(by=system_user())
    assert Project.objects.count() == count
