"""Urban and rural parts, and groups of communes: they add up to the whole and mix with nothing."""

from typing import Any

import pytest

from households.choices import Settlement, TraitKind
from households.models import AreaGroup, AreaTrait, Assessment, ResidentCount
from reports.choices import FigureLevel, FigureStatus
from reports.choices import Unit as Counted
from reports.queries import aggregates, kept_answers, list_changes, questions, summaries, tables
from reports.queries.narrowing import WHOLE, Narrowing
from reports.queries.questions import Question
from reports.queries.rows import Row
from tests.factories import figures
from tests.factories.areas import START
from tests.factories.figures import World

pytestmark = pytest.mark.django_db
RURAL, URBAN = Narrowing(Settlement.RURAL), Narrowing(Settlement.URBAN)
LEVELS = (FigureLevel.PROVINCE, FigureLevel.DISTRICT, FigureLevel.COMMUNE, FigureLevel.VILLAGE)
#: What adds up over parts; of T2 and T3 who moves from one part to the other is an "other" in both.
TABLES = ["T1", "T2", "T3", "T4", "T6", "T8", "T9", "T10", "T11"]
CLASS_OF = {"T2": "POOR", "T3": "NEAR_POOR"}
_NOT_ADDED = ("other_in", "other_out")


@pytest.fixture
def world() -> World:
    """A's second village is urban in a rural commune, B is urban as a whole."""
    found = figures.world()
    AreaTrait.objects.create(
        area=found.a2, kind=TraitKind.SETTLEMENT, value=Settlement.URBAN, valid_from=START
    )
    AreaTrait.objects.filter(area=found.b).update(value=Settlement.URBAN)
    return found


def asked(
    world: World, narrowing: Narrowing, level: FigureLevel = FigureLevel.PROVINCE, **more: Any
) -> Question:
    given = {"round": world.rounds[2023], "area": world.province, "level": level} | more
    return questions.asked(narrowing=narrowing, **given)


def by_unit(rows: list[Row]) -> dict[tuple[int, Counted | None], Row]:
    return {(one.unit.key, one.counted): one for one in rows}


@pytest.mark.parametrize("status", list(FigureStatus))
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("code", TABLES)
def test_urban_and_rural_add_up_to_the_whole(
    world: World, code: str, level: FigureLevel, status: FigureStatus
) -> None:
    whole, rural, urban = (
        by_unit(tables.table(code, asked(world, one, level, status=status)).rows)
        for one in (WHOLE, RURAL, URBAN)
    )
    assert rural.keys() | urban.keys() == whole.keys()
    if level == FigureLevel.VILLAGE:
        assert not rural.keys() & urban.keys()
    seen = 0
    for key, row in whole.items():
        for column, figure in row.figures.items():
            is_count = column.endswith(("households", "persons")) or code != "T1"
            if not isinstance(figure, int) or column in _NOT_ADDED or "resident" in column:
                continue
            if is_count:
                parts = [one[key].figures[column] for one in (rural, urban) if key in one]
                assert sum(part for part in parts if isinstance(part, int)) == figure, column
                seen += figure
    assert seen


def test_the_parts_are_those_that_forms_were_judged_by(world: World) -> None:
    """By the facts themselves, household by household."""
    urban = Assessment.objects.filter(
        round=world.rounds[2023], village__in=[world.a2, world.b1], standard=world.standard
    )
    found = tables.table("T1", asked(world, URBAN, status=FigureStatus.PRELIMINARY)).rows[0]
    for poverty_class, column in (("POOR", "poor"), ("NEAR_POOR", "near_poor")):
        of = urban.filter(poverty_class=poverty_class)
        assert found.figures[f"{column}_households"] == of.count()
    assert found.figures["average_households"] == 1, "the farmer of A's urban village"
    of_b = summaries.classes(
        round=world.rounds[2023], standard=world.standard, branches=[world.b.inner_path],
        level="COMMUNE",
    )  # fmt: skip
    row = tables.table("T1", asked(world, URBAN, FigureLevel.COMMUNE)).rows[1]
    assert row.unit.key == world.b.pk
    poor = sum(one.households for one in of_b if one.poverty_class == "POOR")
    assert row.figures["poor_households"] == poor


