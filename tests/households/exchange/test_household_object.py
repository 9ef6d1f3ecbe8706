"""An object is laid out as the two files would be."""

from typing import Any

import pytest

from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS
from households.exchange.household_object import (
    household_rows,
    is_readable,
    member_rows,
    place_of,
)
from tests.factories import entry


def cells(told: dict[str, Any]) -> dict[str, str]:
    rows = household_rows(told, HOUSEHOLD_COLUMNS)
    return {c.name: cell for c, cell in zip(rows.columns, rows.rows[0], strict=True) if c}


def test_values_become_the_cells_of_a_file() -> None:
    found = cells(
        {
            "has_tv": True, "has_radio": False, "has_phone": None, "floor_area_m2": 15.5,
            "household_size": 3, "causes": ["1", 3], "village": " Nà\nPẻn ", "area": "rural",
        }
    )  # fmt: skip
    assert (found["has_tv"], found["has_radio"], found["has_phone"]) == ("Y", "N", "")
    assert (found["floor_area_m2"], found["household_size"]) == ("15.5", "3")
    assert (found["causes"], found["area"]) == ("1;3", "rural")


def test_headings_that_must_be_there_are_there() -> None:
    rows = household_rows({"Mã hộ": "A1"}, HOUSEHOLD_COLUMNS)
    assert rows.layout.is_usable
    assert "phone" not in rows.layout.names
    assert {c.name for c in HOUSEHOLD_COLUMNS if c.required} <= rows.layout.names


def test_members_are_of_the_household_unless_they_say_otherwise() -> None:
    told = entry.household(entry.head(), entry.spouse(household_id="B1"))
    rows = member_rows(told, MEMBER_COLUMNS)
    at = [column and column.name for column in rows.columns].index("household_id")
    assert [row[at] for row in rows.rows] == ["A1", "B1"]
    ((lines, first), (more, second)) = rows.pieces(1, lambda *_row: None)
    assert (lines, more) == ([2], [3])
    assert [*first, *second] == rows.rows


@pytest.mark.parametrize("value", [{"a": 1}, ["x"], True, [{}], "\udc00"])
def test_what_no_cell_can_hold_is_a_fault(value: object) -> None:
    rows = household_rows({"village": value}, HOUSEHOLD_COLUMNS)
    assert [(one.path, one.code) for one in rows.faults] == [("0.village", "wrong_kind")]


def test_places_are_those_of_the_object() -> None:
    told = {"members": [{"sex": "M"}, {"pensoin": 1}]}
    assert place_of(told, False, 2, "area") == "households.area"
    assert place_of(told, False, 2, "") == "households"
    assert place_of(told, True, 3, "sex") == "members[1].sex"
    assert place_of(told, True, 1, "pensoin") == "members[1].pensoin"


@pytest.mark.parametrize("told", [{}, {"members": {}}, {"members": [1]}, {"members": None}])
def test_without_a_list_of_objects_there_are_no_members(told: dict[str, Any]) -> None:
    assert not is_readable(told)
    assert is_readable({"members": []})
