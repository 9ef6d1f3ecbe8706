"""Measures unit by unit are those of queries.measures, whoever the rows are of."""

from types import SimpleNamespace

import pytest

from households.choices import AreaLevel
from households.models import Area, AreaGroup
from reports.choices import FigureLevel, FigureStatus
from reports.choices import Unit as Counted
from reports.queries import questions, tables, unit_measures
from reports.queries.measures import Cut, GroupMeasures, Unit, measured
from reports.queries.questions import Question
from reports.queries.rows import Row
from tests.factories import areas, drawn_results, figures, reviews
from tests.remembered import remembered

CUTS = {
    FigureLevel.PROVINCE: Cut.PROVINCE, FigureLevel.COMMUNE: Cut.COMMUNE,
    FigureLevel.VILLAGE: Cut.VILLAGE,
}  # fmt: skip
COUNTED = {Counted.HOUSEHOLDS: Unit.HOUSEHOLDS, Counted.PERSONS: Unit.PERSONS}


@pytest.fixture
def drawn(db: None) -> SimpleNamespace:
    """Two communes in two villages each, 200 results of all residents, and a commune of nobody."""
    return remembered(_drawn)


def _drawn() -> SimpleNamespace:
    province = areas.province()
    district = areas.district(province)
    communes = [areas.commune(district), areas.commune(district, "02011", "Xã Hai")]
    areas.village(areas.commune(district, "02014", "Xã Không"), "Thôn Không")
    villages = [areas.village(one, f"Thôn {n}") for one in communes for n in (1, 2)]
    standard = reviews.standard()
    round = reviews.periodic(province, 2023, standard)
    round.covers_all_residents = True
    round.save()
    drawn_results.results(round, standard, villages, 200)
    return SimpleNamespace(province=province, communes=communes, round=round, standard=standard)


def question(drawn: SimpleNamespace, level: FigureLevel, **more: object) -> Question:
    asked = {"round": drawn.round, "area": drawn.province, "level": level} | more
    return questions.asked(**asked)


def same(row: Row, of: GroupMeasures) -> None:
    told = dict(row.figures)
    assert (told["households"], told["persons"]) == (of.households, of.persons)
    assert told["dropped_households"] == of.measures.dropped
    for column, share in zip(
        unit_measures.WHOLE,
        (of.measures.headcount, of.measures.intensity, of.measures.adjusted),
        strict=True,
    ):
        assert told[column] == (None if share is None else 100 * share)
    for code, one in of.measures.indicators.items():
        for what in unit_measures.OF_INDICATOR:
            share = getattr(one, what)
            assert told[f"{code}_{what}_rate"] == (None if share is None else 100 * share)
    for code, share in of.measures.dimensions.items():
        assert told[unit_measures.of_dimension(code)] == (None if share is None else 100 * share)


@pytest.mark.parametrize("level", list(CUTS))
def test_every_unit_has_the_measures_of_its_households(
    drawn: SimpleNamespace, level: FigureLevel
) -> None:
    rows = tables.table(unit_measures.TABLE, question(drawn, level)).rows
    for counted, unit in COUNTED.items():
        found = measured(
            round=drawn.round, standard=drawn.standard, branches=[drawn.province.inner_path],
            cut=CUTS[level], unit=unit,
        )  # fmt: skip
        by_key = {int(one.key): one for one in found.groups}
        own = [one for one in rows if one.counted == counted]
        assert by_key.keys() <= {one.unit.key for one in own}
        for row in own:
            if row.unit.key in by_key:
                same(row, by_key[row.unit.key])
                assert row.figures["headcount_rate"] is not None


def test_a_unit_of_nobody_says_that_there_is_nothing_to_divide_by(drawn: SimpleNamespace) -> None:
    rows = unit_measures.of(question(drawn, FigureLevel.COMMUNE))
    nobody = [one for one in rows if one.unit.name == "Xã Không"]
    assert [one.figures["households"] for one in nobody] == [0, 0]
    for row in nobody:
        assert set(row.reasons) == set(row.figures) - set(unit_measures.COUNTS)


def test_a_group_of_communes_is_the_communes_together(drawn: SimpleNamespace) -> None:
    group = AreaGroup.objects.create(province=drawn.province, name="Vùng cao")
    group.communes.set(drawn.communes)
    row = unit_measures.of(question(drawn, FigureLevel.GROUP))[1]
    of = measured(
        round=drawn.round, standard=drawn.standard, branches=[drawn.province.inner_path]
    ).overall
    same(row, of)


@pytest.mark.django_db
def test_among_the_listed_nobody_knows_how_many_of_all_are_poor() -> None:
    world = figures.world()
    asked = questions.asked(round=world.rounds[2023], area=world.a, level=FigureLevel.COMMUNE)
    assert asked.status == FigureStatus.OFFICIAL
    household, person = unit_measures.of(asked)
    for row, unit in ((household, Unit.HOUSEHOLDS), (person, Unit.PERSONS)):
        of = measured(
            round=world.rounds[2023], standard=world.standard, branches=[world.a.inner_path],
            unit=unit,
        )  # fmt: skip
        same(row, of.overall)
        assert {"headcount_rate", "adjusted_headcount_rate"} <= set(row.reasons)
        assert row.figures["intensity_rate"]


@pytest.mark.django_db
def test_one_statement_whatever_the_level(
    drawn: SimpleNamespace, django_assert_num_queries
) -> None:
    assert Area.objects.filter(level=AreaLevel.VILLAGE).count() == 5
    for level in CUTS:
        asked = question(drawn, level)
        with django_assert_num_queries(1):
            assert unit_measures.of(asked)
