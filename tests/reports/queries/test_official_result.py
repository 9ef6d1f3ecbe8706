"""T1 worked by hand."""

from fractions import Fraction

import pytest

from households.models import ResidentCount
from reports.choices import FigureLevel, FigureStatus
from reports.queries import official_result, questions
from reports.queries.rows import NO_RESIDENTS, Row, rounded
from tests.factories import figures


def asked(world: figures.World, level: FigureLevel, **more: object) -> dict[str, Row]:
    question = questions.asked(round=world.rounds[2023], area=world.province, level=level, **more)
    return {row.unit.code: row for row in official_result.of(question)}


@pytest.mark.django_db
def test_every_column_of_communes_districts_and_the_province() -> None:
    world = figures.world()
    communes = asked(world, FigureLevel.COMMUNE)
    assert communes["02008"].figures == {
        "resident_households": 40, "resident_persons": 160,
        "poor_households": 5, "poor_rate": Fraction(25, 2),
        "poor_persons": 7, "poor_persons_rate": Fraction(35, 8),
        "near_poor_households": 1, "near_poor_rate": Fraction(5, 2),
        "near_poor_persons": 1, "near_poor_persons_rate": Fraction(5, 8),
        # The farm household alone; who escaped into an average income is not recognised.
        "average_households": 1, "average_rate": Fraction(5, 2),
        "average_persons": 1, "average_persons_rate": Fraction(5, 8),
    }  # fmt: skip
    assert str(rounded(communes["02008"].figures["poor_persons_rate"])) == "4.38"
    districts = asked(world, FigureLevel.DISTRICT)
    near = districts["063"].figures
    assert (near["poor_households"], near["resident_households"]) == (6, 70)
    assert str(rounded(near["poor_rate"])) == "8.57"
    # Nobody entered the residents of C: no rate there and none above it, but counts.
    for row in (communes["02143"], districts["064"], asked(world, FigureLevel.PROVINCE)["06"]):
        assert row.figures["poor_rate"] is None
        assert row.figures["resident_households"] is None
        assert row.reasons["poor_rate"] == str(NO_RESIDENTS)
    assert asked(world, FigureLevel.PROVINCE)["06"].figures["poor_households"] == 7
    # The results say the same here, for all were reviewed.
    preliminary = asked(world, FigureLevel.COMMUNE, status=FigureStatus.PRELIMINARY)
    assert preliminary["02008"].figures == communes["02008"].figures


@pytest.mark.django_db
def test_a_round_of_all_residents_counts_its_own_where_nothing_is_entered() -> None:
    world = figures.world()
    world.rounds[2023].covers_all_residents = True
    world.rounds[2023].save()
    communes = asked(world, FigureLevel.COMMUNE)
    assert communes["02143"].figures["resident_households"] == 1
    assert communes["02143"].figures["resident_persons"] == 2
    assert communes["02008"].figures["resident_households"] == 40
    province = asked(world, FigureLevel.PROVINCE)["06"]
    assert province.figures["poor_rate"] == Fraction(100 * 7, 71)


@pytest.mark.django_db
def test_a_part_that_is_not_entered_leaves_the_commune_without_a_total() -> None:
    world = figures.world()
    world.a1.traits.create(kind="SETTLEMENT", value="URBAN", valid_from="2016-01-01")
    assert asked(world, FigureLevel.COMMUNE)["02008"].figures["poor_rate"] is None
    ResidentCount.objects.create(
        commune=world.a, as_of=world.rounds[2023].as_of, settlement="URBAN", households=10,
        persons=40, entered_by=world.by,
    )  # fmt: skip
    assert asked(world, FigureLevel.COMMUNE)["02008"].figures["poor_rate"] == 10
