"""Households that no list names: why they are asked, and that nobody is forgotten."""

import datetime as dt

import pytest

from households.choices import HouseholdEventKind, RequestState, SurveyState
from households.choices.asking import AskAnswer, AskGround
from households.errors import Invalid, Refused
from households.models import (
    AuditEvent,
    Household,
    HouseholdAsked,
    HouseholdEvent,
    ReviewRequest,
    StatusPeriod,
    Survey,
)
from households.queries import households_to_ask
from households.services import asking, village_steps
from tests.factories import people, procedure, reviews
from tests.households.conftest import TODAY, World


@pytest.fixture
def home(world: World) -> Household:
    return people.household(world.village, people.person("Nông Văn Quên"))


def grounds_of(world: World) -> list[tuple[str, ...]]:
    rows = households_to_ask.of_villages(world.round, [world.village.pk])
    return [tuple(one.value for one in row.grounds) for row in rows]


def happened(home: Household, kind: HouseholdEventKind, day: dt.date) -> None:
    person = home.memberships.get().person if kind == HouseholdEventKind.LEFT else None
    other = Household.objects.create() if kind == HouseholdEventKind.SPLIT else None
    HouseholdEvent.objects.create(
        household=home, kind=kind, happened_on=day, person=person, other_household=other
    )


def last_year(world: World, home: Household, **answers: object) -> Survey:
    before = reviews.periodic(world.province, 2023, reviews.standard())
    members = [reviews.adult() | {"person_id": home.memberships.get().person_id}]
    members[0] |= answers.pop("member", {})
    return reviews.surveyed(
        before, world.village, world.officer, household=home, members=members, **answers
    )


def test_who_nothing_happened_to_is_not_asked(world: World, home: Household) -> None:
    last_year(world, home)
    assert grounds_of(world) == []


@pytest.mark.parametrize(
    ("kind", "day", "ground"),
    [
        (HouseholdEventKind.LEFT, dt.date(2024, 3, 1), AskGround.LOST_WORKER),
        (HouseholdEventKind.SPLIT, dt.date(2024, 3, 1), AskGround.SPLIT),
        (HouseholdEventKind.LEFT, dt.date(2023, 8, 31), None),
        (HouseholdEventKind.SPLIT, dt.date(2023, 9, 1), AskGround.SPLIT),
    ],
)
def test_what_happened_in_the_year_before_the_round(
    world: World, home: Household, kind: HouseholdEventKind, day: dt.date, ground: AskGround | None
) -> None:
    happened(home, kind, day)
    assert grounds_of(world) == ([(ground,)] if ground else [])


def test_who_could_not_work_was_no_worker(world: World, home: Household) -> None:
    last_year(world, home, member={"able_to_work": False})
    happened(home, HouseholdEventKind.LEFT, dt.date(2024, 3, 1))
    assert grounds_of(world) == []


def test_answers_of_the_newest_form(world: World, home: Household) -> None:
    last_year(
        world,
        home,
        member={"monthly_social_assistance": True},
        shock="natural_disaster",
        shock_on=dt.date(2023, 9, 20),
    )
    assert grounds_of(world) == [(AskGround.SHOCK, AskGround.ALLOWANCE)]


def test_refused_last_year(world: World, home: Household) -> None:
    survey = last_year(world, home)
    Survey.objects.filter(pk=survey.pk).update(asked_for_review=True)
    assert grounds_of(world) == [(AskGround.REFUSED,)]
    Survey.objects.filter(pk=survey.pk).update(asked_for_review=False)
    assert grounds_of(world) == []
    ReviewRequest.objects.create(
        commune=world.commune, village=world.village, household=home, kind="REVIEW",
        channel="DESK", year=2024, serial=1, received_on=dt.date(2024, 3, 1),
        due_on=dt.date(2024, 4, 1), state=RequestState.REFUSED, answered_on=dt.date(2024, 4, 1),
        answer="Không đủ", answer_number="1/TB", recorded_by=world.officer,
    )  # fmt: skip
    assert grounds_of(world) == [(AskGround.REFUSED,)]


def test_who_left_the_list_and_not_who_is_on_it(world: World, home: Household) -> None:
    before = reviews.periodic(world.province, 2023, reviews.standard())
    reviews.listed(before, world.commune, world.officer, home)
    assert grounds_of(world) == []
    period = StatusPeriod.objects.get()
    StatusPeriod.objects.update(
        valid_to=dt.date(2024, 6, 30), how_out="ESCAPED", decision_out=period.decision_in
    )
    assert grounds_of(world) == [(AskGround.LEFT_LIST,)]
    # Three years before the round opened is as far as it is looked back.
    StatusPeriod.objects.update(valid_from=dt.date(2021, 1, 1), valid_to=dt.date(2021, 8, 31))
    assert grounds_of(world) == []


def test_a_form_takes_it_off_and_a_village_is_not_done_before(
    world: World, home: Household
) -> None:
    happened(home, HouseholdEventKind.LEFT, dt.date(2024, 3, 1))
    reviews.surveyed(world.round, world.village, world.officer)
    way = village_steps.begun(round=world.round, village=world.village)
    with pytest.raises(Refused, match="1 household that may have been forgotten"):
        village_steps.finish_survey(way=way, act=procedure.act(10, 10), by=world.officer)
    reviews.surveyed(world.round, world.village, world.officer, household=home)
    assert grounds_of(world) == []
    assert Survey.objects.filter(state=SurveyState.COMPLETE).count() == 2
    village_steps.finish_survey(way=way, act=procedure.act(10, 10), by=world.officer)


def tick(world: World, *homes: Household, answer: AskAnswer = AskAnswer.NO_WISH) -> int:
    return asking.tick_off(
        round=world.round, village=world.village, households=[one.pk for one in homes],
        answer=answer, asked_on=TODAY, by=world.officer,
    )  # fmt: skip


def test_ticked_off_once_and_the_newer_answer_holds(world: World, home: Household) -> None:
    happened(home, HouseholdEventKind.LEFT, dt.date(2024, 3, 1))
    stranger = people.household(world.other_village, people.person("Người Xã Khác"))
    happened(stranger, HouseholdEventKind.LEFT, dt.date(2024, 3, 1))
    assert tick(world, home, stranger) == 1
    assert households_to_ask.left_in(world.round, [world.village.pk]) == 0
    assert tick(world, home, answer=AskAnswer.AWAY) == 1
    asked = HouseholdAsked.objects.get()
    assert (asked.household, asked.answer) == (home, AskAnswer.AWAY)
    assert AuditEvent.objects.filter(verb="household.asked").count() == 2


def test_not_what_nobody_asks_about_nor_when_it_is_too_late(world: World, home: Household) -> None:
    with pytest.raises(Refused, match="Tick the households"):
        tick(world, home)
    happened(home, HouseholdEventKind.LEFT, dt.date(2024, 3, 1))
    with pytest.raises(Invalid) as fault:
        asking.tick_off(
            round=world.round, village=world.village, households=[home.pk],
            answer=AskAnswer.AWAY, asked_on=dt.date(2024, 8, 31), by=world.officer,
        )  # fmt: skip
    assert "asked_on" in fault.value.fields
    assert HouseholdAsked.objects.count() == 0


def test_one_query_whatever_the_number(world: World, django_assert_num_queries: object) -> None:
    for number in range(3):
        home = people.household(world.village, people.person(f"Người {number}"))
        happened(home, HouseholdEventKind.LEFT, dt.date(2024, 3, 1))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(households_to_ask.of_villages(world.round, [world.village.pk])) == 3
