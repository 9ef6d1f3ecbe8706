"""Tables say the same from kept sums, from the facts of communes that changed, and from both."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.models import Area, AreaGroup, Assessment, ChangeMark, EthnicGroup
from households.services import marks
from reports.choices import FigureLevel, FigureStatus
from reports.queries import kept, questions, tables
from reports.queries.questions import Question
from reports.queries.rows import Row
from reports.services import summaries as keeping
from tests.factories import figures

READS_KEPT = ("T1", "T4", "T5", "T6", "T7", "T8", "T9", "T12", "T13")
LEVELS = (FigureLevel.COMMUNE, FigureLevel.DISTRICT, FigureLevel.PROVINCE, FigureLevel.GROUP)


@pytest.fixture
def world(db: None) -> figures.World:
    """A group of two communes of different districts, too; a form without an ethnic group."""
    found = figures.world()
    group = AreaGroup.objects.create(province=found.province, name="Cụm thử")
    group.communes.set([found.a, found.c])
    EthnicGroup.objects.create(code="08", name="Mông", is_minority=True)
    return found


def asked(world: figures.World, level: FigureLevel, area: Area | None = None) -> Question:
    return questions.asked(
        round=world.rounds[2023], area=area or world.province, level=level,
        status=FigureStatus.PRELIMINARY,
    )  # fmt: skip


def everything(world: figures.World) -> dict[tuple[str, FigureLevel], list[Row]]:
    return {
        (code, level): tables.table(code, asked(world, level)).rows
        for code in READS_KEPT
        for level in LEVELS
    }


def test_kept_dirty_and_facts_are_the_same(
    world: figures.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dirty = everything(world)
    # Of 2021 to 2023: A in three years, B and C in two.
    assert keeping.refresh_changed() == ChangeMark.objects.count() > 0
    clean = everything(world)
    marks.mark_changed(round_id=world.rounds[2023].pk, commune_ids=[world.b.pk])
    half = everything(world)
    monkeypatch.setattr(kept, "answers", lambda question: False)
    from_facts = everything(world)
    assert dirty == clean == half == from_facts
    # It is no comparison of nothings.
    poor = {row.unit.code: row.figures["poor_households"] for row in clean["T1", LEVELS[0]]}
    assert poor == {"02008": 5, "02011": 1, "02143": 1}
    assert [row.figures["poor_households"] for row in clean["T12", LEVELS[3]]] == [6]


def test_a_clean_commune_is_read_from_its_sums(world: figures.World) -> None:
    """The facts change behind the back of the marks: the sums do not know."""
    keeping.refresh_changed()
    results = Assessment.objects.filter(round=world.rounds[2023], commune=world.a)
    results.update(poverty_class="NOT_POOR")
    [row] = tables.table("T1", asked(world, FigureLevel.COMMUNE, world.a)).rows
    assert row.figures["poor_households"] == 5
    marks.mark_changed(round_id=world.rounds[2023].pk, commune_ids=[world.a.pk])
    [row] = tables.table("T1", asked(world, FigureLevel.COMMUNE, world.a)).rows
    assert row.figures["poor_households"] == 0


@pytest.mark.parametrize(
    "other",
    [
        lambda world: questions.asked(
            round=world.rounds[2023], area=world.a, level=FigureLevel.VILLAGE,
            status=FigureStatus.PRELIMINARY,
        ),
        lambda world: questions.asked(
            round=world.rounds[2023], area=world.province, level=FigureLevel.COMMUNE,
            status=FigureStatus.OFFICIAL,
        ),
        lambda world: questions.asked(
            round=world.rounds[2023], area=world.province, level=FigureLevel.COMMUNE,
            status=FigureStatus.PRELIMINARY, areas_on=dt.date(2024, 5, 1),
        ),
    ],
)  # fmt: skip
def test_villages_lists_and_other_maps_are_read_from_the_facts(
    world: figures.World, other: Callable[[figures.World], Question]
) -> None:
    keeping.refresh_changed()
    question = other(world)
    assert kept.classes(question, ["POOR"]) is None
    for code in READS_KEPT:
        with CaptureQueriesContext(connection) as made:
            tables.table(code, question)
        assert not any("reports_" in one["sql"] for one in made.captured_queries)


def test_the_practice_area_is_not_kept(world: figures.World) -> None:
    question = asked(world, FigureLevel.COMMUNE)
    assert kept.answers(question)
    world.province.is_practice = True
    assert not kept.answers(replace(question, area=world.province))
