"""Ethnic groups in the hand-made world: of 7 poor one is Tày, and the forms of 6 state none."""

from households.models import EthnicGroup
from reports.views.figures import bar_layout, ethnic
from tests.factories import figures
from tests.reports.views.figures.conftest import Asked


def test_what_is_not_stated_is_told(asked: Asked) -> None:
    world = figures.world()
    found = ethnic.block(asked(world.province, round="2023"))
    assert {line.name: [one.shown for one in line.cells] for line in found.lines} == {
        "Tày": ["1", "14.29", "0", "0.00"],
        "All minorities": ["1", "14.29", "0", "0.00"],
        "Not stated": ["6", "85.71", "2", "100.00"],
        "Together": ["7", "100.00", "2", "100.00"],
    }
    assert found.finding == "14.3 % of the poor households are Tày; minorities together 14.3 %"


def test_the_largest_group_comes_first_and_small_ones_are_one_bar(asked: Asked) -> None:
    world = figures.land()
    codes = ["01", "02", "03", "04", "05", "06", "07", "08"]
    for at, code in enumerate(codes):
        group, __ = EthnicGroup.objects.get_or_create(
            code=code, defaults={"name": f"Group {code}", "is_minority": code != "01"}
        )
        for n in range(9 - at):
            world.read(2023, f"{code} {n}", world.a1, figures.POOR, ethnic_group=group)
    found = ethnic.block(asked(world.province, round="2023"))
    assert isinstance(found.picture, bar_layout.Bars)
    drawn = [one.group for one in found.picture.groups]
    assert len(drawn) == 7
    assert [one.bars[0].value for one in drawn] == [9, 8, 7, 6, 5, 4, 3 + 2]
    assert drawn[-1].name == "Other groups"
    # The table has them all, and the two sums.
    assert len(found.lines) == len(codes) + 2
