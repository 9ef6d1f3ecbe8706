"""Every figure against the list behind it, in the world worked by hand."""

from collections.abc import Iterator

import pytest

from households.services import complete_lists
from reports.choices import FigureLevel, FigureStatus
from reports.choices import Unit as Counted
from reports.queries import behind, list_changes, questions, tables
from reports.queries.behind import Behind
from reports.queries.class_moves import State
from reports.queries.questions import Question
from reports.queries.rows import Row
from tests.factories import figures

_LEVELS = [
    FigureLevel.PROVINCE, FigureLevel.DISTRICT, FigureLevel.COMMUNE, FigureLevel.VILLAGE,
]  # fmt: skip


def asked(world: figures.World, level: FigureLevel, **more: object) -> Question:
    return questions.asked(round=world.rounds[2023], area=world.province, level=level, **more)


def all_complete(world: figures.World) -> None:
    for commune in (world.a, world.b, world.c):
        complete_lists.say(commune=commune, year=2021, by=world.by)


class Rows:
    """Rows of a table, asked once."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], list[Row]] = {}

    def __call__(self, code: str, question: Question) -> list[Row]:
        key = (code, question.level.value)
        if key not in self.known:
            self.known[key] = tables.table(code, question).rows
        return self.known[key]


def every_cell(question: Question, rows_of: Rows) -> Iterator[Behind]:
    """All but the resident totals, which count no households of the register."""
    for code in tables.TABLES:
        for row in rows_of(code, question):
            columns = [*row.figures, *(list_changes.SUMS if code == "T2" else ())]
            for column in columns:
                if column.startswith("resident"):
                    assert behind.find(question, code, column, row.unit.key) is None
                    continue
                found = behind.find(question, code, column, row.unit.key, row.counted)
                assert found, (code, column)
                yield found


@pytest.mark.django_db
@pytest.mark.parametrize("status", FigureStatus)
def test_the_list_of_every_cell_adds_up_to_its_figure(status: FigureStatus) -> None:
    world = figures.world()
    all_complete(world)
    counted, rows_of = 0, Rows()
    for level in _LEVELS:
        for cell in every_cell(asked(world, level, status=status), rows_of):
            figure, reason = cell.figure(rows_of)
            if figure is None:
                assert reason
                continue
            told = (level, cell.table, cell.column, cell.unit.name, cell.counted)
            found = cell.households()
            assert sum(one.amount for one in found) == figure, told
            assert len({one.household_id for one in found}) == len(found), told
            if cell.counted != Counted.PERSONS and all(one.amount == 1 for one in found):
                assert len(found) == figure, told
            counted += bool(figure)
    assert counted > 300


def named(world: figures.World, cell: Behind | None) -> set[str]:
    assert cell
    names = {home.pk: name for name, home in world.homes.items()}
    return {names[one.household_id] for one in cell.households()}


@pytest.mark.django_db
def test_households_by_name() -> None:
    world = figures.world()
    all_complete(world)
    commune = asked(world, FigureLevel.COMMUNE)
    a, c = world.a.pk, world.c.pk

    def behind_of(table: str, column: str, unit: int = a, **more: Counted) -> set[str]:
        return named(world, behind.find(commune, table, column, unit, **more))

    poor = {"stayer", "from_near", "relapser", "newcomer", "split_off"}
    assert behind_of("T1", "poor_households") == poor
    assert behind_of("T1", "poor_rate") == poor
    assert behind_of("T1", "average_persons") == {"farmer"}
    assert behind_of("T2", "escaped") == {"to_near", "escaper"}
    assert behind_of("T2", "fell") == {"from_near", "relapser", "newcomer"}
    assert behind_of("T2", "other_out") == {"mover", "dying"}
    # Of persons also who lost a member and stays.
    persons = behind_of("T2", "other_out", counted=Counted.PERSONS)
    assert persons == {"mover", "dying", "stayer"}
    assert behind_of("T2", "other_out", c) == {"taken_in"}
    assert behind_of("T3", "opening") == {"from_near"}
    assert behind_of("T5", "telecom") == {"from_near"}
    assert behind_of("T8", "poor_ethnic_minority") == {"newcomer"}
    assert behind_of("T9", "poor_02") == {"newcomer"}
    assert behind_of("T10", "cause_2") == {"stayer", "from_near"}
    assert behind_of("T11", "nutrition") == {"newcomer"}
    assert behind_of("M", "POOR-NEAR_POOR") == {"to_near"}
    assert behind_of("M", "POOR-ELSEWHERE") == {"mover", "dying"}


@pytest.mark.django_db
def test_every_pair_of_the_matrix() -> None:
    world = figures.world()
    rows_of = Rows()
    for level in (FigureLevel.PROVINCE, FigureLevel.COMMUNE):
        question = asked(world, level)
        for unit in question.units.rows:
            for was in State:
                for is_now in State:
                    name = f"{was.value}-{is_now.value}"
                    cell = behind.find(question, "M", name, unit.key)
                    if cell is None:
                        assert {was, is_now} <= {State.NOT_LISTED, State.ELSEWHERE}
                        continue
                    figure, __ = cell.figure(rows_of)
                    assert len(cell.households()) == figure, (unit.name, name)


@pytest.mark.django_db
def test_a_figure_that_is_not_known_says_why() -> None:
    world = figures.world()
    first = questions.asked(
        round=world.rounds[2021], area=world.a, level=FigureLevel.COMMUNE,
        status=FigureStatus.PRELIMINARY,
    )  # fmt: skip
    for table, column in (("T2", "opening"), ("T2", "escaped"), ("M", "POOR-POOR")):
        cell = behind.find(first, table, column, world.a.pk)
        assert cell
        assert cell.figure(Rows()) == (None, first.no_opening)
    commune = asked(world, FigureLevel.COMMUNE)
    relapsed = behind.find(commune, "T2", "relapsed", world.a.pk)
    assert relapsed
    assert relapsed.figure(Rows())[0] is None
    # Who became poor is known, though not who of them fell back.
    fell = behind.find(commune, "T2", "fell", world.a.pk)
    assert fell
    assert fell.figure(Rows()) == (3, "")
    assert named(world, fell) == {"from_near", "relapser", "newcomer"}


@pytest.mark.django_db
def test_what_does_not_exist_is_no_cell() -> None:
    world = figures.world()
    commune = asked(world, FigureLevel.COMMUNE)
    a = world.a.pk
    for table, column, unit in (
        ("T99", "poor_households", a), ("", "", a), ("T1", "water", a), ("T3", "escaped", a),
        ("T4", "without_form", a), ("T8", "poor_unknown", a), ("T11", "lacks_forms", a),
        ("T1", "poor_households", world.far.pk), ("M", "POOR", a), ("M", "POOR-RICH", a),
        ("M", "NOT_LISTED-ELSEWHERE", a),
    ):  # fmt: skip
        assert behind.find(commune, table, column, unit) is None, (table, column)
