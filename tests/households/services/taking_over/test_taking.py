"""A commune's list of before povreg is the list in force: as it stands, once, and never scored."""

import datetime as dt
from typing import Any

import pytest

from households.choices import CommuneState, DecisionOrigin, HowIn, HowOut, PovertyClass
from households.errors import Invalid, Refused
from households.models import (
    Area,
    Assessment,
    AuditEvent,
    CommuneReview,
    Household,
    HouseholdCard,
    Membership,
    Person,
    RecognitionDecision,
    ReviewRound,
    SearchName,
    StatusPeriod,
    Survey,
    TakenOverHousehold,
)
from tests.factories import people
from tests.factories.paper_lists import FIRST_ROW, HEADINGS, KIN, TWO, row
from tests.households.conftest import World
from tests.households.services.taking_over.conftest import Taken, told

JANUARY = dt.date(2024, 1, 1)


def on_list() -> list[tuple[str, str, dt.date, dt.date | None, str, str]]:
    """Everybody's places on the list: head, class, from, to, how in, how out."""
    return [
        (one.household.card.head_name, one.poverty_class, one.valid_from, one.valid_to,
         one.how_in, one.how_out)
        for one in StatusPeriod.objects.select_related("household__card").order_by(
            "household__card__head_name", "valid_from"
        )
    ]  # fmt: skip


def test_a_list_becomes_the_list_in_force(world: World, taken: Taken) -> None:
    result = taken(poor_persons=4, near_poor_persons=2)
    assert (result.committed, result.created, result.updated, told(result)) == (True, 2, 0, [])
    assert on_list() == [
        ("Lò Thị Mẫu", "POOR", JANUARY, None, HowIn.ADOPTED, ""),
        ("Nông Văn Thử", "NEAR_POOR", JANUARY, None, HowIn.ADOPTED, ""),
    ]
    decision = RecognitionDecision.objects.get()
    assert (decision.origin, decision.number, decision.effective_from, decision.recorded_by) == (
        DecisionOrigin.ADOPTED_FROM_PAPER, "57/QĐ-UBND", JANUARY, world.officer,
    )  # fmt: skip
    # Nothing is asked, nothing scored.
    assert not Survey.objects.exists()
    assert not Assessment.objects.exists()
    head = Person.objects.get(full_name="Nông Văn Thử")
    assert (head.personal_id, head.birth_date, head.birth_precision) == (
        KIN, dt.date(1980, 1, 1), "YEAR",
    )  # fmt: skip
    assert Membership.objects.filter(relation="head", valid_from=JANUARY).count() == 2
    row = TakenOverHousehold.objects.get(household__card__head_name="Lò Thị Mẫu")
    assert (row.persons, row.poverty_class, row.listed_no) == (4, "POOR", "1")


def test_lists_and_search_know_them_at_once(world: World, taken: Taken) -> None:
    taken()
    cards = HouseholdCard.objects.of_class(PovertyClass.POOR, on=dt.date(2024, 10, 15))
    assert [(one.head_name, one.village) for one in cards] == [("Lò Thị Mẫu", world.village)]
    assert SearchName.objects.filter(name="lo thi mau").exists()


def test_the_round_of_the_decision_is_made_closed_and_for_this_commune(
    world: World, taken: Taken
) -> None:
    taken()
    made = ReviewRound.objects.get(year=2023)
    assert (made.is_closed, made.covers_all_communes) == (True, False)
    way = CommuneReview.objects.get(round=made)
    assert (way.commune, way.state) == (world.commune, CommuneState.RECOGNISED)


def test_a_trial_writes_nothing(taken: Taken) -> None:
    result = taken(commit=False)
    assert (result.committed, result.created, result.act_id) == (False, 2, None)
    for model in (Household, Person, StatusPeriod, RecognitionDecision, TakenOverHousehold):
        assert not model.objects.exists()
    assert not ReviewRound.objects.filter(year=2023).exists()


def test_the_same_list_twice_is_refused(taken: Taken) -> None:
    taken()
    with pytest.raises(Refused, match="57/QĐ-UBND"):
        taken()
    assert Household.objects.count() == 2


def test_members_below_their_heads_come_with_them(world: World, taken: Taken) -> None:
    headings = [*HEADINGS, "Quan hệ với chủ hộ"]
    result = taken(
        [
            [*row(size=2), "Chủ hộ"],
            ["", "Lò Văn Con", "Nam", "2010", "", "Kinh", "", "", "", "Con"],
            [*row("Nông Văn Thử", sex="Nam", size=1, listed_as="Cận nghèo"), "Chủ hộ"],
        ],
        headings,
        poor_persons=2,
        near_poor_persons=1,
    )
    assert told(result) == []
    child = Membership.objects.get(person__full_name="Lò Văn Con")
    assert (child.relation, child.household.card.members) == ("child", 2)


