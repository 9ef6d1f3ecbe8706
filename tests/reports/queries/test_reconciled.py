"""Movements are the columns of T2 and T3; where they are not, the commune and its households are
named."""

from dataclasses import replace

import pytest

from reports.choices import FigureLevel, FigureStatus
from reports.choices import Unit as Counted
from reports.queries import identities, movements, questions, reconciled
from reports.queries.class_moves import ClassMoves, State
from reports.queries.questions import Question
from tests.factories import figures


def asked(world: figures.World, level: FigureLevel, **more: object) -> Question:
    return questions.asked(round=world.rounds[2023], area=world.province, level=level, **more)


@pytest.mark.django_db
@pytest.mark.parametrize("status", list(FigureStatus))
@pytest.mark.parametrize("decide_last", [True, False])
def test_every_household_moves_as_the_tables_say(status: FigureStatus, decide_last: bool) -> None:
    world = figures.world(decide_last=decide_last)
    question = asked(world, FigureLevel.COMMUNE, status=status)
    assert reconciled.can_be(question) is (decide_last or status == FigureStatus.PRELIMINARY)
    assert list(reconciled.differences(question)) == []


@pytest.mark.django_db
def test_who_was_not_read_again_did_not_escape_by_results_alone() -> None:
    world = figures.world(decide_last=False)
    world.rounds[2023].surveys.filter(household=world.homes["escaper"]).delete()
    question = asked(world, FigureLevel.COMMUNE)
    assert question.status == FigureStatus.PRELIMINARY
    assert list(reconciled.differences(question)) == []
    world.decide(2023, world.a, world.b, world.c)
    assert list(reconciled.differences(asked(world, FigureLevel.COMMUNE))) == []


@pytest.mark.django_db
def test_a_difference_names_commune_column_and_households(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who moved away is taken for one that escaped."""
    world = figures.world()
    real = movements.by_unit

    def wrong(*given: object) -> dict[int, object]:
        found = real(*given)
        pairs = dict(found[world.a.pk])
        away = pairs[State.POOR, State.ELSEWHERE]
        pairs[State.POOR, State.ELSEWHERE] = replace(away, households=away.households - 1)
        escaped = pairs[State.POOR, State.NOT_POOR]
        pairs[State.POOR, State.NOT_POOR] = replace(escaped, households=escaped.households + 1)
        return {**found, world.a.pk: pairs}

    monkeypatch.setattr(movements, "by_unit", wrong)
    found = list(reconciled.differences(asked(world, FigureLevel.COMMUNE)))
    told = {(one.unit.code, one.table, one.column, one.in_table, one.in_movements) for one in found}
    assert told == {("02008", "T2", "to_not_poor", 1, 2), ("02008", "T2", "other_out", 2, 1)}
    breaks = identities.breaks(asked(world, FigureLevel.PROVINCE))
    assert {one.area_code for one in breaks if one.identity == "I9"} == {"02008"}


@pytest.mark.django_db
def test_households_that_only_one_of_the_two_counts_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = figures.world()
    real = movements.households_of
    mover = world.homes["mover"].pk

    def wrong(*given: object) -> list[tuple[State, State, bool, list[int]]]:
        return [
            (was, State.NOT_POOR if mover in keys and now == State.ELSEWHERE else now, fell,
             [mover] if mover in keys and now == State.ELSEWHERE else keys)
            for was, now, fell, keys in real(*given)
        ]  # fmt: skip

    monkeypatch.setattr(movements, "households_of", wrong)
    question = asked(world, FigureLevel.COMMUNE)
    [unit] = [one for one in question.units.rows if one.code == "02008"]
    named = reconciled._households(question, State.POOR, unit, "to_not_poor")
    assert named == (mover,)


@pytest.mark.django_db
def test_not_compared_above_communes_or_on_another_map() -> None:
    world = figures.world()
    assert reconciled.can_be(asked(world, FigureLevel.COMMUNE))
    assert not reconciled.can_be(asked(world, FigureLevel.DISTRICT))
    assert not reconciled.can_be(
        questions.asked(round=world.rounds[2021], area=world.province, level=FigureLevel.COMMUNE)
    )


def test_each_field_of_the_moves_is_compared() -> None:
    named = {field for columns in reconciled.FIELDS.values() for field in columns.values()}
    assert named == set(ClassMoves.__dataclass_fields__) - {"added"}
    assert set(reconciled.FIELDS[State.POOR]) != set(reconciled.FIELDS[State.NEAR_POOR])
    assert {what.value for what in Counted} == {"households", "persons"}
