"""Support of two entries that become one: it goes with who stays, and comes back."""

from types import SimpleNamespace

import pytest
from pytest_django import Settings

from households.errors import Refused
from households.models import StatusPeriod
from households.services.duplicates import undoing
from programs.choices.plan_list import WhyPlanned
from programs.models import Companion, PlanEntry, SupportListRow
from programs.services import project_participants
from tests.factories import families
from tests.factories import projects as make_projects
from tests.programs.conftest import Land, day
from tests.programs.mergers import (
    ON,
    entered_twice,
    given,
    merged,
    person_entered_twice,
    row_on,
    support,
)
from tests.programs.support_lists import LONG_AGO, begun


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def two(land: Land) -> SimpleNamespace:
    return entered_twice(land)


@pytest.fixture
def one_person(land: Land) -> SimpleNamespace:
    return person_entered_twice(land)


def test_support_goes_with_who_stays_and_comes_back(land: Land, two: SimpleNamespace) -> None:
    loan = given(two, 1, "loan")
    card = given(two, 1, "health_card", two.wives[1])
    entries = [
        PlanEntry.objects.create(
            household=home, year=2025, commune=land.commune, poverty_class="POOR",
            why=WhyPlanned.CHOSEN, recorded_by=two.by,
        )
        for home in two.homes
    ]  # fmt: skip
    agreed = entries[1].actions.create(words="Nuôi bò", due_on=ON)
    for at, since in ((0, "2024-03-01"), (1, "2023-01-01")):
        Companion.objects.create(
            household=two.homes[at], user=two.by, valid_from=day(since), recorded_by=two.by
        )
    before = support()
    done = merged(two)
    for one in (loan, card, agreed):
        one.refresh_from_db()
    assert (loan.household, loan.commune) == (two.homes[0], land.other_commune)
    assert (card.household, card.person) == (two.homes[0], two.wives[0])
    assert agreed.entry == entries[0]
    off = PlanEntry.objects.get(household=two.homes[1])
    assert off.taken_off_because
    assert Companion.objects.get(household=two.homes[1]).valid_to == day("2024-10-15")
    undoing.undo(merge=done, by=two.by)
    assert support() == before


def test_support_given_since_forbids_taking_it_back(two: SimpleNamespace) -> None:
    done = merged(two)
    given(two, 0, "loan")
    with pytest.raises(Refused, match="changed the entries"):
        undoing.undo(merge=done, by=two.by)


def test_support_of_a_person_goes_by_person_and_stays_where_it_was_given(
    land: Land, one_person: SimpleNamespace
) -> None:
    card = given(one_person, 1, "health_card", one_person.persons[1])
    loan = given(one_person, 1, "loan")
    before = support()
    done = merged(one_person)
    card.refresh_from_db()
    assert (card.person, card.household, card.commune) == (
        one_person.persons[0], one_person.homes[1], land.other_commune,
    )  # fmt: skip
    loan.refresh_from_db()
    assert (loan.household, loan.person) == (one_person.homes[1], None)
    undoing.undo(merge=done, by=one_person.by)
    assert support() == before


def test_a_person_on_a_list_being_drawn_up_goes_home_with_his_row(
    land: Land, one_person: SimpleNamespace
) -> None:
    row = row_on(begun(land, "health_card"), one_person.homes[1], one_person.persons[1])
    before = support()
    done = merged(one_person)
    row.refresh_from_db()
    assert (row.household, row.person) == (one_person.homes[0], one_person.persons[0])
    undoing.undo(merge=done, by=one_person.by)
    assert support() == before


def test_a_person_on_a_list_that_was_handed_over_keeps_the_home_of_the_paper(
    land: Land, one_person: SimpleNamespace
) -> None:
    found = begun(land, "health_card")
    rows = [
        row_on(found, home, person, on_draft=False)
        for home, person in zip(one_person.homes, one_person.persons, strict=True)
    ]
    merged(one_person)
    told = [SupportListRow.objects.get(pk=row.pk) for row in rows]
    assert [(row.household, row.person) for row in told] == [
        (one_person.homes[0], one_person.persons[0]),
        (one_person.homes[1], one_person.persons[0]),
    ]


def test_a_part_in_a_project_goes_along_and_comes_back(land: Land, two: SimpleNamespace) -> None:
    make_projects.loaded()
    families.on_list(two.homes[1], land.other_decision, since=LONG_AGO)
    [part] = project_participants.join(
        project=make_projects.project(land.commune, two.by), households=two.homes[1:],
        joined_on=ON, by=two.by,
    ).taken  # fmt: skip
    StatusPeriod.objects.filter(household=two.homes[1]).delete()
    before = support()
    done = merged(two)
    part.refresh_from_db()
    assert part.benefit is not None
    assert (part.household, part.benefit.household) == (two.homes[0], two.homes[0])
    undoing.undo(merge=done, by=two.by)
    assert support() == before
