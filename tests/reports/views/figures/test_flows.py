"""Classes of 2022 and 2023 in the hand-made world, counted household by household."""

import pytest

from households.choices import Role
from reports.queries.class_moves import State
from reports.views.blocks import Block, csv_lines
from reports.views.figures import flows
from tests.factories import figures
from tests.reports.views.figures.conftest import Asked


def cells(block: Block) -> dict[str, list[str]]:
    return {line.name: [one.shown for one in line.cells] for line in block.lines}


def test_the_lists_of_two_years(asked: Asked) -> None:
    world = figures.world()
    found = flows.block(asked(world.province, round="2023"))
    assert found.finding == "3 households stayed poor; 2 left, 3 came in"
    # stayer, mover, merging; to_near; escaper; dying and taken_in ended.
    assert cells(found)["Poor"] == ["3", "1", "0", "1", "0", "2", "7"]
    # from_near; near_stayer; near_escaper.
    assert cells(found)["Near-poor"] == ["1", "1", "0", "1", "0", "0", "3"]
    # relapser and newcomer.
    assert cells(found)["Not poor"] == ["2", "0", "0", "0", "0", "0", "2"]
    assert cells(found)["Not in the area"] == ["1", "0", "0", "0", "–", "–", "1"]
    assert cells(found)["Together"] == ["7", "2", "1", "2", "0", "2", "14"]
    assert found.base.startswith("Base: 13 households")
    assert "lists of both rounds" in found.base


def test_the_picture_leaves_out_who_is_on_neither_list(asked: Asked) -> None:
    world = figures.world()
    drawn = flows.block(asked(world.province, round="2023")).picture
    assert isinstance(drawn, flows.Picture)
    assert [(one.node.key, one.shown) for one in drawn.left] == [
        ("POOR", "7"), ("NEAR_POOR", "3"), ("NOT_POOR", "2"), ("ELSEWHERE", "1"),
    ]  # fmt: skip
    kinds = {(one.band.source, one.band.target): one.kind for one in drawn.bands}
    assert kinds["POOR", "POOR"] == "stay"
    assert kinds["NOT_POOR", "POOR"] == kinds["NEAR_POOR", "POOR"] == "into"
    assert kinds["POOR", "NOT_POOR"] == "out"
    # Came by splitting off; ended: neither into poverty nor out of it.
    assert kinds["ELSEWHERE", "POOR"] == kinds["POOR", "ELSEWHERE"] == "other"


def test_who_was_not_reviewed_yet_did_not_leave(asked: Asked) -> None:
    world = figures.land()
    for name in ("read", "not read yet"):
        world.read(2022, name, world.a1, figures.POOR)
    world.decide(2022, world.a, world.b, world.c)
    world.read(2023, "read", world.a1, figures.ABOVE)
    found = flows.block(asked(world.a, Role.COMMUNE_OFFICER, round="2023"))
    assert found.finding == "0 households stayed poor; 1 left, 0 came in"
    assert cells(found)["Poor"] == ["0", "0", "0", "1", "1", "0", "2"]
    assert found.columns[4].title == "2023: Not reviewed"
    assert "list of the round before, results of this review" in found.base


def test_no_round_before_is_said(asked: Asked) -> None:
    world = figures.land()
    found = flows.block(asked(world.province, round="2021"))
    assert found.lines == ()
    assert found.extra["why"] == "There is no earlier periodic round."


def test_a_list_stands_behind_only_where_it_holds_as_many(asked: Asked) -> None:
    world = figures.world()
    (poor, near, *__) = flows.block(asked(world.province, round="2023")).lines
    assert "column=POOR-NEAR_POOR" in poor.cells[1].href
    assert "column=NEAR_POOR-POOR" in near.cells[0].href
    # Of the inspector no list of households is opened.
    seen = flows.block(asked(world.province, Role.INSPECTOR, round="2023"))
    assert {cell.href for line in seen.lines for cell in line.cells} == {""}


def test_the_file_holds_the_table(asked: Asked) -> None:
    world = figures.world()
    scope = asked(world.province, round="2023")
    lines = csv_lines(flows.block(scope), scope)
    assert list(lines[2])[:3] == ["Class in 2022", "2023: Poor", "2023: Near-poor"]
    assert list(lines[3]) == ["Poor", "3", "1", "0", "1", "0", "2", "7"]
    assert len(lines) == 3 + len(State) + 1


def test_a_kept_answer_takes_no_query(
    asked: Asked, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    world = figures.world()
    flows.block(asked(world.province, round="2023"))
    scope = asked(world.province, Role.DISTRICT_READER, round="2023")
    assert scope.before is not None
    with django_assert_num_queries(0):  # type: ignore[operator]
        flows.block(scope)
