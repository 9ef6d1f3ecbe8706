"""Groups in the hand-made world: one Tày family, one without labour, one of merit, 7 poor."""

from reports.views.figures import groups
from tests.factories import figures
from tests.reports.views.figures.conftest import Asked


def test_shares_are_of_their_own_class(asked: Asked) -> None:
    world = figures.world()
    found = groups.block(asked(world.province, round="2023"))
    assert {line.name: [one.shown for one in line.cells] for line in found.lines} == {
        "Ethnic minority households": ["1", "14.29", "0", "0.00"],
        "Households without labour capacity": ["1", "14.29", "0", "0.00"],
        "Households with a person of merit": ["1", "14.29", "0", "0.00"],
        "In none of these groups": ["4", "57.14", "2", "100.00"],
        "Together": ["7", "100.00", "2", "100.00"],
    }
    assert found.finding == (
        "14.3 % of the poor are ethnic minority households, 14.3 % have no labour"
    )
    assert "Base: 7 poor, 2 near-poor households" in found.base


def test_nobody_is_said(asked: Asked) -> None:
    world = figures.land()
    found = groups.block(asked(world.province, round="2022"))
    assert found.extra["why"] == "No poor or near-poor household is on record."
