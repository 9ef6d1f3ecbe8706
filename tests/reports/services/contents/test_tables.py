"""Tables as reports: the units in the order of the frame, with the figures of the same table."""

import dataclasses
import datetime as dt

import pytest

from households.errors import DomainError
from households.models import AreaGroup
from reports import definitions
from reports.choices import FigureLevel, FigureStatus
from reports.contents.content import Line
from reports.queries import tables
from reports.queries.rows import rounded
from reports.services import contents
from reports.services.contents import Asked
from tests.reports.services.made import Reporting, reporting

pytestmark = pytest.mark.django_db


def lines(report: str, asked: Asked) -> list[Line]:
    ((__, found),) = contents.content(definitions.named(report), asked).sheets
    return list(found)


def numbered(found: list[Line]) -> list[tuple[str, str, str]]:
    return [(one.level, one.number, one.code) for one in found]


def test_districts_stand_over_their_communes_and_the_province_last() -> None:
    made = reporting()
    found = lines("T1", made.asked())
    assert numbered(found) == [
        ("district", "1", "063"), ("commune", "1.1", "02008"), ("commune", "1.2", "02011"),
        ("district", "2", "064"), ("commune", "2.1", "02143"), ("province", "", "06"),
    ]  # fmt: skip


def test_a_unit_with_two_lines_has_its_number_once() -> None:
    made = reporting()
    found = lines("T2", made.asked(made.world.near))
    assert [(one.number, one.counted) for one in found] == [
        ("1", "households"), ("", "persons"), ("2", "households"), ("", "persons"),
        ("", "households"), ("", "persons"),
    ]  # fmt: skip


def test_every_cell_is_the_figure_of_its_table() -> None:
    made = reporting()
    asked = made.asked()
    for report in (f"T{number}" for number in range(1, 14)):
        ((sheet, found),) = contents.content(definitions.named(report), asked).sheets
        for level in (FigureLevel.PROVINCE, FigureLevel.DISTRICT, FigureLevel.COMMUNE):
            question = asked.at(level)
            assert question
            for row in tables.table(report, question).rows:
                counted = row.counted.value if row.counted else ""
                (line,) = [
                    one for one in found if one.key == row.unit.key and one.counted == counted
                ]
                shown = [rounded(row.figures[column.key]) for column in sheet.columns]
                assert [None if c is None else str(c) for c in line.cells] == [
                    None if c is None else str(c) for c in shown
                ]
                missing = {c.key for c, cell in zip(sheet.columns, line.cells, strict=True)
                           if cell is None}  # fmt: skip
                assert set(line.reasons) == missing


def test_a_commune_is_told_by_its_villages() -> None:
    made = reporting()
    found = lines("T1", made.asked(made.world.a))
    assert [one.level for one in found] == ["village", "village", "commune"]


def test_communes_stand_under_groups_where_the_department_asks_and_others_after_them() -> None:
    made = reporting()
    group = AreaGroup.objects.create(name="Vùng cao", province=made.world.province)
    group.communes.add(made.world.c)
    asked = made.asked()
    asked.by_groups = True
    assert numbered(lines("T1", asked)) == [
        ("group", "1", ""), ("commune", "1.1", "02143"), ("commune", "2", "02008"),
        ("commune", "3", "02011"), ("province", "", "06"),
    ]  # fmt: skip


def test_communes_that_have_not_decided_are_named_and_nothing_official_is_made_of_none() -> None:
    made = reporting(decide_last=False)
    made.world.decide(2023, made.world.a)
    head = contents.content(definitions.named("T1"), made.asked()).head
    assert set(head.missing) == {made.world.b.name, made.world.c.name}
    assert head.status == "official"
    with pytest.raises(DomainError):
        contents.content(definitions.named("T1"), made.asked(made.world.c))
    preliminary = made.asked(made.world.c, FigureStatus.PRELIMINARY)
    assert contents.content(definitions.named("T1"), preliminary).head.missing == ()


def test_the_head_says_what_it_is_of() -> None:
    made: Reporting = reporting()
    asked = made.asked(made.world.a)
    head = contents.content(definitions.named("T3"), asked).head
    assert (head.report, head.area_code, head.round) == ("T3", "02008", "2023")
    assert head.issuer[0] == "ỦY BAN NHÂN DÂN"
    # The clock of the country, as it is printed.
    assert head.cut_off_at.endswith("+07:00")
    assert dt.datetime.fromisoformat(head.cut_off_at) == asked.cut_off_at
    assert "2023" in head.title
    assert head.broken == ()


def test_a_table_that_has_nothing_to_compare_with_says_why_its_columns_are_empty() -> None:
    """The first round has no closing before it: on paper nothing else would say so."""
    made = reporting()
    made.world.decide(2021, made.world.b, made.world.c)
    asked = dataclasses.replace(made.asked(), round=made.world.rounds[2021])
    ((sheet, found),) = contents.content(definitions.named("T2"), asked).sheets
    whole = next(one for one in found if one.level == "province")
    empty = [
        column.number.partition("=")[0]
        for column, cell in zip(sheet.columns, whole.cells, strict=True)
        if cell is None
    ]
    assert len(empty) > 5
    (note,) = (one for one in sheet.notes if "để trống" in one)
    assert note.startswith(f"Cột {', '.join(empty)} để trống: ")
    assert note.split(": ")[1] in set(whole.reasons.values())
    ((sheet, __),) = contents.content(definitions.named("T2"), made.asked()).sheets
    # Nobody said that the lists of years before are whole: who fell back is not told apart.
    (note,) = (one for one in sheet.notes if "để trống" in one)
    assert note.startswith("Cột 6, 7 để trống: ")
