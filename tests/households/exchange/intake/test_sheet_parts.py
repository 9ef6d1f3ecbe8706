"""Formulas without a result, errors, and cells in the last corner."""

import zipfile
from pathlib import Path

import pytest

from households.errors import Invalid
from households.exchange.intake import sheet_parts
from households.exchange.intake.tables import open_tables
from tests.factories import lying_files


def kept(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_errors_and_formulas_without_a_result_stand_in_their_cells(tmp_path: Path) -> None:
    rows = (
        b'<row r="3"><c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B3"><f>A1&amp;A2</f><v></v>'
        b'</c><c r="C3"><f>1+1</f><v>2</v></c><c r="D3" t="e"><v>#REF!</v></c>'
        b'<c r="E3"><f>SUM(1)</f></c></row>'
    )
    table, __ = open_tables(kept(tmp_path / "a.xlsx", lying_files.with_rows(rows)), "a.xlsx")
    assert list(table.rows())[2] == (3, ["#DIV/0!", "=A1&A2", 2.0, "#REF!", "=SUM(1)"])


@pytest.mark.parametrize("content", [lying_files.far_cell, lying_files.far_cells])
def test_a_cell_in_the_last_corner_is_refused_before_it_is_read(
    tmp_path: Path, content: object
) -> None:
    path = kept(tmp_path / "a.xlsx", content())  # type: ignore[operator]
    with zipfile.ZipFile(path) as packed, pytest.raises(Invalid, match="Hộ"):
        sheet_parts.faults_by_sheet(packed, "a.xlsx")


def test_formats_that_reach_the_last_corner_do_no_harm(tmp_path: Path) -> None:
    path = kept(tmp_path / "a.xlsx", lying_files.styled_far_cell())
    table, __ = open_tables(path, "a.xlsx")
    assert len(list(table.rows())) == 2


def test_two_hundred_thousand_full_rows_are_no_lie(tmp_path: Path) -> None:
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (at, at) for at in range(3, 200_010)
    )
    table, __ = open_tables(kept(tmp_path / "a.xlsx", lying_files.with_rows(rows)), "a.xlsx")
    assert sum(1 for __ in table.rows()) == 200_009
