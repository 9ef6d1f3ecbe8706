"""A figure and its list are made of one condition."""

import pytest

from reports.choices import FigureLevel
from reports.queries import cells, questions
from reports.queries.cells import Cell, Source
from tests.factories import figures


def test_what_adds_nothing_is_not_listed() -> None:
    assert Cell("x OR y").counts == "(x OR y)"
    assert Cell("x OR y", "a.persons").counts == "(x OR y) AND a.persons > 0"
    assert Cell("x").total == "(count(*) FILTER (WHERE x))::int"
    assert Cell("x", "a.persons").total == "(sum(a.persons) FILTER (WHERE x))::int"


@pytest.mark.django_db
def test_a_condition_of_two_parts_stays_in_its_unit() -> None:
    world = figures.world()
    asked = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.COMMUNE
    )
    one = Cell("a.household_id %% 2 = 0 OR a.household_id %% 2 = 1")
    source = Source(
        "SELECT id AS household_id, village_id, NULL::text AS poverty_class FROM ("
        "SELECT household_id AS id, village_id FROM households_survey"
        " WHERE round_id = %(now_round)s) s",
        {("all", None): one},
    )
    total = {one["unit_id"]: one["all"] for one in cells.totals(source, asked)}
    for commune in (world.a, world.b, world.c):
        found = cells.households(source, one, asked, commune.pk)
        assert len(found) == total[commune.pk]
    assert cells.households(source, one, asked, world.province.pk) == []
