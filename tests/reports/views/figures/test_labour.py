"""Without labour capacity: the relapser of commune A, in 2023 only."""

from reports.views.blocks import Block
from reports.views.figures import labour
from tests.factories import figures
from tests.reports.views.figures.conftest import Asked


def cells(block: Block) -> dict[str, list[str]]:
    return {line.name: [one.shown for one in line.cells] for line in block.lines}


def test_seven_poor_then_and_now(asked: Asked) -> None:
    world = figures.world()
    found = labour.block(asked(world.province, round="2023"))
    assert [one.title for one in found.columns][:2] == ["2022", "2023"]
    # 100 * -1 / 7; 100 * 6 / 7; 100 / 7.
    assert cells(found) == {
        "With labour capacity": ["7", "6", "−1", "−14.29", "100.00", "85.71"],
        "Without labour capacity": ["0", "1", "+1", "–", "0.00", "14.29"],
        "All poor households": ["7", "7", "0", "0.00", "100.00", "100.00"],
    }
    assert found.finding == "14.3 % of the poor households are without labour capacity"
    assert "column=poor_no_labour" in found.list_href
    assert found.base.startswith("Base: 7 poor households · Official")


def test_the_change_of_both_is_the_finding_where_both_are_known(asked: Asked) -> None:
    world = figures.land()
    for year, count in ((2022, 4), (2023, 3)):
        for n in range(4):
            answers = figures.POOR if n < count else figures.ABOVE
            world.read(year, f"able {n}", world.a1, answers)
        world.read(year, "unable", world.a1, figures.POOR, no_labour=True)
    found = labour.block(asked(world.province, round="2023"))
    assert found.finding == (
        "Poor households without labour capacity: 0.0 % since 2022, with it: −25.0 %"
    )


def test_nobody_poor_is_said(asked: Asked) -> None:
    world = figures.land()
    found = labour.block(asked(world.province, round="2023"))
    assert found.extra["why"] == "No poor household is on record."
