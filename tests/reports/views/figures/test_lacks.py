"""Shares of the poor who lack each service in the hand-made world."""

import pytest

from households.choices import Role, Settlement
from households.models import ResidentCount
from reports.views.blocks import Block, csv_lines
from reports.views.figures import heat_layout, lacks
from tests.factories import figures
from tests.reports.views.figures.conftest import Asked


def cells(block: Block) -> dict[str, list[str]]:
    return {line.name: [one.shown for one in line.cells] for line in block.lines}


@pytest.fixture
def world(db: None) -> figures.World:
    """Commune A: of four poor all lack three, one of them the internet too. B: one. C: none. Of
    10 resident households in A, 2 in B, none known in C."""
    found = figures.land()
    for n in range(4):
        head = figures.reviews.adult(uses_internet=n > 0)
        found.read(2023, f"a{n}", found.a1, figures.POOR, head)
    found.read(2023, "b", found.b1, figures.POOR)
    found.read(2023, "c", found.c1, figures.ABOVE)
    for commune, households in ((found.a, 10), (found.b, 2)):
        ResidentCount.objects.create(
            commune=commune, as_of=found.rounds[2023].as_of, settlement=Settlement.RURAL,
            households=households, persons=households, entered_by=found.by,
        )  # fmt: skip
    return found


def test_the_most_lacked_first_and_the_poorest_place_first(
    asked: Asked, world: figures.World
) -> None:
    found = lacks.block(asked(world.province, round="2023", level="commune"))
    titles = [one.title for one in found.columns]
    places = (world.province, world.b, world.a, world.c)
    assert titles == [f"{one.name} (%, households)" for one in places]
    told = cells(found)
    (first, *__, average, poor) = told
    assert told[first] == ["100", "100", "100", "–"]
    assert poor == "Poor households (number)"
    assert told[poor] == ["5", "1", "4", "0"]
    # 16 lacks of 5 households; 3 of 1; 13 of 4; of nobody none.
    assert told[average] == ["3.2", "3.0", "3.3", "–"]
    shares = [line.cells[0].value for line in found.lines[:-2]]
    assert shares == sorted(shares, reverse=True)  # type: ignore[type-var]
    # The internet: one of five, none of one, one of four.
    assert ["20", "0", "25", "–"] in told.values()


def test_the_finding_names_what_is_lacked_most(asked: Asked, world: figures.World) -> None:
    found = lacks.block(asked(world.province, round="2023", level="commune"))
    assert found.finding.startswith("Most often lacked: ")
    assert "100 %" in found.finding
    assert "1 place without such a household is not drawn" in found.notes


def test_a_cell_leads_to_those_who_lack_it(asked: Asked, world: figures.World) -> None:
    scope = asked(world.province, round="2023", level="commune")
    (first, *__) = lacks.block(scope).lines
    assert "table=T4" in first.cells[1].href
    assert f"unit={world.b.pk}" in first.cells[1].href
    of_inspector = lacks.block(asked(world.province, Role.INSPECTOR, round="2023"))
    assert {cell.href for line in of_inspector.lines for cell in line.cells} == {""}


def test_a_share_has_its_count_beside_it_on_the_page_and_in_the_file(
    asked: Asked, world: figures.World
) -> None:
    scope = asked(world.province, round="2023", level="commune")
    found = lacks.block(scope)
    [internet] = [one for one in found.lines if [c.shown for c in one.cells][:2] == ["20", "0"]]
    assert [one.count for one in internet.cells] == [1, 0, 1, 0]
    assert [one.count_shown for one in internet.cells] == ["1", "0", "1", "0"]
    heads, *lines = csv_lines(found, scope)[2:]
    assert heads[1:3] == [
        f"{world.province.name} (%, households)", f"{world.province.name} (households)",
    ]  # fmt: skip
    [line] = [one for one in lines if one[0] == internet.name]
    assert line[1:] == ["20", "1", "0", "0", "25", "1", "", "0"]
    told = {cell.told for row in found.picture.rows for cell in row.cells}  # type: ignore[attr-defined]
    assert f"{world.a.name}, {internet.name}: 25 %, 1 of 4 households" in told


@pytest.mark.parametrize(
    ("of_class", "table", "households"),
    [("near-poor", "T6", 2), ("both", "L", 7), ("poor", "T4", 5)],
)
def test_it_is_told_of_the_class_that_is_asked_for(
    asked: Asked, world: figures.World, of_class: str, table: str, households: int
) -> None:
    for name in ("near 1", "near 2"):
        world.read(2023, name, world.a1, figures.NEAR_POOR)
    scope = asked(world.province, round="2023", level="commune", **{"class": of_class})
    found = lacks.block(scope)
    assert found.lines[-1].cells[0].value == households
    assert f"table={table}&" in found.lines[-1].cells[0].href
    assert f"Base: {households} " in found.base
    # The choice stays in every address of the page.
    assert f"class={of_class}" in scope.to_this
    [chosen] = [one for one in found.extra["classes"] if one[2]]  # type: ignore[attr-defined]
    assert f"class={of_class}" in chosen[0]


def test_many_places_are_the_rows_of_the_picture(
    asked: Asked, world: figures.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = asked(world.province, round="2023", level="commune")
    few = lacks.block(scope).picture
    monkeypatch.setattr(lacks, "_MOST_COLUMNS", 2)
    many = lacks.block(scope).picture
    assert isinstance(few, heat_layout.HeatGrid)
    assert isinstance(many, heat_layout.HeatGrid)
    assert many.rows[0].name == world.province.name
    assert len(many.rows) == len(few.heads) == 3
    flat = [[cell.shown for cell in row.cells] for row in few.rows]
    assert [[cell.shown for cell in row.cells] for row in many.rows] == [
        list(column) for column in zip(*flat, strict=True)
    ]


def test_what_no_form_tells_is_said(asked: Asked) -> None:
    world = figures.land()
    found = lacks.block(asked(world.province, round="2023"))
    assert found.extra["why"] == "No poor household is on record."
