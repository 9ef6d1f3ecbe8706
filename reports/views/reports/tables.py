"""A sheet of an edition as the table of a page."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from django.http import Http404

from reports.contents import heading_grid, layout
from reports.contents.content import CellValue, Column, Content, Head, Line, Sheet
from reports.contents.frame import is_bold, is_numeric, is_total, leading_cells, printed
from reports.contents.heading_grid import HeadCell
from reports.contents.layout import UnitLines
from reports.services.comparing import CellChange

#: A sheet of more lines than _WHOLE is told page by page.
_A_PAGE: Final = 400
_WHOLE: Final = 1_000


@dataclass(frozen=True)
class Mark:
    """What differs in a cell of two editions, and the address of the households that made it; or
    that its whole line is new."""

    change: CellChange
    to: str = ""
    is_new_line: bool = False


@dataclass(frozen=True)
class ShownCell:
    """`text` as the paper has it; `why` it is empty."""

    text: str
    is_number: bool
    why: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class ShownLine:
    """`counted`: the word for what it counts, "" where units have one line."""

    counted: str
    cells: list[ShownCell]


@dataclass(frozen=True)
class ShownUnit:
    """`under` are folded away under it until somebody opens them."""

    first: Line
    name: str
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
    def leads(self) -> int:
        """How many columns stand before the cells: number, unit, what is counted."""
        return len(self.sheet.names)

    @property
    def unders(self) -> int:
        """How many units stand under another one."""
        return sum(len(one.under) for one in self.units)


Marking = Callable[[Line, Column, CellValue], Mark | None]


def no_mark(line: Line, column: Column, cell: CellValue) -> None:
    """Of one edition nothing differs."""


def table(
    content: Content, lines: int, *, at: int = 0, page: int = 1, marking: Marking = no_mark
) -> ShownTable:
    """`at` a sheet from 0, `page` from 1; `lines`: of all sheets together. 404 for a sheet or page
    that is not there. Reads every sheet, keeps the lines of one page."""
    titles: list[str] = []
    found: ShownTable | None = None
    for number, (sheet, stream) in enumerate(content.sheets):
        titles.append(sheet.title)
        if number == at:
            own, pages = _page(stream, page, is_short=lines <= _WHOLE)
            drawn = _Drawing(content.head, sheet, marking)
            found = ShownTable(
                sheet,
                heading_grid.heading_rows(sheet),
                _formulas(sheet),
                drawn.units(own),
                at,
                page,
                pages,
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


def _formulas(sheet: Sheet) -> list[str]:
    """[] where the form numbers no column."""
    is_numbered = any(one.number for one in sheet.columns)
    return heading_grid.number_line(sheet) if is_numbered else []


@dataclass(frozen=True)
class _Drawing:
    head: Head
    sheet: Sheet
    marking: Marking

    def units(self, lines: Iterable[Line]) -> list[ShownUnit]:
        """Lines of a list of names stand one by one."""
        if self.head.has_names:
            return [self.unit(UnitLines((one,))) for one in lines]
        level = self.head.level.lower()
        return [self.unit(one) for one in layout.units(self.sheet, lines, level)]

    def unit(self, unit: UnitLines) -> ShownUnit:
        return ShownUnit(
            unit.first,
            "".join(leading_cells(unit.first, self.sheet, self.head)[1:2]),
            [self._line(one) for one in unit.lines],
            is_total(unit.first, self.head),
            unit.is_upper or (self.head.has_names and is_bold(unit.first, self.head)),
            [self.unit(one) for one in unit.under],
        )

    def _line(self, line: Line) -> ShownLine:
        counted = leading_cells(line, self.sheet, self.head)[2:]
        return ShownLine(
            "".join(counted),
            [
                ShownCell(
                    printed(value, column, line.reasons),
                    is_numeric(column),
                    line.reasons.get(column.key, ""),
                    self.marking(line, column, value),
                )
                for value, column in zip(line.cells, self.sheet.columns, strict=True)
            ],
        )
