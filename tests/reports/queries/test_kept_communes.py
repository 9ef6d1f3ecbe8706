"""Parts of communes say what the facts say: clean, after a change, and where households are shared
between communes."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache

from households.choices import HouseholdEndReason
from households.models import AreaGroup, Assessment, ChangeMark, StatusPeriod, Survey
from households.services import complete_lists, marks
from households.services.household_acts import closing
from reports.choices import FigureLevel, FigureStatus
from reports.queries import (
    hardships,
    kept_answers,
    kept_communes,
    movements,
    page_memo,
    questions,
    tables,
)
from reports.queries.questions import Question
from tests.factories import figures

LEVELS = (FigureLevel.COMMUNE, FigureLevel.DISTRICT, FigureLevel.PROVINCE, FigureLevel.GROUP)
Figures = dict[tuple[str, str, str], Any]


@pytest.fixture(params=["of named households", "of all"])
def world(db: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Three communes are few: whether households are named is set here."""
    cache.clear()
    monkeypatch.setattr(kept_communes, "_MANY_OF_ALL", 0 if "named" in request.param else 99)
    found = figures.world()
    for commune in (found.a, found.b, found.c):
        complete_lists.say(commune=commune, year=2021, by=found.by)
    group = AreaGroup.objects.create(province=found.province, name="Cụm thử")
    group.communes.set([found.a, found.c])
    yield found
    cache.clear()


def asked(world: figures.World, level: FigureLevel, status: FigureStatus) -> Question:
    return questions.asked(
        round=world.rounds[2023], area=world.province, level=level, status=status
    )


def kept(world: figures.World) -> Figures:
    """As a page has them."""
    answers = kept_answers.of([one.pk for one in world.rounds.values()])
    with page_memo.within({}):
        found = moved(world)
    for status in FigureStatus:
        for level in LEVELS:
            question = asked(world, level, status)
            for code in tables.TABLES:
                found[code, level, status] = answers.rows(code, question)
    return found


def from_facts(world: figures.World) -> Figures:
    found = moved(world)
    for status in FigureStatus:
        for level in LEVELS:
            question = asked(world, level, status)
            for code in tables.TABLES:
                found[code, level, status] = tables.table(code, question).rows
    return found


def moved(world: figures.World) -> Figures:
    """Movements and what happened to the newly poor, of the province and of a district."""
    found: Figures = {}
    for status in FigureStatus:
        for area in (world.province, world.near):
            question = questions.asked(
                round=world.rounds[2023], area=area, level=FigureLevel.COMMUNE, status=status
            )
            found["flows", area.name, status] = movements.between(
                before=world.rounds[2022], after=world.rounds[2023], standard=world.standard,
                branches=[area.inner_path], status=status, question=question,
            )  # fmt: skip
            found["arisen", area.name, status] = hardships.of(question)
    return found


def poor_of(
    found: Figures,
    column: str = "poor_households",
    code: str = "T1",
    status: FigureStatus = FigureStatus.OFFICIAL,
) -> dict[str, Any]:
    rows = found[code, FigureLevel.COMMUNE, status]
    return {row.unit.code: row.figures[column] for row in rows if row.counted != "persons"}


def change(world: figures.World, name: str, *communes: Any) -> None:
    """The household's form of 2023 finds it not poor now; with the marks of these communes."""
    survey = Survey.objects.get(round=world.rounds[2023], household=world.homes[name])
    Assessment.objects.filter(survey=survey).update(poverty_class="NOT_POOR")
    StatusPeriod.objects.filter(household=world.homes[name], valid_to=None).delete()
    marks.mark_changed(round_id=world.rounds[2023].pk, commune_ids=[one.pk for one in communes])


def test_kept_again_and_changed_are_the_facts(world: figures.World) -> None:
    first = from_facts(world)
    assert kept(world) == first
    assert kept(world) == first
    # It is no comparison of nothings.
    assert poor_of(first) == {"02008": 5, "02011": 1, "02143": 1}
    assert first["flows", world.province.name, FigureStatus.OFFICIAL].poor.closing == 7
    change(world, "newcomer", world.a)
    now = from_facts(world)
    assert kept(world) == now
    assert poor_of(now) == {"02008": 4, "02011": 1, "02143": 1}


def test_who_moved_changes_the_commune_he_left(world: figures.World) -> None:
    """The mover was on A's list and is on B's; only B is marked."""
    before = kept(world)
    assert poor_of(before, "other_out", "T2")["02008"] == 2
    change(world, "mover", world.b)
    now = from_facts(world)
    assert poor_of(now, "other_out", "T2")["02008"] == 1
    assert kept(world) == now


def test_who_split_off_rests_on_the_household_it_left(world: figures.World) -> None:
    """It is no new need while the other was on a list: that one's past is marked, in 2022."""
    # The list of 2023 itself says that it split off; the results go by the other's past alone.
    results = FigureStatus.PRELIMINARY
    before = kept(world)
    assert poor_of(before, "other_in", "T2", results)["02008"] == 1
    household = world.homes["stayer"]
    StatusPeriod.objects.filter(household=household).delete()
    marks.mark_changed(round_id=world.rounds[2022].pk, commune_ids=[world.a.pk])
    now = from_facts(world)
    assert poor_of(now, "other_in", "T2", results)["02008"] == 0
    assert kept(world) == now


def test_an_end_of_a_household_leaves_an_event_alone(world: figures.World) -> None:
    kept(world)
    numbers = list(ChangeMark.objects.order_by("pk").values_list("number", flat=True))
    type(world.rounds[2023]).objects.update(is_closed=True)
    closing.close(
        household=world.homes["escaper"], reason=HouseholdEndReason.ALL_DIED,
        happened_on=dt.date(2023, 12, 20), by=world.by,
    )  # fmt: skip
    assert list(ChangeMark.objects.order_by("pk").values_list("number", flat=True)) == numbers
    assert kept(world) == from_facts(world)


def test_only_what_changed_is_counted_again(world: figures.World) -> None:
    """Facts of A and C change behind the back of the marks; C shares no household with B."""
    before = kept(world)
    change(world, "newcomer")
    change(world, "merging", world.b)
    found = kept(world)
    assert poor_of(found)["02143"] == poor_of(before)["02143"] == 1
    # A shares the mover with B, and was counted again.
    assert poor_of(found)["02008"] == 4


def test_nothing_is_kept_outside_of_a_page(world: figures.World) -> None:
    """There marks may be read that are taken back."""
    question = asked(world, FigureLevel.COMMUNE, FigureStatus.OFFICIAL)
    assert not kept_communes.answers(question)
    with page_memo.within({}):
        assert kept_communes.answers(question)
        villages = questions.asked(
            round=world.rounds[2023], area=world.a, level=FigureLevel.VILLAGE
        )
        assert not kept_communes.answers(villages)
        world.province.is_practice = True
        assert not kept_communes.answers(replace(question, area=world.province))


def test_a_part_is_not_taken_for_another_question(world: figures.World) -> None:
    kept(world)
    official = asked(world, FigureLevel.COMMUNE, FigureStatus.OFFICIAL)
    with page_memo.within({}):
        one = kept_communes.of_rows(official, ["a"], lambda share: {world.a.pk: 1})
        assert one == {world.a.pk: 1, world.b.pk: None, world.c.pk: None}
        again = kept_communes.of_rows(official, ["a"], lambda share: {world.a.pk: 2})
        assert again == one
        other = kept_communes.of_rows(official, ["b"], lambda share: {world.a.pk: 2})
        assert other[world.a.pk] == 2
