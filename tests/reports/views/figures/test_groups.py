"""Groups in the hand-made world: one Tày family, one without labour, one of merit, 7 poor."""

from reports.views.figures import groups
from tests.factories import figures, reviews
from tests.reports.views.figures.conftest import Asked


def test_shares_are_of_their_own_class(asked: Asked) -> None:
    world = figures.world()
    found = groups.block(asked(world.province, round="2023"))
    assert {line.name: [one.shown for one in line.cells] for line in found.lines} == {
        "Ethnic minority households": ["1", "14.29", "0", "0.00"],
        "Households without labour capacity": ["1", "14.29", "0", "0.00"],
        "Households with a person of merit": ["1", "14.29", "0", "0.00"],
        "In none of these three groups": ["4", "57.14", "2", "100.00"],
        "Households whose head is a woman": ["0", "0.00", "0", "0.00"],
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


def test_a_woman_at_the_head_is_counted_beside_the_groups(asked: Asked) -> None:
    world = figures.land()
    world.read(2023, "hers", world.a1, figures.POOR, reviews.adult(sex="F"))
    world.read(2023, "his", world.a1, figures.POOR, reviews.adult(sex="M"))
    found = groups.block(asked(world.province, round="2023"))
    line = next(one for one in found.lines if one.name == "Households whose head is a woman")
    assert [one.shown for one in line.cells] == ["1", "50.00", "0", "–"]
    assert "table=T12" in line.cells[0].href
    assert "column=poor_female_head_households" in line.cells[0].href
