"""The version of a report for everybody: numbers that are hidden are left out. Pure.

Which they are is worked out for all reports of a round together (contents.hiding).
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from reports.contents.content import CellValue, Content, Kind, Line, Sheet
from reports.contents.frame import SMALL, SMALL_MARK
from reports.contents.sheet_figures import Naming, area_of
from reports.contents.webs import Name


def public(content: Content, *, hidden: Set[Name], naming: Naming, least: int) -> Content:
    """Counts that are `hidden` left out, with the rates made of them; the households that
    identities name are left out too. Sums of money stay.

    Raises ValueError: a report with names has no public version, nor has one that shows a count
    from 1 to `least` - 1 (it was not weighed). Lines stream.
    """
    if content.head.has_names:
        raise ValueError("a report with names has no public version")
    head = replace(content.head, broken=(), values={})
    return Content(head, _sheets(content, _Leaving(hidden, naming, least)))


class _Leaving:
    """Leaves out of lines what is hidden."""

    def __init__(self, hidden: Set[Name], naming: Naming, least: int) -> None:
        self.hidden, self.naming, self.least = hidden, naming, least

    def out_of(self, line: Line, sheet: Sheet) -> set[str]:
        """Columns: counts, and rates of them."""
        area = area_of(line)
        out = {
            column.key
            for column in sheet.columns
            if (area, self.naming(column.key, line.counted)) in self.hidden
        }
        return out | {rate for rate, *of in sheet.rates if out.intersection(of)}

    def without(self, line: Line, sheet: Sheet) -> Line:
        out = self.out_of(line, sheet)
        for column, cell in zip(sheet.columns, line.cells, strict=True):
            is_count = column.kind is Kind.COUNT and column.key not in out
            if is_count and isinstance(cell, int) and 0 < cell < self.least:
                raise ValueError(f"{column.key} of {line.name} was not weighed")
        return left_out(line, sheet, out)


def left_out(line: Line, sheet: Sheet, out: Set[str]) -> Line:
    """Without the columns of `out`; why, where something stood there."""
    cells: list[CellValue] = []
    reasons = dict(line.reasons)
    for column, cell in zip(sheet.columns, line.cells, strict=True):
        if column.key in out and cell is not None:
            reasons[column.key] = SMALL
        cells.append(None if column.key in out else cell)
    return replace(line, cells=tuple(cells), reasons=reasons)


def note(least: int) -> str:
    """What the mark says that stands for a number."""
    return f"{SMALL_MARK} Không công bố: số nhỏ hơn {least} và các số có thể dùng để suy ra số đó."


def with_note(
    sheet: Sheet, lines: list[Line], least: int, *more: str
) -> tuple[Sheet, list[Line]]:  # fmt: skip
    """The sheet says it where something is left out; `more` is said then too."""
    is_hidden = any(SMALL in line.reasons.values() for line in lines)
    notes = (*sheet.notes, note(least), *more)
    return (replace(sheet, notes=notes) if is_hidden else sheet), lines


def _sheets(content: Content, leaving: _Leaving) -> Iterator[tuple[Sheet, Iterable[Line]]]:
    for sheet, lines in content.sheets:
        shown = [leaving.without(line, sheet) for line in lines]
        yield with_note(sheet, shown, leaving.least)