def test_members_that_a_known_household_did_not_have_come_in(world: World, taken: Taken) -> None:
    known = people.household(world.village, people.person("Nông Văn Thử"))
    rows = [
        [*row("Nông Văn Thử", sex="Nam", birth="1980", size=2), "Chủ hộ"],
        ["", "Nông Thị Con", "Nữ", "2010", KIN, *[""] * 4, "Con"],
    ]
    result = taken(rows, [*HEADINGS, "Quan hệ"], near_poor=0)
    (difference,) = result.differences
    assert difference.members == [("Nông Thị Con", "new", [])]
    assert difference.fields == [("poverty_class", "", "POOR")]
    assert known.memberships.count() == 2


def test_size_must_be_that_of_the_rows_where_members_are_listed(taken: Taken) -> None:
    result = taken(
        [[*row(size=3), "Chủ hộ"], ["", "Lò Văn Con", "Nam", "2010", *[""] * 5, "Con"]],
        [*HEADINGS, "Quan hệ với chủ hộ"],
    )
    assert told(result) == [(FIRST_ROW, "household_size", "size_differs")]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"listed_as": ""}, "poverty_class", "missing_value"),
        ({"listed_as": "Hộ không nghèo"}, "poverty_class", "not_of_a_list"),
        ({"listed_as": "hình như nghèo"}, "poverty_class", "unknown_code"),
        ({"sex": ""}, "sex", "missing_value"),
        ({"village": ""}, "village", "missing_value"),
        ({"name": "", "no": 3}, "full_name", "missing_value"),
        ({"birth": "30/4/85"}, "birth_date", "not_a_date"),
        ({"cccd": "123"}, "cccd", "not_twelve_digits"),
        ({"size": "nhiều"}, "household_size", "not_a_whole_number"),
    ],
)
def test_what_a_row_lacks_is_told_in_its_cell(
    taken: Taken, cells: dict[str, Any], column: str, code: str
) -> None:
    result = taken([row("Nông Văn Thử", no=2), row(**cells)])
    assert told(result) == [(FIRST_ROW + 1, column, code)]
    assert not Household.objects.exists()


def test_totals_that_differ_need_a_reason(taken: Taken) -> None:
    trial = taken(poor=2, commit=False)
    assert trial.found is not None
    assert (trial.found.poor_households, trial.found.near_poor_households) == (1, 1)
    with pytest.raises(Invalid, match="totals of the paper"):
        taken(poor=2)
    assert not RecognitionDecision.objects.exists()
    done = taken(poor=2, reason="Một hộ chết cả, quyết định chưa sửa")
    assert done.committed
    assert AuditEvent.objects.get(pk=done.act_id).reason == "Một hộ chết cả, quyết định chưa sửa"


def test_next_years_list_ends_changes_and_keeps(taken: Taken, world: World) -> None:
    before = {"year": 2022, "decided_on": dt.date(2022, 12, 20), "number": "40/QĐ-UBND",
              "effective_from": dt.date(2023, 1, 1)}  # fmt: skip
    taken([*TWO, row("Ma Thị Thoát", no=3)], poor=2, near_poor=1, **before)
    result = taken([row(), row("Nông Văn Thử", sex="Nam", birth="1980", no=2)], poor=2, near_poor=0)
    assert (result.created, result.updated, result.unchanged) == (0, 1, 1)
    (absent,) = result.absent
    assert (absent.head_name, absent.village, absent.poverty_class) == (
        "Ma Thị Thoát", "Thôn Một", "POOR",
    )  # fmt: skip
    first, last = dt.date(2023, 1, 1), dt.date(2023, 12, 31)
    assert on_list() == [
        ("Lò Thị Mẫu", "POOR", first, None, HowIn.ADOPTED, ""),
        ("Ma Thị Thoát", "POOR", first, last, HowIn.ADOPTED, HowOut.ESCAPED),
        ("Nông Văn Thử", "NEAR_POOR", first, last, HowIn.ADOPTED, HowOut.TO_POOR),
        ("Nông Văn Thử", "POOR", JANUARY, None, HowIn.ADOPTED, ""),
    ]


def test_a_village_nobody_entered_comes_with_the_list(world: World, taken: Taken) -> None:
    result = taken([row(village="Thôn Mới, xã Thử"), row("Nông Văn Thử", village="thôn một")],
                   poor=2, near_poor=0)  # fmt: skip
    assert told(result, warnings=True) == [(FIRST_ROW, "village", "new_village")]
    names = Area.objects.filter(parent=world.commune).values_list("name", flat=True)
    assert set(names) == {"Thôn Mới", "Thôn Một"}


def test_points_and_lacks_are_kept_aside(taken: Taken) -> None:
    result = taken([[*row(), 95, "x", "0912345678"]], [*HEADINGS, "Điểm B1", "BHYT", "SĐT"],
                   near_poor=0)  # fmt: skip
    assert told(result) == []
    # No number of anybody is kept in the clear.
    assert TakenOverHousehold.objects.get().aside == {"Điểm B1": "95", "BHYT": "x"}


def test_a_fixed_number_of_statements(
    taken: Taken, django_assert_max_num_queries: Any, world: World
) -> None:
    many = [row(f"Lò Thị {one:03d}", no=one, village=f"Thôn {one % 5}") for one in range(200)]
    with django_assert_max_num_queries(150):
        result = taken(many, poor=200, near_poor=0)
    assert result.created == 200
