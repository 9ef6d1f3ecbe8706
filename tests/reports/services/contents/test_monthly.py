"""The ad-hoc review of a month: requests, and lists that add up from its first day to its last."""

import datetime as dt

import pytest

from households.models import ReviewRound
from reports import definitions
from reports.choices import FigureStatus
from reports.contents.content import Line
from reports.services import contents, edition_bases, editions
from reports.services.contents import Asked
from tests.reports.services.made import Reporting, reporting

pytestmark = pytest.mark.django_db


def of_month(made: Reporting, month: int) -> Asked:
    """A month of 2023 as the ad-hoc round of it."""
    found = ReviewRound.objects.create(
        province=made.world.province, kind="AD_HOC", year=2023, month=month,
        as_of=dt.date(2023, month, 15), opens_on=dt.date(2023, month, 15),
        closes_on=dt.date(2023, month, 28),
    )  # fmt: skip
    found.parts.create(standard=made.world.standard, part="CLOSING")
    return Asked(
        made.world.province, found, made.world.standard, FigureStatus.OFFICIAL,
        made.asked().cut_off_at,
    )  # fmt: skip


def read(asked: Asked) -> dict[str, dict[str, object]]:
    ((sheet, lines),) = contents.content(definitions.named("TX"), asked).sheets
    assert [column.key for column in sheet.columns]
    return {
        one.name if one.number else "": dict(
            zip((column.key for column in sheet.columns), one.cells, strict=True)
        )
        for one in _checked(list(lines))
    }


def _checked(lines: list[Line]) -> list[Line]:
    assert lines[-1].number == ""
    return lines


def test_who_died_in_the_month_left_the_list_of_his_commune() -> None:
    made = reporting()
    found = read(of_month(made, 4))
    # "dying" ended on 1 April; he was one of five poor households of A.
    own = found[made.world.a.name]
    assert (own["poor_before"], own["poor_came"], own["poor_left"], own["poor_after"]) == (
        5,
        0,
        1,
        4,
    )
    assert found[made.world.b.name]["poor_before"] == 0


def test_every_line_adds_up_and_so_do_the_units() -> None:
    made = reporting()
    for month in (3, 4, 5):
        found = read(of_month(made, month))
        for word in ("poor", "near_poor"):
            for line in found.values():
                before, came, left, after = (
                    line[f"{word}_{what}"] for what in ("before", "came", "left", "after")
                )
                assert before + came - left == after  # type: ignore[operator]
            communes = [found[one.name] for one in (made.world.a, made.world.b, made.world.c)]
            assert found[""][f"{word}_after"] == sum(
                one[f"{word}_after"]
                for one in communes  # type: ignore[misc]
            )


def test_a_commune_has_one_line() -> None:
    made = reporting()
    asked = of_month(made, 4)
    asked.area = made.world.a
    assert list(read(asked)) == [""]


def test_who_is_on_the_lists_stands_behind_them() -> None:
    """The one who died has left; sums over the households are the figures of every commune."""
    made = reporting()
    asked = of_month(made, 4)
    definition = definitions.named("TX")
    bases = edition_bases.of(definition, asked)
    ((sheet, lines),) = contents.content(definition, asked).sheets
    for line in lines:
        cells = dict(zip((column.key for column in sheet.columns), line.cells, strict=True))
        if line.level == "commune":
            assert line.key
            sums = bases[line.key].sums
            assert sums == {name: cells[name] for name in sums}
    basis = edition_bases.unpacked(bases[made.world.a.pk].content)
    at = basis.columns.index("poor_left")
    left = {pk for (pk, __), vector in basis.vectors.items() if vector[at]}
    assert left == {made.world.homes["dying"].pk}
    edition = editions.make(definition=definition, asked=asked, by=made.department)
    assert "poor_left" in editions.columns_behind(edition)
