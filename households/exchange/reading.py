"""CSV files of the exchange format, read in pieces: bytes to rows of cells, nothing judged yet.

What a file can be instead of what it says (a workbook, another encoding, another separator, the
other of the two files) is told in words, with the line where it shows.
"""

import csv
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TextIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.exchange.columns import Column
from households.exchange.headings import Layout, lay_out, repeats, share_known

_SIGNATURES: Final[tuple[tuple[bytes, str | Promise], ...]] = (
    (b"PK\x03\x04", _("This is an Excel workbook or an archive. Save the sheet as CSV UTF-8.")),
    (b"\xd0\xcf\x11\xe0", _("This is an old Excel workbook. Save the sheet as CSV UTF-8.")),
    (b"%PDF", _("This is a PDF, not a CSV file.")),
    (b"\x1f\x8b", _("This is a compressed file, not a CSV file.")),
    (b"\xff\xfe", _("The file is in UTF-16. Save it as CSV UTF-8.")),
    (b"\xfe\xff", _("The file is in UTF-16. Save it as CSV UTF-8.")),
)
_OTHER_SEPARATORS: Final = (";", "\t", "|")
#: A heading row with less known headings than this is another kind of file.
_LEAST_SHARE: Final = 0.3
_LONGEST_CELL: Final = 100_000

#: Called with (line, cells found, cells expected) for a row that is passed over.
OnRagged = Callable[[int, int, int], None]
#: Rows in pieces: (line numbers, cells).
Pieces = Generator[tuple[list[int], list[list[str]]], None, None]


class Rows(Protocol):
    """Rows under headings that are understood, wherever they come from."""

    @property
    def layout(self) -> Layout: ...

    @property
    def columns(self) -> list[Column | None]: ...

    def pieces(self, size: int, on_ragged: OnRagged) -> Pieces: ...


class UnreadableFile(Exception):
    """A file, or the rest of it, cannot be read; `line` is where it shows (heading = 1)."""

    def __init__(self, line: int, code: str, reason: str | Promise, column: str = "") -> None:
        super().__init__(code)
        self.line = line
        self.code = code
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file whose headings are understood."""

    path: Path
    layout: Layout
    heading_rows: int

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def columns(self) -> list[Column | None]:
        return self.layout.columns

    def pieces(self, size: int, on_ragged: OnRagged) -> Pieces:
        return rows_in_pieces(self, size, on_ragged)


def open_sheet(path: Path, columns: Sequence[Column], other: Sequence[Column]) -> Sheet:
    """Look at the head of a file and match its headings to `columns`.

    `other` are the columns of the other file, to notice that the two were swapped. Raises
    UnreadableFile where the file is of another kind; problems of single headings are in the
    layout.
    """
    _refuse_other_formats(path)
    with _opened(path) as stream:
        reader = csv.reader(stream, strict=True)
        above, headings = _first_filled(reader)
        second = next(reader, [])
    _refuse_other_content(headings, columns, other)
    layout = lay_out(headings, columns)
    has_two = len(second) >= len(headings) and repeats(second[: len(headings)], layout, columns)
    return Sheet(path, layout, above + (2 if has_two else 1))


def rows_in_pieces(sheet: Sheet, size: int, on_ragged: OnRagged) -> Pieces:
    """The rows below the headings, `size` at a time: (line numbers, cells).

    Lines are those of the file where each row begins. Blank lines are skipped; empty cells after
    the last heading are cut off. Raises UnreadableFile where reading has to stop.
    """
    width = len(sheet.columns)
    lines: list[int] = []
    rows: list[list[str]] = []
    with _opened(sheet.path) as stream:
        reader = csv.reader(stream, strict=True)
        for _heading in range(sheet.heading_rows):
            next(reader)
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != width:
                cells = _fitted(cells, width)
            if cells and len(cells) != width:
                on_ragged(line, len(cells), width)
            elif cells:
                lines.append(line)
                rows.append(cells)
                if len(rows) >= size:
                    yield lines, rows
                    lines, rows = [], []
            line = reader.line_num + 1
    if rows:
        yield lines, rows


def _fitted(cells: list[str], width: int) -> list[str]:
    """Cells of a blank line as none, without empty ones past the last heading."""
    if not any(cell.strip() for cell in cells):
        return []
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width]
    return cells


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """The file as text; what goes wrong while it is read comes out as UnreadableFile."""
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        try:
            yield stream
        except UnicodeDecodeError:
            line = _first_line_not_utf8(path)
            raise UnreadableFile(
                line, "wrong_encoding", _("The file is not UTF-8. Save it as CSV UTF-8.")
            ) from None
        except csv.Error:
            raise UnreadableFile(
                _line_of_stray_quote(path),
                "malformed_row",
                _("The quotation marks of this row do not match; reading stopped here."),
            ) from None


def _line_of_stray_quote(path: Path) -> int:
    """The line where the row begins that the CSV reader could not read."""
    line = 1
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        try:
            for _cells in reader:
                line = reader.line_num + 1
        except csv.Error:
            return line
    return line


def _first_line_not_utf8(path: Path) -> int:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1


def _refuse_other_formats(path: Path) -> None:
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip():
        raise UnreadableFile(1, "empty_file", _("The file is empty."))
    for signature, reason in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableFile(1, "not_csv", reason)
    if b"\x00" in head:
        raise UnreadableFile(1, "not_csv", _("This is not a text file."))


def _refuse_other_content(
    headings: Sequence[str], columns: Iterable[Column], other: Iterable[Column]
) -> None:
    columns, other = tuple(columns), tuple(other)
    known = share_known(headings, columns)
    if known >= _LEAST_SHARE and known >= share_known(headings, other):
        return
    if share_known(headings, other) > known:
        raise UnreadableFile(
            1, "files_swapped", _("This is the other of the two files: they seem to be swapped.")
        )
    for separator in _OTHER_SEPARATORS:
        if share_known(separator.join(headings).split(separator), columns) >= _LEAST_SHARE:
            raise UnreadableFile(
                1,
                "wrong_separator",
                _("The cells are not separated by commas. Save the file as CSV with commas."),
            )
    raise UnreadableFile(
        1, "not_the_format", _("The first row does not hold the headings of the exchange format.")
    )


def _first_filled(reader: Iterable[list[str]]) -> tuple[int, list[str]]:
    """How many blank lines stand above the headings, and the headings."""
    for above, cells in enumerate(reader):
        if headings := _without_empty_tail(cells):
            return above, headings
    return 0, []


def _without_empty_tail(headings: list[str]) -> list[str]:
    while headings and not headings[-1].strip():
        headings = headings[:-1]
    return headings
