"""Who escaped, of a commune that kept no more than that: a time on the list that ends."""

import datetime as dt

import pytest

from households.choices import DecisionOrigin, HowIn, HowOut
from households.errors import Refused
from households.models import (
    CommuneReview,
    Household,
    RecognitionDecision,
    StatusPeriod,
    TakenOverHousehold,
)
from households.services.imports import undoing
from tests.factories import people
from tests.factories.paper_lists import FIRST_ROW, row
from tests.households.conftest import World
from tests.households.services.taking_over.conftest import Taken, told

LAST = dt.date(2023, 12, 31)
ESCAPED = (
    row(listed_as="Thoát nghèo"),
    row("Nông Văn Thử", sex="Nam", birth="1980", no=2, listed_as="Hộ thoát cận nghèo"),
)
LATER = {"year": 2024, "decided_on": dt.date(2024, 9, 20), "number": "90/QĐ-UBND",
         "effective_from": dt.date(2024, 9, 20)}  # fmt: skip


def places() -> list[tuple[str, str, dt.date, dt.date | None, str, str]]:
    found = StatusPeriod.objects.select_related("household__card").order_by(
        "household__card__head_name", "valid_from"
    )
    return [
        (one.household.card.head_name, one.poverty_class, one.valid_from, one.valid_to,
         one.how_in, one.how_out) for one in found
    ]  # fmt: skip


def test_their_last_year_on_the_list_ends_with_the_decision(world: World, taken: Taken) -> None:
    result = taken(ESCAPED, of_escapes=True)
    assert (result.committed, result.created, told(result)) == (True, 2, [])
    first = dt.date(2023, 1, 1)
    assert places() == [
        ("Lò Thị Mẫu", "POOR", first, LAST, HowIn.ADOPTED, HowOut.ESCAPED),
        ("Nông Văn Thử", "NEAR_POOR", first, LAST, HowIn.ADOPTED, HowOut.ESCAPED),
    ]
    decision = RecognitionDecision.objects.get()
    assert decision.origin == DecisionOrigin.ESCAPES
    # It is no list: nobody else is known not to be poor, and the review is not decided by it.
    assert not RecognitionDecision.objects.on_lists().exists()
    assert not CommuneReview.objects.filter(round=decision.round).exists()
    assert TakenOverHousehold.objects.count() == 2
    with pytest.raises(Refused, match="in povreg already"):
        taken(ESCAPED, of_escapes=True)
    assert result.act_id
    undoing.undo(act_id=result.act_id, by=world.officer)
    assert not Household.objects.exists()
    assert not RecognitionDecision.objects.exists()


def test_they_come_in_after_a_later_list_too_and_stay_on_it(taken: Taken) -> None:
    """Who fell back is on the later list, and escaped before."""
    taken([row()], near_poor=0, **LATER)
    result = taken(ESCAPED, of_escapes=True)
    assert (result.created, result.updated) == (1, 1)
    assert [(name, until) for name, __, __, until, *__ in places()] == [
        ("Lò Thị Mẫu", LAST), ("Lò Thị Mẫu", None), ("Nông Văn Thử", LAST),
    ]  # fmt: skip


def test_lists_that_are_there_say_who_was_on_them(world: World, taken: Taken) -> None:
    before = {"year": 2022, "decided_on": dt.date(2022, 12, 20), "number": "40/QĐ-UBND",
              "effective_from": dt.date(2023, 1, 1)}  # fmt: skip
    taken([row(), row("Ma Thị Còn", no=2)], poor=2, near_poor=0, **before)
    taken([row("Ma Thị Còn", no=2)], near_poor=0, number="58/QĐ-UBND")
    given = [*ESCAPED, row("Ma Thị Còn", no=3, listed_as="Thoát nghèo")]
    result = taken(given, poor=2, of_escapes=True)
    assert told(result) == [
        (FIRST_ROW + 1, "full_name", "not_on_the_list_before"),
        (FIRST_ROW + 2, "full_name", "still_listed"),
    ]
    assert told(result, warnings=True) == [(FIRST_ROW, "full_name", "escape_known")]


def test_a_household_that_is_known_gets_its_past(world: World, taken: Taken) -> None:
    home = people.household(
        world.village, people.person("Lò Thị Mẫu", birth_date=dt.date(1975, 3, 12))
    )
    result = taken([ESCAPED[0]], near_poor=0, of_escapes=True)
    assert (result.created, result.updated) == (0, 1)
    assert home.status_periods.get().valid_to == LAST


def test_where_all_left_one_class_the_sheet_need_not_say_it(taken: Taken) -> None:
    result = taken([row(listed_as="")], poor=0, near_poor=1, of_escapes=True)
    assert [one[1] for one in places()] == ["NEAR_POOR"]
    assert result.found
    assert not result.errors


def test_who_escaped_is_on_no_list(taken: Taken) -> None:
    result = taken([row(), ESCAPED[1]], near_poor=0)
    assert told(result) == [(FIRST_ROW + 1, "poverty_class", "escaped_in_a_list")]
