"""A CSV that is written while it is read: a heading, then a line a row."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reports.exchange.aggregates import records
from reports.exchange.figure_tables import safe_cell
from reports.queries.aggregates import Part


class _Line:
    """What csv writes to: gives each line on as it is."""

    def write(self, line: str) -> str:
        return line


def lines(parts: Sequence[Part]) -> Iterator[str]:
    """UTF-8 text with commas; a part is read when its first line is wanted."""
    heads, names = records.heads(parts), records.columns(parts)
    return written([*heads, *names, "reasons"], _cells(parts, heads, names))


def written(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Cells that a spreadsheet would run are made harmless."""
    write: Any = csv.writer(_Line(), lineterminator="\r\n").writerow
    yield write(head)
    for row in rows:
        yield write([safe_cell(cell) if not _is_number(cell) else cell for cell in row])


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit()


def _cells(
    parts: Sequence[Part], heads: Sequence[str], names: Sequence[str]
) -> Iterator[list[str]]:
    for part in parts:
        yield from records.flat(records.records(part), heads, names)
