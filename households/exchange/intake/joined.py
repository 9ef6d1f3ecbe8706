"""Sheets of one workbook that are parts of one table: a sheet for each village, or one of the poor
and one of the near-poor households. Only where the sheets' names say so: sheets of two years have
the same headings too, and are never added up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from households.exchange.intake.body import begins, class_told
from households.exchange.intake.layout import LIST, Head, recognise
from households.exchange.intake.tables import Row, Table

#: Between the lines of two sheets.
_APART: Final = 1


@dataclass(frozen=True)
class Part:
    """A sheet within a joined table: its line n is the table's line `offset` + n."""

    table: Table
    head: Head
    offset: int


@dataclass(frozen=True)
class JoinedTable(Table):
    """Reads as one sheet. What stands on top of the second and later parts is left out; before
    each part stands its name, as a band of the village or class."""

    parts: tuple[Part, ...] = ()

    @property
    def is_plain_csv(self) -> bool:
        return False

    def rows(self) -> Iterator[Row]:
        for number, part in enumerate(self.parts):
            is_told = False
            for line, cells in part.table.rows():
                if line < part.head.body_line:
                    if number == 0:
                        yield line, cells
                    continue
                if not is_told:
                    is_told = True
                    yield part.offset + line, [part.table.name]
                yield part.offset + line, cells


def joined(tables: Sequence[Table], roles: Sequence[str]) -> list[Table]:
    """The tables, with those put together that are parts of one. Reads their first rows, and of
    parts the number of their rows."""
    groups: dict[tuple[str, str], list[tuple[Table, Head]]] = {}
    for table in tables:
        head = recognise(table, roles) if table.name else None
        if head is not None:
            groups.setdefault((table.file, head.signature), []).append((table, head))
    made = {id(one[0][0]): _one_of(one) for one in groups.values() if _are_parts(one)}
    inside = {id(part.table) for one in made.values() for part in one.parts}
    return [made.get(id(table), table) for table in tables
            if id(table) in made or id(table) not in inside]  # fmt: skip


def _are_parts(found: Sequence[tuple[Table, Head]]) -> bool:
    """Each says by its name which village it is of, or each which class."""
    names = [table.name for table, __ in found]
    if len(found) < 2:
        return False
    if all(begins(name, "villages") for name in names):
        return True
    return found[0][1].role == LIST and len({class_told(name) for name in names} - {""}) == len(
        names
    )


def _one_of(found: Sequence[tuple[Table, Head]]) -> JoinedTable:
    parts: list[Part] = []
    last = 0
    for table, head in found:
        offset = last + _APART if parts else 0
        parts.append(Part(table, head, offset))
        last = offset + sum(1 for __ in table.rows())
    first = found[0][0]
    merged = tuple(
        ((top + part.offset, left), (bottom + part.offset, right))
        for part in parts
        for (top, left), (bottom, right) in part.table.merged
    )
    return JoinedTable(
        first.file,
        ", ".join(part.table.name for part in parts),
        first.path,
        counts_from_1904=first.counts_from_1904,
        merged=merged,
        parts=tuple(parts),
    )


def place_of(table: Table, line: int) -> tuple[Table, int]:
    """The sheet that a line of a table stands in, and which line it is there."""
    if not isinstance(table, JoinedTable):
        return table, line
    part = next(part for part in reversed(table.parts) if part.offset < line or not part.offset)
    return part.table, line - part.offset


def sheets_of(table: Table) -> list[tuple[Table, int, int]]:
    """(sheet, line of its headings, offset) of each part; of a plain table itself, at 0 and
    without a line of headings told (0)."""
    if not isinstance(table, JoinedTable):
        return [(table, 0, 0)]
    return [(part.table, part.head.first_line, part.offset) for part in table.parts]
