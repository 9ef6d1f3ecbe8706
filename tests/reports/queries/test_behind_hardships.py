"""The lists of who became poor anew: each adds up to its figure, and all of them to T2's."""

import pytest

from reports.choices import FigureLevel
from reports.queries import behind, behind_hardships, hardships, questions
from reports.queries.questions import Question
from tests.factories import figures
from tests.reports.views.figures.test_arisen import world_of_hardships

pytestmark = pytest.mark.django_db


def asked(world: figures.World, level: FigureLevel = FigureLevel.PROVINCE) -> Question:
    return questions.asked(round=world.rounds[2023], area=world.province, level=level)


@pytest.mark.parametrize(
    ("shock", "month", "names"),
    [
        ("disaster", "2023-05", {"flood 1", "flood 2"}),
        ("illness", None, {"ill", "ill some day"}),
        ("illness", "", {"ill some day"}),
        (None, "2023-06", {"flood 3", "ill"}),
        ("", None, {"nothing said"}),
        ("nothing of the list", None, set()),
    ],
)
def test_a_list_holds_whom_its_cell_counts(
    shock: str | None, month: str | None, names: set[str]
) -> None:
    world = world_of_hardships()
    question = asked(world)
    column = behind_hardships.column(shock, month)
    cell = behind.find(question, "H", column, world.province.pk)
    assert cell
    assert cell.figure(lambda *_: []) == (len(names), "")
    found = {one.household_id for one in cell.households()}
    assert found == {world.homes[one].pk for one in names}


def test_all_of_them_are_those_of_the_table_of_changes() -> None:
    world = world_of_hardships()
    question = asked(world)
    cell = behind.find(question, "H", behind_hardships.column(None, None), world.province.pk)
    assert cell
    assert cell.figure(lambda *_: [])[0] == 6 == len(cell.households())
    assert {one.now for one in cell.households()} == {"POOR"}
    assert sum(one.households for one in hardships.of(question)) == 6


@pytest.mark.parametrize("column", ["", "illness", "a@b@c"])
def test_what_is_no_column_is_not_found(column: str) -> None:
    world = world_of_hardships()
    assert behind.find(asked(world), "H", column, world.province.pk) is None
    divided = asked(world, FigureLevel.COMMUNE)
    assert behind.find(divided, "H", "any@any", world.a.pk) is None


def test_nothing_to_compare_with_has_no_figure() -> None:
    world = figures.land()
    question = questions.asked(
        round=world.rounds[2021], area=world.province, level=FigureLevel.PROVINCE
    )
    cell = behind.find(question, "H", "any@any", world.province.pk)
    assert cell
    figure, why = cell.figure(lambda *_: [])
    assert figure is None
    assert why
