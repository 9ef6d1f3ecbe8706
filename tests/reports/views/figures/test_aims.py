"""Targets stand by the units they were set for, on whatever map the page is."""

import datetime as dt

from reports.views.figures import aims
from tests.factories import areas, figures
from tests.factories.targets import target
from tests.reports.views.figures.conftest import Asked

LATER = dt.date(2025, 7, 1)


def test_a_target_is_told_on_the_map_of_another_day(asked: Asked) -> None:
    world = figures.world()
    areas.merged(world.a, world.b, parent=world.near, code="01864", on=LATER)
    target(world.a, year=2023, standard=world.standard)
    scope = asked(world.province, round="2023", level="commune")
    of_the_day = aims.block(scope)
    assert of_the_day
    assert [line.name for line in of_the_day.lines] == [world.a.name]
    later = asked(world.province, round="2023", level="commune", on="01/07/2025")
    found = aims.block(later)
    assert found
    assert found.lines == of_the_day.lines
    note = "Targets are set for the areas of the round's day, so these are shown."
    assert note in found.notes
    assert note not in of_the_day.notes
    assert "on the map of" not in found.base
