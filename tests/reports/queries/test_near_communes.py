"""A commune has a new version where it changed, or shares a household with one that did."""

from collections.abc import Callable

import pytest
from django.core.cache import cache

from households.models import Area, HouseholdEvent, Residence, Survey
from households.services import complete_lists, marks
from reports.choices import FigureLevel
from reports.queries import near_communes, questions
from reports.queries.questions import Question
from tests.factories import figures
from tests.factories.figures import World


@pytest.fixture(params=[0, 4], ids=["looked up", "read at once"])
def world(db: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> World:
    """Links are told alike, whether households are looked up or all are read."""
    monkeypatch.setattr(near_communes, "_MANY_OF_ALL", request.param)
    cache.clear()
    return figures.world()


def asked(world: World, year: int = 2023) -> Question:
    return questions.asked(round=world.rounds[year], area=world.province, level=FigureLevel.COMMUNE)


def renewed(world: World, act: Callable[[], object], year: int = 2023) -> set[str]:
    """Codes of the communes whose version an act changed."""
    question = asked(world, year)
    before = near_communes.read(question).versions
    assert near_communes.read(question).versions == before
    act()
    after = near_communes.read(asked(world, year)).versions
    names = {world.a.pk: "A", world.b.pk: "B", world.c.pk: "C"}
    return {names[pk] for pk in names if before[pk] != after[pk]}


def mark(world: World, year: int, commune: Area) -> None:
    marks.mark_changed(round_id=world.rounds[year].pk, commune_ids=[commune.pk])


def test_a_mark_renews_those_that_share_a_household(world: World) -> None:
    # A and B share the mover.
    assert renewed(world, lambda: mark(world, 2023, world.b)) == {"A", "B"}
    assert renewed(world, lambda: mark(world, 2021, world.c)) == {"C"}


def test_marks_of_later_periodic_rounds_are_not_its_own(world: World) -> None:
    assert renewed(world, lambda: mark(world, 2023, world.c), 2022) == set()
    assert renewed(world, lambda: mark(world, 2022, world.c), 2022) == {"C"}


def test_a_new_link_renews_both(world: World) -> None:
    """A household of B is read in C; C alone is marked."""

    def read_in_c() -> None:
        forms = Survey.objects.filter(
            round=world.rounds[2023], household=world.homes["near_escaper"]
        )
        forms.update(village=world.c1, commune=world.c)
        mark(world, 2023, world.c)

    assert renewed(world, read_in_c) == {"B", "C"}
    # From now on they share it, and B goes on sharing the mover with A.
    assert renewed(world, lambda: mark(world, 2023, world.c)) == {"B", "C"}
    assert renewed(world, lambda: mark(world, 2023, world.b)) == {"A", "B", "C"}


def test_a_link_that_is_gone_renews_both_once_more(world: World) -> None:
    def read_in_a() -> None:
        forms = Survey.objects.filter(household=world.homes["mover"])
        forms.update(village=world.a1, commune=world.a)
        Residence.objects.filter(household=world.homes["mover"]).update(village=world.a1)
        mark(world, 2023, world.b)

    assert renewed(world, read_in_a) == {"A", "B"}
    assert renewed(world, lambda: mark(world, 2023, world.b)) == {"B"}


def test_an_event_renews_the_communes_of_its_household(world: World) -> None:
    def event() -> None:
        last = HouseholdEvent.objects.order_by("pk").last()
        assert last is not None
        HouseholdEvent.objects.create(
            act_id=last.act_id, kind="ENDED", household=world.homes["merging"],
            happened_on=last.happened_on, end_reason="ALL_DIED",
        )  # fmt: skip

    assert renewed(world, event) == {"C"}


def test_events_taken_back_and_what_is_said_of_lists_renew_all(world: World) -> None:
    def take_back() -> None:
        first = HouseholdEvent.objects.order_by("pk").first()
        assert first is not None
        first.delete()

    assert renewed(world, take_back) == {"A", "B", "C"}
    assert renewed(world, lambda: complete_lists.say(commune=world.a, year=2021, by=world.by)) == {
        "A",
        "B",
        "C",
    }


def test_households_of_a_commune_and_their_kin(world: World) -> None:
    found = near_communes.households(asked(world), [world.c.pk])
    homes = world.homes
    assert found == sorted([homes["merging"].pk, homes["taken_in"].pk])
    assert homes["mover"].pk in near_communes.households(asked(world), [world.a.pk])
    assert homes["mover"].pk in near_communes.households(asked(world), [world.b.pk])
