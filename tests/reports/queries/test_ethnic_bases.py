"""T12 and T13 worked by hand: the result by ethnic base."""

import datetime as dt
from fractions import Fraction

import pytest

from households.models import Assessment, EthnicGroup, ProcedureTerm, ResidentCount
from reports.choices import FigureLevel, FigureStatus
from reports.queries import ethnic_bases, identities, questions
from reports.queries.rows import (
    NO_LOCAL_MINORITIES,
    NO_MINORITY_RESIDENTS,
    NO_RESIDENTS,
    NOT_ENOUGH,
    Row,
)
from tests.factories import figures


@pytest.fixture
def world(db: None) -> figures.World:
    """Every form states a group: of A's five poor households one is Tày (of two persons), one
    Mông; the Tày are local. Of A's residents minorities are entered, of B's not; nothing of C's."""
    found = figures.world()
    kinh = EthnicGroup.objects.get(code="01")
    mong = EthnicGroup.objects.create(code="08", name="Mông", is_minority=True)
    Assessment.objects.filter(ethnic_group=None).update(ethnic_group=kinh)
    mover = Assessment.objects.filter(
        round=found.rounds[2023], survey__household=found.homes["from_near"]
    )
    assert mover.update(ethnic_group=mong) == 1
    ProcedureTerm.objects.create(
        name="local_minorities", value=["02"], valid_from=dt.date(2023, 1, 1), source="Tỉnh chọn",
        set_by=found.by, set_on=dt.date(2023, 1, 1),
    )  # fmt: skip
    ResidentCount.objects.filter(commune=found.a).update(
        minority_households=25, minority_persons=100, local_minority_households=20,
        local_minority_persons=80,
    )  # fmt: skip
    return found


def rows(
    world: figures.World, poverty_class: str = "POOR", level: FigureLevel = FigureLevel.COMMUNE,
    **more: object,
) -> dict[str, Row]:  # fmt: skip
    question = questions.asked(round=world.rounds[2023], area=world.province, level=level, **more)
    return {row.unit.code: row for row in ethnic_bases.of(question, poverty_class)}


@pytest.mark.parametrize("status", list(FigureStatus))
def test_every_column_of_a_commune(world: figures.World, status: FigureStatus) -> None:
    found = rows(world, status=status)["02008"]
    assert found.figures == {
        "resident_households": 40, "resident_kinh_households": 15,
        "resident_minority_households": 25, "resident_local_minority_households": 20,
        "resident_persons": 160, "resident_kinh_persons": 60, "resident_minority_persons": 100,
        "resident_local_minority_persons": 80,
        "poor_households": 5, "poor_kinh_households": 3, "poor_minority_households": 2,
        "poor_local_minority_households": 1,
        "poor_merit_households": 1, "poor_no_labour_households": 1,
        "poor_female_head_households": 0,
        "poor_persons": 7, "poor_kinh_persons": 4, "poor_minority_persons": 3,
        "poor_local_minority_persons": 2,
        "poor_rate": Fraction(25, 2), "poor_minority_rate": Fraction(8),
        "poor_local_minority_rate": Fraction(5),
    }  # fmt: skip
    assert found.reasons == {}
    near = rows(world, "NEAR_POOR", status=status)["02008"].figures
    assert (near["near_poor_kinh_households"], near["near_poor_minority_rate"]) == (1, 0)
    assert set(found.figures) == set(ethnic_bases.columns("POOR"))


def test_a_woman_at_the_head(world: figures.World) -> None:
    Assessment.objects.filter(round=world.rounds[2023], commune=world.c).update(female_head=True)
    assert rows(world)["02143"].figures["poor_female_head_households"] == 1


def test_what_is_not_entered_is_not_guessed(world: figures.World) -> None:
    found = rows(world)
    # B: residents are entered, minorities among them not.
    assert found["02011"].figures["poor_rate"] == Fraction(10, 3)
    for column in ("resident_kinh_households", "resident_minority_persons", "poor_minority_rate"):
        assert found["02011"].figures[column] is None
        assert found["02011"].reasons[column] == str(NO_MINORITY_RESIDENTS)
    assert found["02143"].reasons["resident_households"] == str(NO_RESIDENTS)
    assert found["02143"].reasons["resident_minority_households"] == str(NO_RESIDENTS)
    # So the district of both has none either, but its poor are counted.
    district = rows(world, level=FigureLevel.DISTRICT)["063"]
    assert district.figures["resident_households"] == 70
    assert district.figures["resident_minority_households"] is None
    assert district.figures["poor_minority_households"] == 2


def test_without_named_groups_no_local_minority(world: figures.World) -> None:
    ProcedureTerm.objects.update(valid_from=dt.date(2023, 10, 2))
    found = rows(world)["02008"]
    local = [column for column in found.figures if "local_minority" in column]
    assert len(local) == 5
    for column in local:
        assert found.figures[column] is None
        assert found.reasons[column] == str(NO_LOCAL_MINORITIES)
    assert found.figures["poor_minority_rate"] == 8


def test_a_round_of_all_residents_tells_its_own_bases(world: figures.World) -> None:
    world.rounds[2023].covers_all_residents = True
    world.rounds[2023].save()
    found = rows(world)
    # Nobody entered C: its one household of two persons is all of it.
    assert found["02143"].figures["resident_kinh_households"] == 1
    assert found["02143"].figures["poor_minority_rate"] is None
    # B's entered total is not what the forms count: their minorities are not its part.
    assert found["02011"].figures["resident_minority_households"] is None
    ResidentCount.objects.filter(commune=world.b).delete()
    assert rows(world)["02011"].figures["resident_kinh_households"] == 3
    village = rows(world, level=FigureLevel.VILLAGE)
    assert len(village) == 1  # villages have no codes here
    Assessment.objects.filter(round=world.rounds[2023], commune=world.b).update(ethnic_group=None)
    assert rows(world)["02011"].figures["resident_kinh_households"] is None
    assert rows(world)["02011"].figures["resident_households"] == 3


def test_a_household_without_a_form_leaves_the_bases_unknown(world: figures.World) -> None:
    world.rounds[2023].surveys.get(household=world.homes["stayer"]).assessments.all().delete()
    found = rows(world, status=FigureStatus.OFFICIAL)["02008"]
    assert (found.figures["poor_households"], found.figures["poor_rate"]) == (5, Fraction(25, 2))
    for column in ("poor_kinh_households", "poor_merit_households", "poor_minority_rate"):
        assert found.reasons[column] == str(NOT_ENOUGH)
    assert found.figures["resident_minority_households"] == 25


def test_they_fit_to_t1_and_t9(world: figures.World, monkeypatch: pytest.MonkeyPatch) -> None:
    question = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.PROVINCE
    )

    def of_bases() -> set[tuple[str, str]]:
        found = identities.breaks(question)
        return {(one.area_code, one.message.split(":")[0]) for one in found if "T12" in one.message}

    assert of_bases() == set()
    real = ethnic_bases.of

    def wrong(*given: object) -> list[Row]:
        found = real(*given)
        for row in found:
            if row.unit.code == "02008" and "poor_kinh_households" in row.figures:
                row.figures["poor_kinh_households"] += 1  # type: ignore[index]
        return found

    monkeypatch.setattr(ethnic_bases, "of", wrong)
    broken = of_bases()
    assert ("02008", "T12.poor_kinh_households = T9.poor_kinh") in broken
    assert {code for code, __ in broken} == {"02008", "063"}
