"""What is to be listed now, counted."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from programs.models import Benefit
from programs.queries import list_gaps
from programs.queries.list_gaps import Gap
from programs.services import list_rows
from tests.factories import people
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given
from tests.programs.support_lists import begun, handed_over, listed_home, pupil_home

ON = day("2024-10-15")


def told(land: Land) -> dict[str, Gap]:
    return {one.programme.code: one for one in list_gaps.gaps([land.commune.inner_path], ON)}


def test_served_on_the_way_and_the_gap(land: Land, settings: Settings) -> None:
    settings.POVREG_TODAY = ON
    home = listed_home(land, people.person(), people.person("Nông Thị Hai"))
    served, waiting = listed_home(land), listed_home(land)
    given(land, served, "loan")
    loan = given(land, waiting, "loan")
    Benefit.objects.filter(pk=loan.pk).update(state="LISTED", served_on=None)
    loans, cards = told(land)["loan"], told(land)["health_card"]
    assert (loans.entitled, loans.served, loans.on_the_way, loans.gap) == (3, 1, 1, 1)
    # Persons and the distinct households they belong to are two numbers.
    assert (cards.entitled, cards.entitled_households) == (4, 3)
    assert (cards.gap, cards.gap_households) == (4, 3)
    found = begun(land, "health_card")
    list_rows.choose(
        support_list=found, village=land.village, by=land.officer,
        chosen={(home.pk, one.person_id) for one in home.memberships.all()},
    )  # fmt: skip
    cards = told(land)["health_card"]
    assert (cards.on_the_way, cards.gap, cards.gap_households) == (2, 2, 2)


def test_a_list_of_last_school_year_hides_no_gap_of_this_one(
    land: Land, settings: Settings
) -> None:
    settings.POVREG_TODAY = ON
    pupil_home(land)
    handed_over(land, "study_cost")
    assert told(land)["study_cost"].gap == 0
    later = list_gaps.gaps([land.commune.inner_path], day("2025-10-15"))
    assert [one.gap for one in later if one.programme.code == "study_cost"] == [1]


def test_statements_do_not_grow(land: Land) -> None:
    listed_home(land)
    with CaptureQueriesContext(connection) as one:
        told(land)
    for _number in range(4):
        listed_home(land)
    with CaptureQueriesContext(connection) as many:
        told(land)
    assert len(many) == len(one) <= 15
