"""The one child of the hand-made world, who lacks all three."""

from reports.views.figures import children
from tests.factories import figures
from tests.reports.views.figures.conftest import Asked


def test_children_are_counted_not_households(asked: Asked) -> None:
    world = figures.world()
    found = children.block(asked(world.province, round="2023"))
    assert {line.name: [one.shown for one in line.cells] for line in found.lines} == {
        "Without health insurance": ["1", "100.00", "0", "–"],
        "Undernourished": ["1", "100.00", "0", "–"],
        "Not at school of their age": ["1", "100.00", "0", "–"],
        "All children": ["1", "100.00", "0", "–"],
    }
    assert found.finding == "Children of poor households: without health insurance 100.0 %"
    assert found.base.startswith("Base: 1 children of poor, 0 of near-poor households")


def test_no_child_is_said(asked: Asked) -> None:
    world = figures.world()
    found = children.block(asked(world.c, round="2023"))
    assert found.extra["why"] == "No child lives in these households."
