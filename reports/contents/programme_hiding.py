"""The programmes' results as everybody may read them. Pure.

Where a count is left out, its whole bundle is: plan, money and shares too, and of the unit its sum
of money. Times without a written sum are told to nobody: with the money they tell the others.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from reports.contents import programme_figures
from reports.contents.content import Content, Line, Sheet
from reports.contents.programme_figures import PEOPLE, Told
from reports.contents.suppressing import left_out, with_note
from reports.contents.webs import Name, bundle_of

_UNTOLD: Final = ("without_amount",)
_MONEY: Final = "amount_vnd"
NOTE: Final = (
    "Nơi có số không công bố thì kế hoạch, kinh phí và tỷ lệ của nội dung đó cũng không công bố."
)


def public(content: Content, *, hidden: Set[Name], least: int) -> Content:
    """Raises ValueError: it shows a count from 1 to `least` - 1 (it was not weighed)."""
    results, units, money = ((sheet, list(lines)) for sheet, lines in content.sheets)
    of_area = Hiding(str(content.head.area_key), hidden, least)
    sheets = [
        of_area.results(results),
        (units[0], list(_units(results, units, hidden, least))),
        of_area.money(money),
    ]
    head = replace(content.head, broken=(), values={})
    return Content(head, [with_note(sheet, lines, least, NOTE) for sheet, lines in sheets])


@dataclass(frozen=True)
class Hiding:
    """What is left out of an area's results and money."""

    area: str
    hidden: Set[Name]
    least: int

    @property
    def bundles(self) -> frozenset[str]:
        return frozenset(bundle_of(name) for name in self.hidden if name[0] == self.area)

    def results(self, told: Told) -> tuple[Sheet, list[Line]]:
        """Without the columns that nobody is told."""
        bundles = self.bundles
        sheet, lines = _without_columns(told)
        every = {column.key for column in sheet.columns}
        shown = []
        for line in lines:
            out: set[str] = set()
            if _is_out(line.code, bundles):
                out = every
            elif programme_figures.people_bundle(line.code) in bundles:
                out = set(PEOPLE)
            shown.append(self._left_out(line, sheet, out))
        return sheet, shown

    def money(self, told: Told) -> tuple[Sheet, list[Line]]:
        """What is left out last, by name: the order tells of money."""
        bundles = self.bundles
        sheet, lines = told
        every = {column.key for column in sheet.columns}
        out = [line for line in lines if _is_out(line.code, bundles)]
        out = [left_out(line, sheet, every) for line in sorted(out, key=lambda one: one.name)]
        shown = [
            self._left_out(line, sheet, set())
            for line in lines
            if not _is_out(line.code, bundles)
        ]  # fmt: skip
        return sheet, numbered([*shown, *out])

    def _left_out(self, line: Line, sheet: Sheet, out: Set[str]) -> Line:
        for column, cell in zip(sheet.columns, line.cells, strict=True):
            is_count = programme_figures.is_count_of_somebody(line.code, column.key)
            if is_count and column.key not in out and _is_small(cell, self.least):
                raise ValueError(f"{column.key} of {line.name} was not weighed")
        return left_out(line, sheet, out)


def _units(results: Told, units: Told, hidden: Set[Name], least: int) -> Iterator[Line]:
    codes = {line.code.rpartition("/")[2]: line.code for line in results[1]}
    sheet = units[0]
    for line in units[1]:
        bundles = Hiding(str(line.key), hidden, least).bundles
        keys = [column.key for column in sheet.columns if column.key != _MONEY]
        out = {key for key in keys if _is_out(codes.get(key, ""), bundles)}
        for column, cell in zip(sheet.columns, line.cells, strict=True):
            is_count = programme_figures.is_count_of_somebody(codes.get(column.key, ""), "number")
            if is_count and column.key not in out and _is_small(cell, least):
                raise ValueError(f"{column.key} of {line.name} was not weighed")
        # Of a bundle that has no column here too: the sum holds all of them.
        if out or any(one.count("/") == 1 for one in bundles):
            out.add(_MONEY)
        yield left_out(line, sheet, out)


def _is_out(line_code: str, bundles: Set[str]) -> bool:
    """One that does not say what it is told together with is left out."""
    bundle = programme_figures.bundle(line_code)
    return not bundle or bundle in bundles


def _is_small(cell: object, least: int) -> bool:
    return isinstance(cell, int) and 0 < cell < least


def _without_columns(told: Told) -> tuple[Sheet, Iterable[Line]]:
    sheet, lines = told
    kept = [at for at, column in enumerate(sheet.columns) if column.key not in _UNTOLD]
    columns = tuple(sheet.columns[at] for at in kept)
    shorter = (replace(one, cells=tuple(one.cells[at] for at in kept)) for one in lines)
    return replace(sheet, columns=columns), shorter


def numbered(lines: Sequence[Line]) -> list[Line]:
    """By their place."""
    return [replace(line, number=str(at)) for at, line in enumerate(lines, start=1)]