@pytest.mark.parametrize("narrowing", [RURAL, URBAN])
@pytest.mark.parametrize("code", ["T2", "T3"])
def test_what_opened_and_moved_is_what_closes(
    world: World, code: str, narrowing: Narrowing
) -> None:
    """Also where somebody moves from the rural village of a commune to its urban one."""
    stayer = world.rounds[2023].surveys.get(household=world.homes["stayer"])
    stayer.village = world.a2
    stayer.save()
    stayer.assessments.update(village=world.a2)
    rows = tables.table(code, asked(world, narrowing, status=FigureStatus.PRELIMINARY)).rows
    outs = {"to_near_poor", "to_not_poor", "to_poor", "other_out"}
    for row in rows:
        counts = _everything(world, narrowing, code)[row.counted]
        total = counts["opening"]
        for column in list_changes.columns(CLASS_OF[code])[1:-1]:
            total += -counts[column] if column in outs else counts[column]
        assert total == counts["closing"] == row.figures["closing"]
    before = asked(world, narrowing, round=world.rounds[2022], status=FigureStatus.PRELIMINARY)
    closed = [one.figures["closing"] for one in tables.table(code, before).rows]
    assert [one.figures["opening"] for one in rows] == closed


def _everything(world: World, narrowing: Narrowing, code: str) -> dict[Counted | None, Any]:
    """With re-fallen and new ones, which rows keep back where lists are not known to be whole."""
    question = asked(world, narrowing, status=FigureStatus.PRELIMINARY)
    numbers = list_changes.counted(question, CLASS_OF[code])[world.province.pk]
    return {
        what: {column: number for (column, of), number in numbers.items() if of == what}
        for what in Counted
    }


def test_residents_are_those_entered_of_the_part(world: World) -> None:
    def residents(narrowing: Narrowing) -> dict[str, Any]:
        rows = tables.table("T1", asked(world, narrowing, FigureLevel.COMMUNE)).rows
        return {one.unit.name: one.figures["resident_households"] for one in rows}

    # A's 40 are rural ones; its urban part is not entered, so A as a whole is not known.
    assert residents(RURAL) == {"Xã Thử": 40, "Xã Xa": None}
    assert residents(WHOLE)["Xã Thử"] is None
    ResidentCount.objects.create(
        commune=world.a, as_of=world.rounds[2023].as_of, settlement=Settlement.URBAN,
        households=5, persons=20, entered_by=world.by,
    )  # fmt: skip
    assert residents(RURAL)["Xã Thử"] == 40
    assert residents(URBAN)["Xã Thử"] == 5
    assert residents(WHOLE)["Xã Thử"] == 45


def test_a_part_that_is_not_there_has_no_rows(world: World) -> None:
    assert asked(world, RURAL, FigureLevel.COMMUNE, area=world.b).units.rows == []
    names = [one.name for one in asked(world, URBAN, FigureLevel.VILLAGE).units.rows]
    assert sorted(names) == ["Thôn Hai", "Thôn Một"]


def test_official_is_what_every_commune_of_the_part_decided() -> None:
    found = figures.world(decide_last=False)
    AreaTrait.objects.filter(area=found.b).update(value=Settlement.URBAN)
    found.decide(2023, found.b)
    assert asked(found, URBAN).status == FigureStatus.OFFICIAL
    assert asked(found, RURAL).status == FigureStatus.PRELIMINARY
    assert asked(found, WHOLE).status == FigureStatus.PRELIMINARY


@pytest.mark.parametrize("status", list(FigureStatus))
def test_a_group_is_the_row_that_tables_by_group_have(world: World, status: FigureStatus) -> None:
    group = AreaGroup.objects.create(province=world.province, name="Vùng")
    group.communes.set([world.a, world.c])
    for code in TABLES:
        narrowed = tables.table(code, asked(world, Narrowing(group=group.pk), status=status)).rows
        of_group = tables.table(code, asked(world, WHOLE, FigureLevel.GROUP, status=status)).rows
        assert [one.figures for one in narrowed] == [one.figures for one in of_group], code
    communes = asked(world, Narrowing(group=group.pk), FigureLevel.COMMUNE).units.rows
    assert [one.key for one in communes] == [world.a.pk, world.c.pk]


@pytest.mark.usefixtures("store")
def test_kept_answers_of_parts_and_of_the_whole_do_not_mix(world: World) -> None:
    group = AreaGroup.objects.create(province=world.province, name="Vùng")
    group.communes.set([world.b])
    several = (
        WHOLE,
        RURAL,
        URBAN,
        Narrowing(group=group.pk),
        Narrowing(Settlement.URBAN, group.pk),
    )
    codes = [cut.table for cuts in aggregates.DATASETS.values() for cut in cuts.values()]
    for level in (FigureLevel.PROVINCE, FigureLevel.COMMUNE):
        plain = {
            (code, one): tables.table(code, asked(world, one, level)).rows
            for code in codes
            for one in several
        }
        for __ in range(2):
            kept = kept_answers.of([one.pk for one in world.rounds.values()])
            with kept.page():
                for one in several:
                    for code in codes:
                        found = kept.rows(code, asked(world, one, level))
                        assert found == plain[code, one], (code, one)
