"""The line of a project: bars on one scale, in numbers as SVG takes them."""

import pytest
from django.utils.translation import override
from pytest_django import Settings

from programs.models import Project
from programs.queries import project_progress
from programs.views import project_timeline
from programs.views.project_timeline import WIDTH
from tests.factories import projects as make
from tests.programs.conftest import Land, day

TODAY = day("2024-08-21")


@pytest.fixture
def made(land: Land, settings: Settings) -> Project:
    settings.POVREG_TODAY = TODAY
    make.loaded()
    made = make.project(land.commune, land.officer)
    make.walked(made, land.officer, day("2024-05-24"), 26, 10, 7)
    return made


def test_the_scale_holds_all_of_it_in_whole_months(made: Project) -> None:
    one = project_progress.of_project(made, TODAY)
    scale = project_timeline.scale([one], TODAY)
    # From the first stay to the inputs by the norms.
    assert (scale.first, scale.last) == (day("2024-05-01"), day("2024-10-31"))
    assert scale.months[0].words == "5/24"
    assert 0 <= scale.x(day("2000-01-01")) < scale.x(TODAY) < scale.x(day("2100-01-01")) <= WIDTH


def test_each_stay_is_a_bar_and_what_is_over_its_norm_another(made: Project) -> None:
    one = project_progress.of_project(made, TODAY)
    drawn = project_timeline.line(one, project_timeline.scale([one], TODAY))
    assert [bar.kind for bar in drawn.bars] == ["done", "over", "done", "done", "now", "over"]
    assert [mark.words for mark in drawn.numbers] == ["1", "2", "3", "4"]
    places = [float(bar.x) for bar in drawn.bars]
    assert places == sorted(places)
    assert drawn.ahead
    assert drawn.is_late


def test_numbers_have_a_point_in_every_language(made: Project) -> None:
    one = project_progress.of_project(made, TODAY)
    with override("vi"):
        drawn = project_timeline.line(one, project_timeline.scale([one], TODAY))
    assert all("," not in f"{bar.x}{bar.width}" for bar in drawn.bars)


def test_a_season_outside_of_the_picture_has_no_flag(made: Project) -> None:
    one = project_progress.of_project(made, TODAY)
    narrow = project_timeline.Scale(day("2024-08-01"), day("2024-08-31"), TODAY)
    drawn = project_timeline.line(one, narrow)
    assert drawn.season.x == ""
    # Stays that ended before it are left out as well.
    assert [mark.words for mark in drawn.numbers] == ["4"]


def test_with_no_project_there_is_a_scale_all_the_same() -> None:
    scale = project_timeline.scale([], TODAY)
    assert (scale.first, scale.last) == (day("2024-08-01"), day("2024-08-31"))
