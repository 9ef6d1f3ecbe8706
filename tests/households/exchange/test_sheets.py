"""Sheets as they leave: styled, whole, as text where text is meant, and nothing that runs."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import python_calamine

from households.exchange import sheets
from households.exchange.sheets import Cell, Head, Part

HEADS = [
    Head("Mã", width=20),
    Head("Khẩu", Cell.WHOLE),
    Head("Diện tích", Cell.DECIMAL),
    Head("Ngày", Cell.DAY),
    Head("Có", allowed=("Y", "N")),
]
ROW = ("00123", 4, Decimal("7.999"), dt.date(2024, 10, 15), "Y")


def cells(path: Path, at: int = 0) -> list[list[object]]:
    return python_calamine.load_workbook(str(path)).get_sheet_by_index(at).to_python()


def xml(path: Path, name: str = "worksheets/sheet1") -> str:
    with zipfile.ZipFile(path) as packed:
        return packed.read(f"xl/{name}.xml").decode()


def test_values_are_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheets.write_xlsx(path, [Part("Hộ", HEADS, [ROW, ("=1+1", None, None, None, "")])])
    heads, first, second = cells(path)
    assert heads == [head.words for head in HEADS]
    assert first == ["00123", 4.0, 7.999, dt.date(2024, 10, 15), "Y"]
    assert second[0] == "=1+1"
    assert "<f>" not in xml(path)


def test_it_looks_like_a_list(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheets.write_xlsx(path, [Part("Hộ", HEADS, [ROW])])
    sheet = xml(path)
    assert '<pane xSplit="1" ySplit="1" topLeftCell="B2"' in sheet
    assert '<autoFilter ref="A1:E2"/>' in sheet
    assert re.search(r'<col min="1" max="1" width="20\.', sheet)
    assert re.search(r'type="list"[^>]*sqref="E2"><formula1>"Y,N"</formula1>', sheet)
    assert 'numberStoredAsText="1"' in sheet
    styles = xml(path, "styles")
    assert "<b/>" in styles
    assert 'formatCode="dd/mm/yyyy"' in styles
    assert 'formatCode="@"' in styles


def test_a_line_above_and_a_second_row_of_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    second = ["mã", "khẩu", "m2", "ngày", "có"]
    sheets.write_xlsx(path, [Part("Hộ", HEADS, [ROW], second=second, top="Dùng cho: họp")])
    rows = cells(path)
    assert [rows[0][0], rows[2], rows[3][0]] == ["Dùng cho: họp", second, "00123"]
    assert 'ySplit="3"' in xml(path)
    assert "<autoFilter" not in xml(path)


def test_without_rows_the_headings_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheets.write_xlsx(path, [Part("Hộ", HEADS, [])])
    assert cells(path)[0][0] == "Mã"


def test_what_one_sheet_cannot_take_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    path = tmp_path / "a.xlsx"
    rows = [(str(number),) for number in range(5)]
    sheets.write_xlsx(path, [Part("Hộ: [2024]", [Head("Mã")], rows, count=5)])
    kept = [row[0] for at in range(3) for row in cells(path, at)[1:]]
    assert kept == ["0", "1", "2", "3", "4"]


def test_what_breaks_while_rows_come_is_told(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[str]]:
        yield ("1",)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        sheets.write_xlsx(tmp_path / "a.xlsx", [Part("Hộ", [Head("Mã")], rows())])


def test_csv_runs_no_formula() -> None:
    rows = [("=1+1", 2), ("@x", None), ("-5", dt.date(2024, 1, 2))]
    lines = list(sheets.csv_lines(["a", "b"], rows))
    assert lines == ["a;b\r\n", "'=1+1;2\r\n", "'@x;\r\n", "'-5;02/01/2024\r\n"]
