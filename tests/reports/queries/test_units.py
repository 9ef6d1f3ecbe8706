"""Figures by the units of the round's day and of another day."""

import datetime as dt

import pytest

from households.choices import AreaLevel
from households.errors import DomainError
from households.models import Area, AreaChange, AreaGroup
from reports.choices import FigureLevel
from reports.queries import list_changes, official_result, questions, units
from reports.queries.rows import Row
from tests.factories import areas, figures

LATER = dt.date(2025, 7, 1)


def asked(
    world: figures.World, level: FigureLevel, area: Area | None = None, **more: object
) -> list[Row]:
    question = questions.asked(
        round=world.rounds[2023], area=area or world.province, level=level, **more
    )
    return official_result.of(question)


def poor(rows: list[Row]) -> dict[str, object]:
    return {row.unit.name: row.figures["poor_households"] for row in rows}


@pytest.mark.django_db
def test_every_unit_of_the_level_has_a_row_and_a_group_its_communes() -> None:
    world = figures.world()
    assert poor(asked(world, FigureLevel.VILLAGE, world.a)) == {"Thôn Một": 5, "Thôn Hai": 0}
    assert poor(asked(world, FigureLevel.VILLAGE, world.b)) == {"Thôn Một": 1}
    group = AreaGroup.objects.create(name="Hai xã", province=world.province)
    group.communes.set([world.a, world.c])
    [row] = asked(world, FigureLevel.GROUP)
    assert (row.unit.code, row.unit.name, row.figures["poor_households"]) == ("", "Hai xã", 6)
    [row] = asked(world, FigureLevel.GROUP, world.far)
    assert row.figures["poor_households"] == 1
    # Villages have no total of their own; the commune's is not shared out among them.
    village = asked(world, FigureLevel.VILLAGE, world.a)[0]
    assert village.figures["poor_rate"] is None


@pytest.mark.django_db
def test_merged_communes_are_shown_as_one_on_the_later_map() -> None:
    world = figures.world()
    areas.merged(world.a, world.b, parent=world.near, code="01864", on=LATER)
    now = asked(world, FigureLevel.COMMUNE, areas_on=LATER)
    assert poor(now) == {"Xã Mới": 6, "Xã Xa": 1}
    assert now[0].figures["resident_households"] == 70
    assert poor(asked(world, FigureLevel.COMMUNE)) == {"Xã Thử": 5, "Xã Bên": 1, "Xã Xa": 1}
    # Moves between the two stay what they were in the year: the sum of their communes.
    question = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.COMMUNE, areas_on=LATER
    )
    found = list_changes.of(question, "POOR")[0].figures
    assert (found["opening"], found["other_out"], found["other_in"], found["closing"]) == (
        5, 2, 2, 6,
    )  # fmt: skip


@pytest.mark.django_db
def test_communes_merged_between_two_closings_make_no_moves() -> None:
    world = figures.land()
    world.read(2022, "poor", world.b1, figures.POOR)
    made = areas.merged(world.a, world.b, parent=world.near, code="01864", on=dt.date(2023, 1, 1))
    village = Area.objects.create(
        level=AreaLevel.VILLAGE, name="Thôn Một", parent=made, valid_from=dt.date(2023, 1, 1)
    )
    village.refresh_from_db()
    made.traits.create(kind="SETTLEMENT", value="RURAL", valid_from="2023-01-01")
    Area.objects.filter(pk=world.b1.pk).update(valid_to=dt.date(2022, 12, 31))
    AreaChange.objects.create(
        kind="MOVE", from_area=world.b1, to_area=village, changed_on=dt.date(2023, 1, 1)
    )
    world.read(2023, "poor", village, figures.POOR)
    question = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.COMMUNE
    )
    row = list_changes.of(question, "POOR")[0]
    assert row.unit.name == "Xã Mới"
    assert [row.figures[one] for one in ("opening", "other_out", "other_in", "closing")] == [
        1, 0, 0, 1,
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_reaches_beyond_the_area_is_refused_and_what_was_split_has_a_row_of_its_own() -> None:
    world = figures.world()
    areas.merged(world.a, world.c, parent=world.province, code="01864", on=LATER)
    with pytest.raises(DomainError, match=r"Xã Mới.*Xã Xa.*Huyện Thử"):
        asked(world, FigureLevel.COMMUNE, world.near, areas_on=LATER)
    halves = [areas.commune(world.near, code, f"Xã {code}") for code in ("03001", "03002")]
    for half in halves:
        Area.objects.filter(pk=half.pk).update(valid_from=LATER)
        AreaChange.objects.create(
            kind="SPLIT", from_area=world.b, to_area=half, changed_on=LATER, is_whole=False
        )
    Area.objects.filter(pk__in=[world.b.pk, world.b1.pk]).update(valid_to="2025-06-30")
    question = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.COMMUNE, areas_on=LATER
    )
    rows = official_result.of(question)
    left = "Không thuộc trọn một đơn vị nào ngày 01/07/2025"
    assert poor(rows) == {"Xã 03001": 0, "Xã 03002": 0, "Xã Mới": 6, left: 1}
    # The total entered of a whole commune is shared out among none of its parts.
    assert {row.unit.name: row.figures["resident_households"] for row in rows} == {
        "Xã 03001": None, "Xã 03002": None, "Xã Mới": None, left: 30,
    }  # fmt: skip
    reasons = {row.unit.name: row.reasons["poor_rate"] for row in rows if row.unit.key}
    assert "chia tách" in reasons["Xã 03001"]
    assert "chưa nhập" in reasons["Xã Mới"]
    [note] = question.units.not_recast
    assert "Xã Bên" in note
    assert poor(asked(world, FigureLevel.PROVINCE, areas_on=LATER)) == {world.province.name: 7}


@pytest.mark.django_db
def test_a_unit_of_another_province_is_refused() -> None:
    world = figures.land()
    elsewhere = areas.province("08", "Tỉnh Khác")
    with pytest.raises(DomainError, match="Tỉnh Khác"):
        asked(world, FigureLevel.PROVINCE, elsewhere)


@pytest.mark.django_db
def test_a_village_that_was_split_lies_in_its_commune_on_the_later_map() -> None:
    world = figures.world()
    for name in ("Thôn Một Trên", "Thôn Một Dưới"):
        half = Area.objects.create(
            level=AreaLevel.VILLAGE, name=name, parent=world.a, valid_from=LATER
        )
        AreaChange.objects.create(
            kind="SPLIT", from_area=world.a1, to_area=half, changed_on=LATER, is_whole=False
        )
    Area.objects.filter(pk=world.a1.pk).update(valid_to="2025-06-30")
    assert poor(asked(world, FigureLevel.COMMUNE, areas_on=LATER)) == poor(
        asked(world, FigureLevel.COMMUNE)
    )
    rows = asked(world, FigureLevel.VILLAGE, world.a, areas_on=LATER)
    assert [row.figures["poor_households"] for row in rows if row.unit.key == units.NOWHERE] == [5]
