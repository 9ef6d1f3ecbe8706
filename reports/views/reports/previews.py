"""A report in small: the first lines of its newest edition, or the headings of its form."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from reports.contents import canonical
from reports.contents.content import CellValue, Column, Kind, Line, Sheet
from reports.definitions import ReportDefinition

_COLUMNS: Final = 4
_LINES: Final = 4


@dataclass(frozen=True)
class Preview:
    """`rows`: a name and a cell under each of `heads`; None where nothing is told. Without an
    edition, and of a list of names, rows are empty lines."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[CellValue, Kind | None], ...]], ...]
    is_drawn: bool = False


def of_edition(definition: ReportDefinition, start: bytes) -> Preview:
    """`start`: the first bytes of the stored content; names are not shown in small. No query."""
    if definition.has_names:
        return of_form(definition)
    try:
        sheet, lines = next(iter(canonical.unpack(start).sheets))
        first = _first(sheet, list(islice(lines, 3 * _LINES)))
    except (ValueError, StopIteration):  # the first line alone is longer than the start
        return of_form(definition)
    return first


def _first(sheet: Sheet, lines: list[Line]) -> Preview:
    columns = sheet.columns[:_COLUMNS]
    told = [one for one in lines if one.counted in ("", "households")][:_LINES]
    rows = tuple((one.name, tuple(_cells(one, columns))) for one in told)
    return Preview(tuple(one.path[-1] for one in columns), rows)


def _cells(line: Line, columns: tuple[Column, ...]) -> list[tuple[CellValue, Kind | None]]:
    return [(cell, one.kind) for cell, one in zip(line.cells, columns, strict=False)]


def of_form(definition: ReportDefinition) -> Preview:
    """Its headings over empty lines. No query."""
    paths = [one.path for one in definition.columns if one.path][:_COLUMNS]
    heads = tuple(path[-1] for path in paths)
    return Preview(heads, (("", ((None, None),) * len(heads)),) * _LINES, is_drawn=True)
