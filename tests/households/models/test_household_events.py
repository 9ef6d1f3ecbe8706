"""An event is of one kind, ties two households or none, is about a member or none, and says why
a household ended."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from households.models import Household
from tests.factories import areas, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Household:
    return people.household(areas.village(areas.commune(areas.province())), people.person())


def _refuses(statement: str, rule: str) -> None:
    with (
        pytest.raises(IntegrityError, match=rule),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def _event(
    kind: str, home: Household, *, other: object = "NULL", person: object = "NULL", why: str = ""
) -> str:
    return (
        "INSERT INTO households_householdevent"
        " (kind, household_id, other_household_id, person_id, happened_on, end_reason)"
        f" VALUES ('{kind}', {home.pk}, {other}, {person}, '2024-05-01', '{why}')"
    )


def test_only_known_kinds(home: Household) -> None:
    _refuses(_event("VANISHED", home), "households_householdevent_kind_known")


def test_a_split_and_a_merger_tie_two_households_and_nothing_else_does(home: Household) -> None:
    other = people.household(home.residences.get().village, people.person("Khác"))
    _refuses(_event("SPLIT", home), "households_householdevent_links_two")
    _refuses(_event("MOVED", home, other=other.pk), "households_householdevent_links_two")


def test_a_household_is_not_merged_with_itself(home: Household) -> None:
    _refuses(_event("MERGED", home, other=home.pk), "households_householdevent_not_with_itself")


def test_what_is_about_a_member_names_him(home: Household) -> None:
    member = home.memberships.get().person_id
    _refuses(_event("DIED", home), "households_householdevent_about_a_person")
    _refuses(_event("MOVED", home, person=member), "households_householdevent_about_a_person")


def test_an_end_says_why(home: Household) -> None:
    _refuses(_event("ENDED", home), "households_householdevent_end_has_a_reason")
    _refuses(_event("MOVED", home, why="MISTAKE"), "households_householdevent_end_has_a_reason")
    _refuses(
        f"UPDATE households_household SET ended_on = '2024-05-01' WHERE id = {home.pk}",
        "households_household_end_has_a_reason",
    )


def test_who_moved_beyond_moved_to_a_commune(home: Household) -> None:
    rule = "households_householdevent_moved_beyond_to_a_commune"
    _refuses(_event("ENDED", home, why="MOVED_BEYOND"), rule)


def test_nobody_dies_before_he_is_born(home: Household) -> None:
    born_in_may = people.person(birth_date=dt.date(1980, 5, 1))
    _refuses(
        f"UPDATE households_person SET died_on = '1980-04-30' WHERE id = {born_in_may.pk}",
        "households_person_died_after_birth",
    )
