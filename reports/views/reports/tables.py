"""A sheet of an edition as the table of a page."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from django.http import Http404

from reports.choices import Unit as Counted
from reports.contents import layout
from reports.contents.content import CellValue, Column, Content, Kind, Line, Sheet
from reports.contents.layout import HeadCell, UnitLines
from reports.services.comparing import CellChange

#: A sheet of more lines than _WHOLE is told page by page.
_A_PAGE: Final = 400
_WHOLE: Final = 1_000


@dataclass(frozen=True)
class Mark:
    """What differs in a cell of two editions, and the address of the households that made it."""

    change: CellChange
    to: str = ""


@dataclass(frozen=True)
class ShownCell:
    """`why`: why it is empty."""

    value: CellValue
    kind: Kind
    why: str = ""
    mark: Mark | None = None

    @property
    def is_number(self) -> bool:
        return self.kind != Kind.TEXT


@dataclass(frozen=True)
class ShownLine:
    """`counted`: the word for what it counts, "" where units have one line."""

    counted: str
    cells: list[ShownCell]


@dataclass(frozen=True)
class ShownUnit:
    """`under` are folded away under it until somebody opens them."""

    first: Line
    lines: list[ShownLine]
    is_whole: bool
    is_upper: bool
    under: list["ShownUnit"]


@dataclass(frozen=True)
class ShownTable:
    """`sheets` are the titles of all, `at` is this one's place among them; of a long one `units`
    are those of `page`, of so many `pages`."""

    sheet: Sheet
    heading: list[list[HeadCell]]
    formulas: list[str]
    units: list[ShownUnit]
    at: int
    page: int
    pages: int
    sheets: tuple[str, ...] = ()

    @property
    def unders(self) -> int:
        """How many units stand under another one."""
        return sum(len(one.under) for one in self.units)


Marking = Callable[[Line, Column], Mark | None]


def no_mark(line: Line, column: Column) -> None:
    """Of one edition nothing differs."""


def table(
    content: Content, lines: int, *, at: int = 0, page: int = 1, marking: Marking = no_mark
) -> ShownTable:
    """`at` a sheet from 0, `page` from 1; `lines`: of all sheets together. 404 for a sheet or page
    that is not there. Reads every sheet, keeps the lines of one page."""
    titles: list[str] = []
    found: ShownTable | None = None
    level = content.head.level.lower()
    for number, (sheet, stream) in enumerate(content.sheets):
        titles.append(sheet.title)
        if number == at:
            own, pages = _page(stream, page, is_short=lines <= _WHOLE)
            units = [_unit(one, sheet, marking) for one in layout.units(sheet, own, level)]
            found = ShownTable(
                sheet, layout.heading(sheet), layout.formulas(sheet), units, at, page, pages
            )
    if found is None:
        raise Http404
    return replace(found, sheets=tuple(titles))


def _page(stream: Iterable[Line], page: int, *, is_short: bool) -> tuple[list[Line], int]:
    """The lines of a page, and how many pages there are."""
    lines = iter(stream)
    if is_short:
        return list(lines), 1
    before = _counted(islice(lines, (page - 1) * _A_PAGE))
    own = list(islice(lines, _A_PAGE))
    if page > 1 and not own:
        raise Http404
    total = before + len(own) + _counted(lines)
    return own, max(1, -(-total // _A_PAGE))


def _counted(lines: Iterator[Line]) -> int:
    return sum(1 for __ in lines)


def _unit(unit: UnitLines, sheet: Sheet, marking: Marking) -> ShownUnit:
    return ShownUnit(
        unit.first,
        [_line(one, sheet, marking) for one in unit.lines],
        unit.is_whole,
        unit.is_upper,
        [_unit(one, sheet, marking) for one in unit.under],
    )


def _line(line: Line, sheet: Sheet, marking: Marking) -> ShownLine:
    return ShownLine(
        str(Counted(line.counted).label) if line.counted in Counted.values else "",
        [
            ShownCell(value, column.kind, line.reasons.get(column.key, ""), marking(line, column))
            for value, column in zip(line.cells, sheet.columns, strict=True)
        ],
    )
