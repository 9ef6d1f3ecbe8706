"""A round's forms as files that the import reads again: one workbook, or two CSV files."""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from households.exchange import review_rows, sheets
from households.exchange.columns import Column, Kind
from households.exchange.review_rows import Row, Scope
from households.exchange.sheets import Cell, Head, Part

#: Members that one sheet of a workbook takes, under its two rows of headings.
MOST_IN_WORKBOOK: Final = sheets.MOST_ROWS - 2
_YES_NO: Final = ("Y", "N")
_NUMBERS: Final = {
    Kind.INTEGER: Cell.WHOLE,
    Kind.MONEY_VND: Cell.WHOLE,
    Kind.AREA_M2: Cell.DECIMAL,
}
#: A year is no amount.
_PLAIN: Final = frozenset({"review_year"})


#: What rows pass through on their way into a file.
Watched = Callable[[Iterable[Row]], Iterator[Row]]


def write_workbook(
    path: Path, scope: Scope, *, with_numbers: bool, watched: Watched = iter
) -> None:
    """Sheets "households" and "members", each with the headings of the format and in Vietnamese,
    and the allowed values in the cells."""
    with review_rows.one_moment():
        write_sheets(
            path,
            review_rows.household_columns(scope),
            watched(review_rows.household_rows(scope)),
            review_rows.member_columns(with_numbers=with_numbers),
            watched(review_rows.member_rows(scope, with_numbers=with_numbers)),
        )


def write_sheets(
    path: Path,
    household_columns: Sequence[Column],
    households: Iterable[Row],
    member_columns: Sequence[Column],
    members: Iterable[Row],
) -> None:
    """The two sheets of a workbook as the import reads them."""
    parts = [
        _part("households", household_columns, households),
        _part("members", member_columns, members),
    ]
    sheets.write_xlsx(path, parts)


def write_csv(
    scope: Scope, *, with_numbers: bool, households_path: Path, members_path: Path
) -> None:
    """Both files in UTF-8, cells between commas."""
    with review_rows.one_moment():
        for path, lines in _files(scope, with_numbers, (households_path, members_path)):
            with path.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(lines)


def write_zip(path: Path, scope: Scope, *, with_numbers: bool, watched: Watched = iter) -> None:
    """households.csv and members.csv in one file, with the mark by which Excel knows UTF-8."""
    names = (Path("households.csv"), Path("members.csv"))
    with review_rows.one_moment(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, lines in _files(scope, with_numbers, names, watched):
            with packed.open(str(name), "w", force_zip64=True) as stream:
                stream.write("\ufeff".encode())
                for line in lines:
                    stream.write(line.encode())


def _files(
    scope: Scope, with_numbers: bool, paths: tuple[Path, Path], watched: Watched = iter
) -> Iterator[tuple[Path, Iterator[str]]]:
    households = watched(review_rows.household_rows(scope))
    yield paths[0], _lines(review_rows.household_columns(scope), households)
    columns = review_rows.member_columns(with_numbers=with_numbers)
    members = watched(review_rows.member_rows(scope, with_numbers=with_numbers))
    yield paths[1], _lines(columns, members)


def _lines(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    return sheets.csv_lines([column.name for column in columns], rows, separator=",")


def _part(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> Part:
    heads = [_head(column) for column in columns]
    return Part(name, heads, rows, second=[column.heading_vi for column in columns])


def _head(column: Column) -> Head:
    width = max(12, min(28, len(column.name) + 2))
    cell = Cell.TEXT if column.name in _PLAIN else _NUMBERS.get(column.kind, Cell.TEXT)
    allowed = _YES_NO if column.kind is Kind.YES_NO else column.codes
    return Head(column.name, cell, width, allowed)
