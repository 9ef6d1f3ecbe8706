"""Two editions: the cells that differ, and who made the difference."""

from dataclasses import replace
from typing import Any

import pytest

from households.errors import DomainError
from households.models import Area, SurveyMember
from reports.choices import FigureStatus
from reports.contents import canonical
from reports.contents.content import Column, Content, Line, Sheet
from reports.contents.identity import LineKey
from reports.models import Edition
from reports.services import comparing
from reports.services.comparing import Place
from tests.factories import report_contents
from tests.reports.services.made import Reporting, reporting
from tests.reports.services.test_editions import correct

pytestmark = pytest.mark.django_db


def pair(report: str, **more: Any) -> tuple[Reporting, Edition, Edition]:
    made = reporting(decide_last=False)
    first = made.made(report, status=FigureStatus.PRELIMINARY, **more)
    correct(made)
    return made, first, made.made(report, status=FigureStatus.PRELIMINARY, **more)


def at(unit: Area, column: str, counted: str = "", sheet: int = 0) -> Place:
    return Place(LineKey(sheet, unit.level.lower(), unit.pk, counted), column)


def test_the_cells_of_every_level_that_differ_are_found() -> None:
    made, first, second = pair("T1")
    found = comparing.compare(first, second).cells
    poor = {line.key for line, column in found if column == "poor_households"}
    assert poor == {made.world.a.pk, made.world.near.pk, made.world.province.pk}
    change = found[at(made.world.a, "poor_households")]
    assert change.difference == 1
    assert comparing.compare(first, first).is_same


def test_who_made_the_difference_is_told_at_every_level() -> None:
    made, first, second = pair("T2")
    new_home = made.world.homes["new_home"].pk
    for unit in (made.world.a, made.world.near, made.world.province):
        (found,) = comparing.households(first, second, at(unit, "new_entry", "households"))
        assert (found.household_id, found.before, found.after) == (new_home, 0, 1)
    assert not comparing.households(first, second, at(made.world.b, "new_entry", "households"))


def test_a_rate_is_explained_by_the_households_it_counts() -> None:
    made, first, second = pair("T5")
    (found,) = comparing.households(first, second, at(made.world.a, "toilet"))
    assert found.household_id == made.world.homes["new_home"].pk


def test_a_village_is_explained_by_its_own_households() -> None:
    made = reporting(decide_last=False)
    first = made.made("T1", made.world.a, status=FigureStatus.PRELIMINARY)
    correct(made)
    second = made.made("T1", made.world.a, status=FigureStatus.PRELIMINARY)
    assert comparing.households(first, second, at(made.world.a1, "poor_households"))
    assert not comparing.households(first, second, at(made.world.a2, "poor_households"))


def test_editions_of_other_reports_are_not_compared() -> None:
    made = reporting()
    with pytest.raises(DomainError):
        comparing.compare(made.made("T1"), made.made("T2"))


def test_a_household_that_came_into_a_list_is_one_line_and_nothing_else_differs() -> None:
    made, first, second = pair("T15")
    found = comparing.compare(first, second)
    (new,) = (one for one in found.added if one.level == "household")
    assert new.key == made.world.homes["new_home"].pk
    assert (found.lines_added, found.lines_gone) == (1, [])
    # Those below it have another number now, which is no difference; the sum has.
    assert {line.level for line, __ in found.cells} == {"province"}
    back = comparing.compare(second, first)
    assert [one.key for one in back.lines_gone] == [new.key]
    assert not back.added


def test_a_member_whose_name_was_mended_is_the_same_and_one_who_left_is_gone() -> None:
    made = reporting(decide_last=False)
    first = made.made("T15", status=FigureStatus.PRELIMINARY)
    stayer = made.world.homes["stayer"].pk
    members = SurveyMember.objects.filter(survey__household=stayer, survey__round__year=2023)
    members.filter(relation="spouse").update(full_name="Nông Thị Sửa")
    second = made.made("T15", status=FigureStatus.PRELIMINARY)
    found = comparing.compare(first, second)
    ((place, change),) = found.cells.items()
    assert (place.line.key, place.column) == (stayer, "name")
    assert (change.before, change.after) == ("Nông Thị Thử", "Nông Thị Sửa")
    assert not found.added
    assert not found.gone
    members.filter(relation="spouse").delete()
    third = comparing.compare(second, made.made("T15", status=FigureStatus.PRELIMINARY))
    assert [one.is_of.level for one in third.lines_gone] == ["member"]


def test_the_units_of_the_report_in_words_are_explained_by_their_households() -> None:
    made, first, second = pair("BC")
    place = at(made.world.a, "poor_households")
    assert comparing.compare(first, second).cells[place].difference == 1
    (found,) = comparing.households(first, second, place)
    assert found.household_id == made.world.homes["new_home"].pk


def programmes(number: int, entries: list[Line], amount_vnd: int) -> Edition:
    """An edition with entries, and a unit on a sheet of its own."""
    unit = Line("commune", "1", "02008", "Xã", (amount_vnd,), 5)
    content = Content(
        report_contents.head(),
        [
            (Sheet("Kết quả", (Column("number", ()), Column("percent", ())), ("STT",)), entries),
            (Sheet("Địa bàn", (Column("amount_vnd", ()),), ("STT",)), [unit]),
        ],
    )  # fmt: skip
    return Edition(report="CT", number=number, content=canonical.pack(content).content)


def test_entries_are_held_against_those_of_the_same_name() -> None:
    """Programmes that moved up or down in their list."""
    loans, cards = Line("entry", "1", "", "Vay vốn", (3, 9)), Line("entry", "2", "", "Thẻ", (1, 2))
    first = programmes(1, [loans, cards], 10)
    higher = replace(cards, number="1"), replace(loans, number="2", cells=(4, 9))
    other = Line("entry", "3", "", "Nhà ở", (2, 2))
    found = comparing.compare(first, programmes(2, [*higher, other], 12))
    told = {(p.line.sheet, p.line.name, p.column): c.difference for p, c in found.cells.items()}
    assert told == {(0, "Vay vốn", "number"): 1, (1, "", "amount_vnd"): 2}
    assert [one.name for one in found.added] == ["Nhà ở"]
    assert not found.gone
