"""A round for all communes or for some, the last days of its stages, and changing both."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households import policies
from households.choices import Role, RoundKind, RoundStage, StandardPart
from households.errors import Conflict, Invalid, Refused
from households.models import (
    Area,
    AuditEvent,
    CommuneReview,
    ReviewRound,
    RoundDeadline,
    User,
    VillageReview,
)
from households.queries import deadlines, due, household_search, my_work
from households.queries.household_search import Wanted
from households.services import commune_steps, rounds, surveys
from tests.factories import people, reviews, users
from tests.factories.standards import standard, standard_document
from tests.households.conftest import World


def opened(world: World, by: User, *communes: Area, **terms: object) -> ReviewRound:
    day = dt.date(2024, 10, 1)
    return rounds.open_round(
        province=world.province,
        kind=RoundKind.AD_HOC,
        year=2024,
        month=10,
        as_of=day,
        opens_on=day,
        closes_on=dt.date(2024, 10, 31),
        standards=[(reviews.standard(), StandardPart.BOTH)],
        communes=communes or None,
        by=by,
        **terms,  # type: ignore[arg-type]
    )


def test_a_round_for_some_communes_begins_their_ways_and_nobody_elses(
    world: World, department: User
) -> None:
    round = opened(world, department, world.commune)
    assert not round.covers_all_communes
    assert list(CommuneReview.objects.filter(round=round).values_list("commune", flat=True)) == [
        world.commune.pk
    ]
    ways = VillageReview.objects.filter(round=round)
    assert list(ways.values_list("village", flat=True)) == [world.village.pk]
    assert list(due.outside(round)) == [world.other_commune]


def test_nothing_is_entered_outside_the_round(world: World, department: User) -> None:
    round = opened(world, department, world.commune)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    reason = policies.why_round_is_locked(round, world.other_village)
    assert reason == "This commune is not in the round 2024-10."
    with pytest.raises(Refused, match="not in the round"):
        surveys.start(round=round, village=world.other_village, by=stranger)
    with pytest.raises(Refused, match="not in the round"):
        commune_steps.begun(round=round, commune=world.other_commune)
    assert CommuneReview.objects.filter(round=round).count() == 1
    surveys.start(round=round, village=world.village, by=world.officer)


def test_nobody_is_due_outside_a_periodic_round(world: World, department: User) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    waiting = people.household(world.other_village, people.person())
    reviews.listed(world.round, world.other_commune, stranger, waiting)
    assert due.without_form(world.round, [world.other_village]) == {world.other_village.pk: 1}
    wanted = Wanted(in_round="due")
    assert household_search.find(stranger, wanted).count() == 1
    ReviewRound.objects.filter(pk=world.round.pk).update(covers_all_communes=False)
    world.round.refresh_from_db()
    assert due.without_form(world.round, [world.other_village]) == {}
    assert household_search.find(stranger, wanted).count() == 0
    assert my_work.work_of(stranger) == []


def test_a_commune_of_elsewhere_is_refused_and_no_round_is_left(
    world: World, department: User
) -> None:
    with pytest.raises(Invalid) as fault:
        opened(world, department, world.village)
    assert set(fault.value.fields) == {"communes"}
    assert not ReviewRound.objects.filter(kind=RoundKind.AD_HOC).exists()


def test_a_stage_without_a_day_has_that_of_the_next(world: World, department: User) -> None:
    days = {RoundStage.MEETING_HELD: dt.date(2024, 10, 10)}
    found = deadlines.of_round(opened(world, department, deadlines=days))
    assert found.of_stage(RoundStage.SURVEYED) == dt.date(2024, 10, 10)
    assert found.of_stage(RoundStage.CLOSED) == dt.date(2024, 10, 31)
    assert found.set_for(RoundStage.CLOSED) is None


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({RoundStage.SURVEYED: dt.date(2024, 9, 30)}, "due_SURVEYED"),
        ({RoundStage.CLOSED: dt.date(2024, 11, 1)}, "due_CLOSED"),
        (
            {
                RoundStage.SURVEYED: dt.date(2024, 10, 20),
                RoundStage.CLOSED: dt.date(2024, 10, 19),
            },
            "due_CLOSED",
        ),
    ],
)
def test_days_that_do_not_fit_are_told_at_their_field(
    world: World, department: User, days: rounds.Deadlines, field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        opened(world, department, deadlines=days)
    assert set(fault.value.fields) == {field}
    assert not RoundDeadline.objects.exists()


def test_days_are_changed_and_communes_taken_in_with_a_reason(
    world: World, department: User
) -> None:
    first = {
        RoundStage.SURVEYED: dt.date(2024, 10, 5),
        RoundStage.CLOSED: dt.date(2024, 10, 20),
    }
    round = opened(world, department, world.commune, deadlines=first)
    later = {RoundStage.CLOSED: dt.date(2024, 11, 20)}
    with pytest.raises(Invalid):
        rounds.change_terms(
            round=round, closes_on=dt.date(2024, 11, 30), deadlines=later, reason=" ", by=department
        )
    rounds.change_terms(
        round=round,
        closes_on=dt.date(2024, 11, 30),
        deadlines=later,
        more_communes=[world.other_commune],
        reason="Mưa lũ",
        by=department,
    )
    round.refresh_from_db()
    assert round.closes_on == dt.date(2024, 11, 30)
    assert deadlines.of_round(round).by_stage == {"CLOSED": dt.date(2024, 11, 20)}
    assert CommuneReview.objects.filter(round=round).count() == 2
    assert AuditEvent.objects.get(verb="round.change_terms").reason == "Mưa lũ"


def test_only_the_department_changes_days_and_only_of_an_open_round(
    world: World, department: User
) -> None:
    new = {"closes_on": dt.date(2024, 12, 20), "deadlines": {}, "reason": "Mưa lũ"}
    with pytest.raises(Refused):
        rounds.change_terms(round=world.round, by=world.officer, **new)  # type: ignore[arg-type]
    rounds.close_round(round=world.round, by=department)
    with pytest.raises(Conflict):
        rounds.change_terms(round=world.round, by=department, **new)  # type: ignore[arg-type]
    world.round.refresh_from_db()
    assert world.round.closes_on == dt.date(2024, 12, 14)


def test_opening_takes_the_same_queries_for_any_number_of_communes(
    world: World, department: User
) -> None:
    opened(world, department, world.commune)  # the standard is read once a process
    ReviewRound.objects.filter(kind=RoundKind.AD_HOC).update(month=9)
    taken = []
    for communes in ([world.commune], [world.commune, world.other_commune]):
        with CaptureQueriesContext(connection) as queries:
            opened(world, department, *communes)
        taken.append(len(queries))
        ReviewRound.objects.filter(month=10).update(month=8 - len(communes))
    assert taken[0] == taken[1]


def test_only_a_periodic_round_changes_the_period(world: World, department: User) -> None:
    """Both lists of an ad-hoc round would count from the day of its decision."""
    document = standard_document("std_old", valid_from="2010-01-01", valid_to="2011-12-31")
    parts = [
        (standard(document), StandardPart.CLOSING),
        (world.round.parts.get().standard, StandardPart.OPENING),
    ]
    given = {"province": world.province, "year": 2023, "standards": parts, "by": department}
    day = dt.date(2023, 4, 15)
    with pytest.raises(Invalid, match="Only a periodic review"):
        rounds.open_round(kind=RoundKind.AD_HOC, month=4, as_of=day, **given)
    assert not ReviewRound.objects.filter(year=2023).exists()
    rounds.open_round(kind=RoundKind.PERIODIC, as_of=day, **given)
