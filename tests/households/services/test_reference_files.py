"""The shipped files hold together, and a wrong line is told with its file and number."""

import datetime as dt
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from households.choices import AreaLevel, Employment, Relation, SchoolLevel
from households.errors import Invalid
from households.services import reference_files


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_no_code_has_two_units_at_a_time() -> None:
    times = defaultdict(list)
    for row in reference_files.units():
        times[row.level, row.code].append((row.valid_from, row.valid_to or dt.date.max))
    for spans in times.values():
        spans.sort()
        for (__, end), (start, __) in pairwise(spans):
            assert end < start


def test_every_commune_has_one_type_and_one_settlement_on_each_day_of_its_time() -> None:
    days = [
        dt.date(2016, 1, 1), dt.date(2020, 1, 31), dt.date(2020, 2, 1), dt.date(2023, 4, 9),
        dt.date(2023, 4, 10), dt.date(2025, 6, 30), dt.date(2025, 7, 1), dt.date(2026, 11, 1),
    ]  # fmt: skip

    def valid(row: reference_files.UnitRow | reference_files.TraitRow, day: dt.date) -> bool:
        return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)

    for day in days:
        communes = {
            row.code
            for row in reference_files.units()
            if row.level == AreaLevel.COMMUNE and valid(row, day)
        }
        for kind in ("TYPE", "SETTLEMENT"):
            stated = [
                row.code
                for row in reference_files.traits()
                if row.kind == kind and row.level == AreaLevel.COMMUNE and valid(row, day)
            ]
            assert sorted(stated) == sorted(communes), (day, kind)


def test_every_row_names_its_source() -> None:
    for rows in (
        reference_files.units(),
        reference_files.traits(),
        reference_files.changes(),
        reference_files.ethnic_groups(),
        reference_files.list_entries(),
    ):
        assert rows
        assert all(row.source for row in rows)


@pytest.mark.parametrize(
    ("list_code", "choices"),
    [("relations", Relation), ("employments", Employment), ("school_levels", SchoolLevel)],
)
def test_lists_of_closed_codes_hold_the_same_codes_in_order(
    list_code: str, choices: type[Relation] | type[Employment] | type[SchoolLevel]
) -> None:
    codes = [row.code for row in reference_files.list_entries() if row.list_code == list_code]
    assert codes == choices.values


def test_birth_registrations_are_the_63_provinces_and_a_range() -> None:
    codes = [
        row.code for row in reference_files.list_entries() if row.list_code == "birth_registrations"
    ]
    assert len([code for code in codes if len(code) == 3]) == 63
    assert {"006", "019"} <= set(codes)
    assert [code for code in codes if len(code) != 3] == ["097-999"]


@pytest.mark.parametrize(
    "line",
    [
        "COMMUNE,01834,A,058,2016-13-01,,x",
        "XA,01834,A,058,2016-01-01,,x",
        "COMMUNE,01834,A",
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    heading = "level,code,name,parent_code,valid_from,valid_to,source\n"
    folder = write(tmp_path, "areas/units.csv", heading + line + "\n")

    with pytest.raises(Invalid, match=r"units\.csv.* 2"):
        reference_files.units(folder)


def test_a_missing_heading_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, "areas/changes.csv", "kind,level\nMERGE,COMMUNE\n")

    with pytest.raises(Invalid, match="from_code"):
        reference_files.changes(folder)


def test_the_digest_follows_every_byte(tmp_path: Path) -> None:
    write(tmp_path, "areas/a.csv", "x")
    before = reference_files.digest(tmp_path)
    write(tmp_path, "lists/b.csv", "y")

    assert reference_files.digest(tmp_path) != before
