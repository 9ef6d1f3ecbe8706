"""The lines of a sheet by unit, and units under those above them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from reports.contents.content import Line, Sheet

#: Units that have others under them.
UPPER: Final = frozenset({"district", "group"})


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
