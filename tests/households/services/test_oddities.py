"""What is to be checked again: when it shows, when it comes back; ordinary forms show none."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from households.choices import Role
from households.choices.oddities import OddityKind, OddityReason
from households.errors import Conflict, Refused
from households.models import (
    Area,
    AuditEvent,
    ChangeMark,
    Household,
    OddityCheck,
    Survey,
    User,
)
from households.queries.oddities import Oddity
from households.services import oddities
from tests.factories import areas, people, reviews, users
from tests.households.conftest import World

POOR: dict[str, Any] = {
    "income_per_capita_month_vnd": 1_200_000, "causes": ["no_land"], **reviews.THREE_LACKS
}  # fmt: skip


def found(world: World, kind: OddityKind | None = None) -> list[Oddity]:
    rows = oddities.found_in(world.round, world.commune)
    return [one for one in rows if kind is None or one.kind == kind]


def surveyed(
    world: World, number: int, by: User | None = None, village: Area | None = None, **answers: Any
) -> Survey:
    """Each with a floor area of its own, so that no two forms are the same."""
    member = reviews.adult(f"Người {number}")
    given = {"floor_area_m2": 60 + number, "ethnic_group": member["ethnic_group"], **answers}
    return reviews.surveyed(
        world.round, village or world.village, by or world.officer, members=[member], **given
    )


def test_ordinary_forms_show_nothing(world: World) -> None:
    for number in range(6):
        surveyed(world, number)
    surveyed(world, 7, **POOR)
    assert found(world) == []


def test_a_poor_household_without_a_cause_and_a_paper_that_says_otherwise(world: World) -> None:
    poor = surveyed(world, 1, **{**POOR, "causes": []})
    other = surveyed(world, 2)
    Survey.objects.filter(pk=other.pk).update(class_paper="POOR", household_size=4)
    rows = {one.sub: one.households for one in found(world, OddityKind.IDENTITY)}
    assert rows == {
        "cause": (poor.household_id,),
        "paper": (other.household_id,),
        "members": (other.household_id,),
    }


def test_many_just_under_the_line(world: World) -> None:
    for number in range(9):
        surveyed(world, number, income_per_capita_month_vnd=1_500_000 - number * 1_000)
    assert found(world, OddityKind.EDGE) == []
    surveyed(world, 10, income_per_capita_month_vnd=1_500_000)
    (one,) = found(world, OddityKind.EDGE)
    assert (one.facts["under"], one.facts["all"], one.facts["line"]) == (10, 10, 1_500_000)
    assert len(one.households) == 10


def test_as_many_over_as_under_it_is_no_wonder(world: World) -> None:
    for number in range(12):
        above = (number % 2) * 10_000
        surveyed(world, number, income_per_capita_month_vnd=1_500_000 - number * 100 + above)
    assert found(world, OddityKind.EDGE) == []


def test_three_forms_of_a_village_with_the_same_answers(world: World) -> None:
    same = [surveyed(world, number, floor_area_m2=44) for number in range(2)]
    other = areas.village(world.commune, "Thôn Ba")
    surveyed(world, 5, village=other, floor_area_m2=44)
    assert found(world, OddityKind.IDENTICAL) == []
    same.append(surveyed(world, 3, floor_area_m2=44))
    (one,) = found(world, OddityKind.IDENTICAL)
    assert one.households == tuple(sorted(survey.household_id for survey in same))
    assert one.village_id == world.village.pk


def completed_at(surveys: list[Survey], seconds_apart: int) -> None:
    """Their first completions lie so far apart. Acts are append-only, so the test steps aside."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for number, survey in enumerate(surveys):
            cursor.execute(
                "UPDATE households_auditevent SET at = now() - interval '1 day'"
                " + make_interval(secs => %s) WHERE object_id = %s AND verb = 'survey.complete'",
                [number * seconds_apart, survey.pk],
            )
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_eight_forms_of_one_account_in_ten_minutes(world: World) -> None:
    surveys = [surveyed(world, number) for number in range(8)]
    completed_at(surveys, 60)
    (one,) = found(world, OddityKind.FAST)
    assert (one.facts["forms"], one.facts["minutes"]) == (8, 7)
    assert one.user_id == world.officer.pk
    completed_at(surveys, 240)
    assert found(world, OddityKind.FAST) == []


