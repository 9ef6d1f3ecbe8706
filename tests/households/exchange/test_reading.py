"""A file that is not what it says is told as what it is, with the line where it shows."""

from pathlib import Path

import pytest

from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS
from households.exchange.reading import Sheet, UnreadableFile, open_sheet, rows_in_pieces
from tests.factories import exchange_files as files

HEADING = ",".join(files.member())
ROW = ",".join(files.member().values())


def opened(path: Path, text: str | bytes) -> Sheet:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_sheet(path, MEMBER_COLUMNS, HOUSEHOLD_COLUMNS)


def lines_read(sheet: Sheet, size: int = 100) -> list[int]:
    return [
        line for lines, _rows in rows_in_pieces(sheet, size, lambda *_row: None) for line in lines
    ]


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (b"", 1, "empty_file"),
        (b"PK\x03\x04rest of a workbook", 1, "not_csv"),
        (b"\xd0\xcf\x11\xe0old workbook", 1, "not_csv"),
        (b"%PDF-1.7", 1, "not_csv"),
        (("\ufeff" + HEADING).encode("utf-16-le"), 1, "not_csv"),
        (HEADING.replace(",", ";"), 1, "wrong_separator"),
        (HEADING.replace(",", "\t"), 1, "wrong_separator"),
        (",".join(files.household()), 1, "files_swapped"),
        ("a,b,c\n1,2,3", 1, "not_the_format"),
    ],
)
def test_another_kind_of_file(tmp_path: Path, content: str | bytes, line: int, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        opened(tmp_path / "members.csv", content)

    assert (refusal.value.line, refusal.value.code) == (line, code)
    assert str(refusal.value.reason)


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (f"{HEADING}\n{ROW}\n{ROW}\n".encode() + "Nông".encode("cp1258"), 4, "wrong_encoding"),
        (f'{HEADING}\n{ROW}\n"a"b,{ROW}\n{ROW}', 3, "malformed_row"),
        (f'{HEADING}\n{ROW}\n"never closed,{ROW}\n{ROW}', 3, "malformed_row"),
    ],
)
def test_a_file_that_cannot_be_read_to_its_end(
    tmp_path: Path, content: str | bytes, line: int, code: str
) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        lines_read(opened(tmp_path / "members.csv", content))

    assert (refusal.value.line, refusal.value.code) == (line, code)


def test_rows_are_numbered_as_an_editor_shows_them(tmp_path: Path) -> None:
    two_lines = ROW.replace("Nông Văn Thử", '"Nông Văn\nThử"')
    sheet = opened(
        tmp_path / "members.csv", f"\ufeff{HEADING}\r\n{two_lines}\r\n\r\n{ROW}\r\n,,,\n{ROW}"
    )

    assert lines_read(sheet) == [2, 5, 7]
    assert lines_read(sheet, size=1) == [2, 5, 7]


def test_rows_of_another_width_are_reported(tmp_path: Path) -> None:
    sheet = opened(tmp_path / "members.csv", f"{HEADING}\n{ROW},,\n{ROW},more\nfew,cells\n{ROW}")
    ragged: list[tuple[int, int, int]] = []

    pieces = rows_in_pieces(sheet, 10, lambda *row: ragged.append(row))

    assert [line for lines, _rows in pieces for line in lines] == [2, 5]
    assert ragged == [(3, 22, 21), (4, 2, 21)]


def test_vietnamese_headings_and_both_rows_of_the_template(tmp_path: Path) -> None:
    by_name = {column.name: column for column in MEMBER_COLUMNS}
    vietnamese = ",".join(by_name[name].heading_vi for name in files.member())

    alone = opened(tmp_path / "a.csv", f"{vietnamese.upper()}\n{ROW}")
    both = opened(tmp_path / "b.csv", f"{vietnamese}\n{HEADING}\n{ROW}")

    assert alone.layout.problems == []
    assert [column.name for column in alone.columns if column] == list(files.member())
    assert lines_read(alone) == [2]
    assert (both.heading_rows, lines_read(both)) == (2, [3])
