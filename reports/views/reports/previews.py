"""A report in small: the first lines of its newest edition, or the headings of its form."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from reports.contents import canonical
from reports.contents.content import Line, Sheet
from reports.contents.frame import is_numeric, printed
from reports.definitions import ReportDefinition

_COLUMNS: Final = 3
_LINES: Final = 4


@dataclass(frozen=True)
class Preview:
    """`rows`: a name, and under each of `heads` what is printed there and whether it is a number.
    Without an edition, and of a list of names, rows are empty lines."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    is_drawn: bool = False


def of_edition(definition: ReportDefinition, start: bytes) -> Preview:
    """`start`: the first bytes of the stored content; names are not shown in small. No query."""
    if definition.has_names:
        return of_form(definition)
    try:
        sheet, lines = next(iter(canonical.unpack(start).sheets))
        return _first(sheet, list(islice(lines, 3 * _LINES)))
    except (ValueError, StopIteration):  # the first line alone is longer than the start
        return of_form(definition)


def _first(sheet: Sheet, lines: list[Line]) -> Preview:
    columns = sheet.columns[:_COLUMNS]
    told = [one for one in lines if one.counted in ("", "households")][:_LINES]
    rows = tuple(
        (
            one.name,
            tuple(
                (printed(cell, column, one.reasons), is_numeric(column))
                for cell, column in zip(one.cells, columns, strict=False)
            ),
        )
        for one in told
    )
    return Preview(tuple(one.path[-1] for one in columns), rows)


def of_form(definition: ReportDefinition) -> Preview:
    """Its headings over empty lines. No query."""
    paths = [one.path for one in definition.columns if one.path][:_COLUMNS]
    heads = tuple(path[-1] for path in paths)
    return Preview(heads, (("", (("", False),) * len(heads)),) * _LINES, is_drawn=True)
