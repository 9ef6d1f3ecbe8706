"""A sheet as a table: headings that share their upper words, formulas, lines by unit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase
from typing import Final

from reports.contents.content import Line, Sheet

#: Units that have others under them.
UPPER: Final = frozenset({"district", "group"})


@dataclass(frozen=True, slots=True)
class HeadCell:
    """`across` columns wide, `down` rows high; `is_group` over more than its own column."""

    words: str
    across: int = 1
    down: int = 1

    @property
    def is_group(self) -> bool:
        return self.across > 1


@dataclass(frozen=True, slots=True)
class UnitLines:
    """The lines of one unit, as a rule one or that of households and that of persons. `is_whole`:
    the sum of the report's area; `is_upper` has units `under` it."""

    lines: tuple[Line, ...]
    is_whole: bool = False
    is_upper: bool = False
    under: tuple["UnitLines", ...] = ()

    @property
    def first(self) -> Line:
        return self.lines[0]


def heading(sheet: Sheet) -> list[list[HeadCell]]:
    """The rows of the table's head, from the top one down; cells that one above reaches into are
    left out."""
    depth = max((len(one.path) for one in sheet.columns), default=1)
    rows: list[list[HeadCell]] = [[] for __ in range(depth)]
    rows[0] += [HeadCell(words, down=depth) for words in sheet.names]
    _add(rows, [one.path for one in sheet.columns], 0)
    return rows


def _add(rows: list[list[HeadCell]], paths: Sequence[tuple[str, ...]], level: int) -> None:
    at = 0
    while at < len(paths):
        own = paths[at]
        if len(own) <= level + 1:
            rows[level].append(HeadCell(own[level] if own else "", down=len(rows) - level))
            at += 1
            continue
        end = at
        while end < len(paths) and len(paths[end]) > level + 1 and paths[end][level] == own[level]:
            end += 1
        rows[level].append(HeadCell(own[level], across=end - at))
        _add(rows, paths[at:end], level + 1)
        at = end


def formulas(sheet: Sheet) -> list[str]:
    """The line under the headings: A, B, C, then the numbers of the columns; [] where the form
    numbers none."""
    if not any(one.number for one in sheet.columns):
        return []
    return [*ascii_uppercase[: len(sheet.names)], *(one.number for one in sheet.columns)]


def units(sheet: Sheet, lines: Iterable[Line], level: str) -> Iterator[UnitLines]:
    """Lines by unit, units by the one above them; `level` is that of the report's area, whose own
    lines are the sum. Of a sheet that has not two lines a unit each line stands alone."""
    upper: UnitLines | None = None
    under: list[UnitLines] = []
    for own in _by_unit(lines) if sheet.two_lines else ((one,) for one in lines):
        first = own[0]
        if upper and "." in first.number:
            under.append(UnitLines(own))
            continue
        if upper:
            yield UnitLines(upper.lines, upper.is_whole, True, tuple(under))
            upper, under = None, []
        is_whole = first.level == level
        one = UnitLines(own, is_whole, not is_whole and first.level in UPPER)
        if one.is_upper:
            upper = one
        else:
            yield one
    if upper:
        yield UnitLines(upper.lines, upper.is_whole, True, tuple(under))


def _by_unit(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    for __, found in groupby(lines, key=lambda one: (one.level, one.key, one.code, one.name)):
        yield tuple(found)
