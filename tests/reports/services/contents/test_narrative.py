"""The yearly report in words: the figures of the tables, and what is not known is said."""

from fractions import Fraction

import pytest

from households.choices import Settlement, TraitKind
from households.models import AreaTrait, ResidentCount
from reports import definitions
from reports.choices import FigureStatus
from reports.contents import narrative
from reports.contents.content import Content
from reports.contents.narrative import Parts
from reports.queries.rows import points_between
from reports.services import contents
from reports.services.contents import Asked
from tests.reports.services.made import Reporting, reporting

pytestmark = pytest.mark.django_db


def made_of(asked: Asked) -> tuple[Content, Parts]:
    found = contents.content(definitions.named("BC"), asked)
    return found, narrative.parts_of(found)


def t1(made: Reporting, asked: Asked) -> dict[str, object]:
    row = asked.kept.rows("T1", asked.whole)[0]
    return dict(row.figures)


def enter_residents(made: Reporting, now: int = 40, then: int = 40) -> None:
    """Of every commune in both rounds."""
    world = made.world
    ResidentCount.objects.all().delete()
    for year, households in ((2023, now), (2022, then)):
        for commune in (world.a, world.b, world.c):
            ResidentCount.objects.create(
                commune=commune, as_of=world.rounds[year].as_of, settlement=Settlement.RURAL,
                households=households, persons=4 * households, entered_by=world.by,
            )  # fmt: skip


def test_totals_and_changes_are_those_of_t1_with_points_of_unrounded_rates() -> None:
    made = reporting()
    enter_residents(made, now=41)
    asked = made.asked()
    values = made_of(asked)[0].head.values
    now = t1(made, asked)
    before = Asked(
        made.world.province, made.world.rounds[2022], made.world.standard, FigureStatus.OFFICIAL,
        asked.cut_off_at,
    )  # fmt: skip
    was = t1(made, before)
    for word in ("poor", "near_poor"):
        here, there = now[f"{word}_households"], was[f"{word}_households"]
        assert values[f"{word}_households"] == here
        assert values[f"{word}_change"] == here - there  # type: ignore[operator]
        rates = [one[f"{word}_rate"] for one in (now, was)]
        assert all(isinstance(one, Fraction) for one in rates)
        assert values[f"{word}_points"] == str(points_between(*rates))  # type: ignore[arg-type]
    assert values["before"] == "2022"
    assert values["both_households"] == now["poor_households"] + now["near_poor_households"]  # type: ignore[operator]


def test_units_stand_beside_the_closing_before_and_add_up() -> None:
    found, parts = made_of(made := reporting().asked())
    sheet, lines = parts.units
    assert [one.code for one in lines] == ["063", "02008", "02011", "064", "02143", "06"]
    keys = [one.key for one in sheet.columns]
    for key in ("poor_households", "poor_households_before", "near_poor_households"):
        at = keys.index(key)
        districts = [one.cells[at] for one in lines if one.level == "district"]
        assert sum(map(int, districts)) == lines[-1].cells[at]  # type: ignore[arg-type]
    assert lines[-1].cells[keys.index("poor_points")] == found.head.values["poor_points"]
    assert made.area.code == "06"


def test_rounds_of_the_standard_are_told_in_order() -> None:
    __, parts = made_of(reporting().asked())
    assert [one.code for one in parts.trend[1]] == ["2021", "2022", "2023"]
    assert parts.trend[1][-1].cells[-1] == "chính thức"


def test_without_a_closing_before_nothing_is_compared() -> None:
    made = reporting()
    asked = made.asked()
    first = min(made.world.rounds)
    earliest = Asked(
        asked.area, made.world.rounds[first], asked.standard, FigureStatus.PRELIMINARY,
        asked.cut_off_at,
    )  # fmt: skip
    found, parts = made_of(earliest)
    told = narrative.words(found.head, parts, is_public=False)
    assert told["before"] == ""
    assert found.head.values["before_why"]
    assert any("Không so sánh" in one["text"] for one in told["remarks"])
    assert len(parts.trend[1]) == 1


def test_a_base_that_changed_by_two_in_a_hundred_is_not_said() -> None:
    made = reporting()
    enter_residents(made, now=51, then=50)
    assert "resident_households_before" not in made_of(made.asked())[0].head.values


def test_a_base_that_changed_by_more_is_said() -> None:
    made = reporting()
    enter_residents(made, now=52, then=50)
    found, parts = made_of(made.asked())
    assert found.head.values["resident_households_before"] == 150
    told = narrative.words(found.head, parts, is_public=False)
    assert any("trên 2%" in one["text"] for one in told["remarks"])


def test_poor_districts_are_those_of_the_rounds_day() -> None:
    made = reporting()
    day = made.world.rounds[2023].as_of
    for area, until in ((made.world.near, None), (made.world.far, day.replace(year=2022))):
        AreaTrait.objects.create(
            area=area, kind=TraitKind.POOR_DISTRICT, value="YES",
            valid_from=day.replace(year=2021), valid_to=until,
        )  # fmt: skip
    found, parts = made_of(made.asked())
    assert found.head.values["poor_districts"] == "063"
    told = narrative.words(found.head, parts, is_public=False)["poor_districts"]
    assert [one["name"] for one in told] == [made.world.near.name]


def test_moves_are_those_of_t2_and_unknown_ones_say_so() -> None:
    made = reporting()
    asked = made.asked()
    found, parts = made_of(asked)
    row = asked.kept.rows("T2", asked.whole)[0]
    assert found.head.values["escaped"] == sum(
        int(row.figures[one] or 0) for one in ("to_near_poor", "to_not_poor")
    )
    told = {one["name"]: one["text"] for one in narrative.words(
        found.head, parts, is_public=False)["moves"]}  # fmt: skip
    if row.figures["relapsed"] is None:
        assert told["Hộ tái nghèo"] == "chưa đủ dữ liệu"
    else:
        assert told["Hộ tái nghèo"] == f"{row.figures['relapsed']} hộ"


def test_lacks_and_causes_are_ranked_by_the_tables_counts() -> None:
    made = reporting()
    asked = made.asked()
    __, parts = made_of(asked)
    for (_sheet, lines), table in ((parts.lacks, "T4"), (parts.causes, "T10")):
        row = asked.kept.rows(table, asked.whole)[0]
        counts = [one.cells[0] for one in lines]
        assert counts == sorted(counts, key=lambda one: -int(one or 0))
        for line in lines:
            assert line.cells[0] == row.figures[line.code]


def test_a_commune_tells_of_its_villages_and_missing_communes_are_named() -> None:
    made = reporting(decide_last=False)
    made.world.decide(2023, made.world.a)
    __, parts = made_of(made.asked(made.world.a))
    assert [one.level for one in parts.units[1]] == ["village", "village", "commune"]
    found, parts = made_of(made.asked())
    told = narrative.words(found.head, parts, is_public=False)["remarks"]
    assert "Còn thiếu 2 xã" in told[0]["text"]
