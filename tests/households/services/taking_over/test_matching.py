"""Which household a row is: by code, number, or name with birth; never a guess."""

import datetime as dt

import pytest

from households.models import RecognitionDecision, StatusPeriod
from households.models.people import code_of
from tests.factories import people
from tests.factories.paper_lists import FIRST_ROW, HEADINGS, KIN, row
from tests.households.conftest import World
from tests.households.services.taking_over.conftest import Taken, told


def test_a_family_of_the_register_is_known_by_its_number(world: World, taken: Taken) -> None:
    known = people.household(world.village, people.person("Nông Văn Thử", personal_id=KIN))
    result = taken()
    assert (result.created, result.updated) == (1, 1)
    assert StatusPeriod.objects.filter(household=known, poverty_class="NEAR_POOR").exists()
    (difference,) = result.differences
    assert (difference.key, difference.fields) == (
        known.code, [("poverty_class", "", "NEAR_POOR")],
    )  # fmt: skip


def test_by_name_and_birth_in_the_village(world: World, taken: Taken) -> None:
    known = people.household(world.village, people.person("Nông Văn Thử"))  # 1980-05-01
    result = taken()
    assert (result.created, result.updated) == (1, 1)
    # The number that the register did not know is filled in.
    assert known.memberships.get().person.personal_id == KIN


def test_who_moved_within_the_commune_is_known_by_the_very_day_of_birth(
    world: World, taken: Taken
) -> None:
    """Or its village goes by another name: no second household, and nobody escaped by it."""
    taken(near_poor=1)
    later = {"year": 2024, "decided_on": dt.date(2024, 9, 20), "number": "90/QĐ-UBND",
             "effective_from": dt.date(2024, 9, 20)}  # fmt: skip
    moved = [row(village="Thôn Khác"), row("Nông Văn Thử", birth="1980", sex="Nam", no=2)]
    result = taken(moved, poor=2, near_poor=0, **later)
    assert (result.created, result.unchanged, result.absent_count) == (0, 1, 0)
    assert (FIRST_ROW, "village", "other_village") in told(result, warnings=True)


def test_two_rows_with_the_name_and_day_of_birth_of_one_household_are_one_too_many(
    taken: Taken,
) -> None:
    taken()
    later = {"year": 2024, "decided_on": dt.date(2024, 9, 20), "number": "90/QĐ-UBND",
             "effective_from": dt.date(2024, 9, 20)}  # fmt: skip
    result = taken([row(), row(village="Thôn Khác", no=2)], poor=2, near_poor=0, **later)
    assert (FIRST_ROW + 1, "full_name", "possible_duplicate") in told(result, warnings=True)


def test_by_its_code(world: World, taken: Taken) -> None:
    known = people.household(world.village, people.person("Nông Văn Thử", birth_date=None))
    rows = [[*row(), ""], [*row("Nông Văn Thử", listed_as="Cận nghèo"), code_of(known.pk)]]
    result = taken(rows, [*HEADINGS, "Mã hộ"])
    assert (told(result), result.created, result.updated) == ([], 1, 1)


@pytest.mark.parametrize("birth", [None, dt.date(1980, 7, 1)])
def test_where_two_households_fit_nothing_is_guessed(
    world: World, taken: Taken, birth: dt.date | None
) -> None:
    people.household(world.village, people.person("Nông Văn Thử", birth_date=birth))
    people.household(world.village, people.person("Nông Văn Thử", birth_date=birth))
    result = taken([row(), row("Nông Văn Thử", birth="1980", listed_as="Cận nghèo")])
    code = "several_fit" if birth else "who_is_it"
    assert told(result) == [(FIRST_ROW + 1, "full_name", code)]
    assert not RecognitionDecision.objects.exists()


def test_the_same_household_twice_in_the_sheet(taken: Taken) -> None:
    result = taken([row(), row(no=2)], poor=2, near_poor=0)
    assert told(result) == [(FIRST_ROW + 1, "full_name", "household_twice")]


def test_a_code_of_its_own_names_a_household_in_the_next_list(taken: Taken) -> None:
    """Names and births may be written otherwise the next time; the commune's own code stays."""
    codes = ("HN-1234567890123456789012", "HN-2")
    rows = [[*row(), codes[0]], [*row("Nông Văn Thử", listed_as="Cận nghèo"), codes[1]]]
    taken(rows, [*HEADINGS, "Mã hộ"], year=2022, decided_on=dt.date(2022, 12, 20),
          effective_from=dt.date(2023, 1, 1))  # fmt: skip
    rows = [[*row(birth=""), codes[0]], [*row("Nông Văn Thử", birth=""), codes[1]]]
    result = taken(rows, [*HEADINGS, "Mã hộ"], poor=2, near_poor=0)
    assert (told(result), result.created, result.updated, result.unchanged) == ([], 0, 1, 1)


def test_a_code_that_is_no_household_of_the_commune(taken: Taken) -> None:
    result = taken([[*row(), "H00999999"]], [*HEADINGS, "Mã hộ"], near_poor=0)
    assert told(result) == [(FIRST_ROW, "household_code", "unknown_code")]
