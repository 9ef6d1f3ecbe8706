"""T2 and T3 worked by hand, household by household (see tests.factories.figures)."""

import pytest

from households.services import complete_lists
from reports.choices import FigureLevel, FigureStatus
from reports.choices import Unit as Counted
from reports.queries import list_changes, questions
from reports.queries.questions import Question
from reports.queries.rows import NOT_ENOUGH, Row
from tests.factories import areas, figures, reviews, standards


def asked(world: figures.World, level: FigureLevel, year: int = 2023, **more: object) -> Question:
    return questions.asked(round=world.rounds[year], area=world.province, level=level, **more)


def rows(question: Question, poverty_class: str) -> dict[tuple[str, str], Row]:
    found = list_changes.of(question, poverty_class)
    return {(row.unit.code, row.counted.value): row for row in found if row.counted}


def all_complete(world: figures.World) -> None:
    for commune in (world.a, world.b, world.c):
        complete_lists.say(commune=commune, year=2021, by=world.by)


def in_order(row: Row, poverty_class: str) -> list[object]:
    return [row.figures[column] for column in list_changes.columns(poverty_class)]


#: opening, out as the form has it, in, closing; poor households and persons.
T2 = {
    ("02008", "households"): [5, 1, 1, 2, 1, 1, 1, 1, 5],
    # The stayer lost the member who split off; the moved and the dead were one person each.
    ("02008", "persons"): [7, 1, 1, 3, 1, 1, 2, 1, 7],
    ("02011", "households"): [0, 0, 0, 0, 0, 0, 0, 1, 1],
    ("02011", "persons"): [0, 0, 0, 0, 0, 0, 0, 1, 1],
    # Who was taken in is gone as a household and there as a person.
    ("02143", "households"): [2, 0, 0, 1, 0, 0, 0, 0, 1],
    ("02143", "persons"): [2, 0, 0, 1, 0, 0, 0, 1, 2],
}
T3 = {
    ("02008", "households"): [1, 0, 1, 0, 1, 0, 0, 0, 1],
    ("02008", "persons"): [1, 0, 1, 0, 1, 0, 0, 0, 1],
    ("02011", "households"): [2, 1, 0, 0, 0, 0, 0, 0, 1],
    ("02011", "persons"): [2, 1, 0, 0, 0, 0, 0, 0, 1],
    ("02143", "households"): [0] * 9,
    ("02143", "persons"): [0] * 9,
}


@pytest.mark.django_db
def test_every_household_stands_in_one_column() -> None:
    world = figures.world()
    all_complete(world)
    question = asked(world, FigureLevel.COMMUNE)
    assert question.status == FigureStatus.OFFICIAL
    for poverty_class, expected in (("POOR", T2), ("NEAR_POOR", T3)):
        found = rows(question, poverty_class)
        assert {key: in_order(row, poverty_class) for key, row in found.items()} == expected
    # The results tell the same, opened by the decided lists.
    preliminary = asked(world, FigureLevel.COMMUNE, status=FigureStatus.PRELIMINARY)
    found = rows(preliminary, "POOR")
    assert {key: in_order(row, "POOR") for key, row in found.items()} == T2


@pytest.mark.django_db
def test_a_district_is_the_sum_of_its_communes_in_every_column() -> None:
    world = figures.world()
    all_complete(world)
    for poverty_class, expected in (("POOR", T2), ("NEAR_POOR", T3)):
        districts = rows(asked(world, FigureLevel.DISTRICT), poverty_class)
        province = rows(asked(world, FigureLevel.PROVINCE), poverty_class)
        for what in Counted:
            parts = [expected[code, what.value] for code in ("02008", "02011")]
            both = [sum(column) for column in zip(*parts, strict=True)]
            assert in_order(districts["063", what.value], poverty_class) == both
            whole = zip(both, expected["02143", what.value], strict=True)
            assert in_order(province["06", what.value], poverty_class) == [sum(x) for x in whole]


@pytest.mark.django_db
def test_who_fell_back_is_told_only_of_lists_said_to_be_complete() -> None:
    world = figures.world()
    complete_lists.say(commune=world.a, year=2021, by=world.by)
    complete_lists.say(commune=world.b, year=2022, by=world.by)
    found = rows(asked(world, FigureLevel.COMMUNE), "POOR")
    assert found["02008", "households"].figures["relapsed"] == 1
    for code in ("02011", "02143"):
        row = found[code, "households"]
        assert (row.figures["relapsed"], row.figures["new_entry"]) == (None, None)
        assert row.reasons["relapsed"] == str(NOT_ENOUGH)
        assert row.figures["other_in"] == (1 if code == "02011" else 0)
    district = rows(asked(world, FigureLevel.DISTRICT), "POOR")["063", "households"]
    assert district.figures["new_entry"] is None
    complete_lists.say(commune=world.a, year=None, by=world.by)
    found = rows(asked(world, FigureLevel.COMMUNE), "POOR")
    assert found["02008", "households"].figures["relapsed"] is None


@pytest.mark.django_db
def test_what_was_reviewed_under_another_standard_is_not_compared() -> None:
    province = areas.province()
    areas.village(areas.commune(areas.district(province)))
    world_standard = reviews.standard()
    document = standards.standard_document("std_other", valid_from="2010-01-01",
                                           valid_to="2011-12-31")  # fmt: skip
    reviews.periodic(province, 2021, standards.standard(document))
    later = reviews.periodic(province, 2022, world_standard)
    question = questions.asked(round=later, area=province, level=FigureLevel.PROVINCE)
    row = rows(question, "POOR")["06", "households"]
    assert row.figures["closing"] == 0
    assert row.figures["opening"] is None
    assert "2021" in row.reasons["opening"]


@pytest.mark.django_db
def test_a_move_inside_the_commune_is_a_move_only_between_villages() -> None:
    world = figures.land()
    world.read(2022, "wanderer", world.a1, figures.POOR)
    world.read(2023, "wanderer", world.a2, figures.POOR)
    communes = rows(asked(world, FigureLevel.COMMUNE), "POOR")
    assert communes["02008", "households"].figures["other_in"] == 0
    villages = list_changes.of(asked(world, FigureLevel.VILLAGE), "POOR")
    told = {
        row.unit.key: (row.figures["other_out"], row.figures["other_in"])
        for row in villages
        if row.counted == Counted.HOUSEHOLDS
    }
    assert (told[world.a1.pk], told[world.a2.pk]) == ((1, 0), (0, 1))
