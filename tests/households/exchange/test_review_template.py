"""The workbook to fill in: what it offers is what the import reads."""

import io
import zipfile
from pathlib import Path

import python_calamine

from households.exchange import review_template
from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS
from households.exchange.intake.layout import FORMAT, ROLES
from households.exchange.intake.pair import pair, tables_of


def test_both_sheets_have_every_column_under_both_headings(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(review_template.workbook())
    book = python_calamine.load_workbook(str(path))
    for name, columns in (("households", HOUSEHOLD_COLUMNS), ("members", MEMBER_COLUMNS)):
        names, words = book.get_sheet_by_name(name).to_python()[:2]
        assert names == [one.name for one in columns]
        assert words == [one.heading_vi for one in columns]
    found = pair(tables_of([(path, path.name)]))
    for role in ROLES:
        columns = FORMAT[role]
        head = found[role].head
        assert (head.first_line, head.body_line) == (1, 3)
        assert head.columns == [one.name for one in columns]


def test_cells_with_a_closed_set_offer_it() -> None:
    with zipfile.ZipFile(io.BytesIO(review_template.workbook())) as packed:
        sheet = packed.read("xl/worksheets/sheet2.xml").decode()
    assert "<formula1>&quot;M,F&quot;</formula1>" in sheet or '<formula1>"M,F"</formula1>' in sheet