def test_a_reviewer_far_from_the_others(world: World) -> None:
    stranger = users.user("reviewer", Role.REVIEWER, world.village)
    for number in range(15):
        surveyed(world, number)
        surveyed(world, 20 + number, by=stranger, **({} if number % 2 else POOR))
    (one, other) = found(world, OddityKind.REVIEWER)
    shares = {row.user_id: (row.facts["poor"], row.facts["forms"]) for row in (one, other)}
    assert shares == {stranger.pk: (8, 15), world.officer.pk: (0, 15)}


def last_year(world: World, home: Household, **answers: Any) -> None:
    before = reviews.periodic(world.province, 2023, reviews.standard())
    reviews.surveyed(before, world.village, world.officer, household=home, **answers)


def test_a_house_that_got_worse_without_a_reason(world: World) -> None:
    home = people.household(world.village, people.person())
    last_year(world, home, floor_area_m2=90)
    now = reviews.surveyed(
        world.round, world.village, world.officer, household=home, floor_area_m2=70,
        roof_durable=False, water_clean=True,
    )  # fmt: skip
    (one,) = found(world, OddityKind.CHANGED)
    assert one.facts["worse"] == ["roof", "floor"]
    Survey.objects.filter(pk=now.pk).update(shock="natural_disaster")
    assert found(world, OddityKind.CHANGED) == []


def test_who_moved_lives_in_another_house(world: World) -> None:
    home = people.household(world.village, people.person())
    last_year(world, home)
    reviews.surveyed(
        world.round, world.village, world.officer, household=home, roof_durable=False,
        wall_durable=False,
    )  # fmt: skip
    assert len(found(world, OddityKind.CHANGED)) == 1
    home.residences.update(valid_from=dt.date(2024, 3, 1))
    assert found(world, OddityKind.CHANGED) == []


def dismiss(world: World, *keys: str, by: User | None = None) -> int:
    return oddities.dismiss(
        round=world.round, commune=world.commune, keys=keys, reason=OddityReason.RIGHT,
        by=by or world.officer,
    )  # fmt: skip


def test_looked_at_once_and_back_when_the_households_change(world: World) -> None:
    surveyed(world, 1, **{**POOR, "causes": []})
    (one,) = found(world)
    assert oddities.count(round=world.round, commune=world.commune) == 1
    assert dismiss(world, one.key) == 1
    assert OddityCheck.objects.get().left == 0
    with pytest.raises(Conflict, match="officer looked at this"):
        dismiss(world, one.key)
    assert AuditEvent.objects.filter(verb="oddity.dismiss").count() == 1
    surveyed(world, 2, **{**POOR, "causes": []})
    assert oddities.count(round=world.round, commune=world.commune) == 1


def test_officer_and_department_only(world: World) -> None:
    surveyed(world, 1, **{**POOR, "causes": []})
    (one,) = found(world)
    chair = users.user("chair", Role.COMMUNE_CHAIR, world.commune)
    with pytest.raises(Refused, match="officer and the department"):
        dismiss(world, one.key, by=chair)
    with pytest.raises(Refused, match="Choose"):
        dismiss(world, "EDGE:nothing")
    assert dismiss(world, one.key, by=users.user("so", Role.DEPARTMENT, world.province)) == 1


def test_the_job_counts_what_changed_and_only_that(world: World) -> None:
    surveyed(world, 1, **{**POOR, "causes": []})
    assert ChangeMark.objects.count() == 1
    assert oddities.count_changed() == 1
    assert OddityCheck.objects.get().left == 1
    assert oddities.count_changed() == 0
    surveyed(world, 2, **{**POOR, "causes": []})
    assert oddities.count_changed() == 1
    world.round.is_closed = True
    world.round.save()
    surveyed_again = ChangeMark.objects.update(number=99)
    assert surveyed_again == 1
    assert oddities.count_changed() == 0
