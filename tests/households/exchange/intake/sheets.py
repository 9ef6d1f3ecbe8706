"""Workbooks and text files as offices send them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from households.exchange.intake.layout import Head, recognise
from households.exchange.intake.tables import Table, open_tables


def workbook(path: Path, rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> Table:
    """One sheet with these rows; `merged` are ranges such as "A1:C1"."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell not in ("", None):
                sheet.write(line, place, cell)
    for cells in merged:
        sheet.merge_range(cells, "")
        first = cells.split(":")[0]
        line, place = int(first[1:]) - 1, ord(first[0]) - ord("A")
        sheet.write(line, place, rows[line][place])
    book.close()
    (table,) = open_tables(path, path.name)
    return table


def text_file(path: Path, content: str, encoding: str) -> Table:
    path.write_bytes(content.encode(encoding))
    (table,) = open_tables(path, path.name)
    return table


def head_of(table: Table, role: str) -> Head:
    found = recognise(table, (role,))
    assert found is not None
    return found
