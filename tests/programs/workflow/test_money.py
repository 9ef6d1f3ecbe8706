"""What must hold between entries of money, on every day."""

import datetime as dt

import pytest

from programs.choices import ProgrammeKind
from programs.choices.money import MoneyStage
from programs.workflow.money import (
    PLANNED,
    Booking,
    Broken,
    Rule,
    allocated,
    booked,
    broken,
    nearest,
)

PROVINCE, DISTRICT, COMMUNE, OTHER = "1.", "1.2.", "1.2.3.", "1.2.4."
A, C, D = MoneyStage.ALLOCATED, MoneyStage.COMMITTED, MoneyStage.DISBURSED


def of(path: str, stage: MoneyStage, vnd: int, month: int = 1) -> Booking:
    return Booking(path, stage, dt.date(2024, month, 1), vnd)


def test_what_an_area_has_holds_what_it_passes_on() -> None:
    passed_on = [of(PROVINCE, A, 100), of(DISTRICT, A, 60), of(COMMUNE, A, 20), of(OTHER, A, 30)]
    assert [allocated(passed_on, path) for path in (PROVINCE, DISTRICT, COMMUNE)] == [100, 60, 20]


def test_where_nothing_is_stated_the_nearest_below_count() -> None:
    below = [of(COMMUNE, A, 20), of(OTHER, A, 30), of("1.5.", A, 7), of("1.5.6.", A, 5)]
    assert allocated(below, PROVINCE) == 57
    assert allocated(below, "1.9.") is None
    assert nearest({}, PROVINCE) is None


def test_what_is_spent_adds_up_from_below() -> None:
    spent = [of(PROVINCE, D, 1), of(COMMUNE, D, 2), of("1.22.", D, 4), of(COMMUNE, C, 9)]
    assert booked(spent, PROVINCE, D) == 7
    assert booked(spent, DISTRICT, D) == 2


@pytest.mark.parametrize(
    ("before", "new", "rule"),
    [
        ([], of(COMMUNE, A, 10), None),
        ([], of(COMMUNE, C, 1), Rule.IN_ORDER),
        ([of(COMMUNE, A, 10)], of(COMMUNE, C, 10, 2), None),
        ([of(COMMUNE, A, 10)], of(COMMUNE, C, 11, 2), Rule.IN_ORDER),
        # Allocated later than it is committed.
        ([of(COMMUNE, A, 10, 3)], of(COMMUNE, C, 10, 2), Rule.IN_ORDER),
        ([of(COMMUNE, A, 10), of(COMMUNE, C, 5)], of(COMMUNE, D, 6, 2), Rule.IN_ORDER),
        ([of(COMMUNE, A, 10), of(COMMUNE, C, 5)], of(COMMUNE, D, 5, 2), None),
        # Spent out of what the district holds; two communes share it.
        ([of(DISTRICT, A, 10), of(OTHER, C, 6)], of(COMMUNE, C, 4, 2), None),
        ([of(DISTRICT, A, 10), of(OTHER, C, 6)], of(COMMUNE, C, 5, 2), Rule.IN_ORDER),
        # Lowering what others have built on.
        ([of(COMMUNE, A, 10), of(COMMUNE, C, 8)], of(COMMUNE, A, -3, 2), Rule.IN_ORDER),
        ([of(COMMUNE, A, 10), of(COMMUNE, C, 8)], of(COMMUNE, A, -2, 2), None),
        ([of(COMMUNE, A, 10), of(COMMUNE, C, 8), of(COMMUNE, D, 8)], of(COMMUNE, C, -1, 2),
         Rule.IN_ORDER),
        ([of(DISTRICT, A, 10), of(OTHER, A, 6)], of(COMMUNE, A, 5, 2), Rule.PARTS_IN_WHOLE),
        ([of(DISTRICT, A, 10), of(OTHER, A, 6)], of(COMMUNE, A, 4, 2), None),
        ([of(DISTRICT, A, 10), of(OTHER, A, 6)], of(DISTRICT, A, -5, 2), Rule.PARTS_IN_WHOLE),
        ([of(COMMUNE, A, 10)], of(COMMUNE, A, -11, 2), Rule.NOT_NEGATIVE),
        # Fine on its day, wrong on a later one.
        ([of(COMMUNE, A, 10), of(COMMUNE, A, -8, 6)], of(COMMUNE, C, 5, 2), Rule.IN_ORDER),
    ],
)  # fmt: skip
def test_an_entry_is_refused_by_the_rule_it_breaks(
    before: list[Booking], new: Booking, rule: Rule | None
) -> None:
    found = broken(before, new)
    assert (found.rule if found else None) == rule


def test_the_refusal_says_where_when_and_how_much() -> None:
    found = broken([of(DISTRICT, A, 10), of(OTHER, C, 6)], of(COMMUNE, C, 5, 2))
    assert found == Broken(Rule.IN_ORDER, C, DISTRICT, dt.date(2024, 2, 1), 11, 10)


def test_every_kind_of_programme_can_be_planned() -> None:
    assert set(PLANNED) == set(ProgrammeKind)
    assert all(PLANNED.values())
