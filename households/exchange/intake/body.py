"""The rows below the headings that name somebody: totals, bands and signatures are passed over and
told, cells that are one with those above are filled, and a band of a village counts for the rows
below it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from households.exchange.intake import legacy, plain_cells, words
from households.exchange.intake.layout import Head
from households.exchange.intake.tables import Row, Table

_MOST_PASSED_OVER: Final = 500
_LONGEST_TOLD: Final = 200
#: A row that fills one of them names somebody.
_NAMES: Final = {"households": ("household_id", "head_name"), "members": ("member_id", "full_name")}
_FEW_CELLS: Final = 3
#: "II. ", "3) ": what a band begins with.
_ORDINAL: Final = re.compile(r"^(\d+|[IVX]+)\s*[.)\-–]\s*")


class Body:
    """Walk it once. Afterwards `passed_over` has (line, what stands there) of the rows that name
    nobody, at most the first 500. `with_village` adds the band's village as a last cell."""

    def __init__(self, table: Table, head: Head, *, with_village: bool) -> None:
        self.passed_over: list[tuple[int, str]] = []
        self._table, self._head, self._with_village = table, head, with_village
        self._width = len(head.columns)
        self._places = {name: place for place, name in enumerate(head.columns) if name}
        self._village = ""
        self._begun = _one_with_below(table, self._places)
        self._held: dict[int, tuple[int, Any]] = {}

    def __iter__(self) -> Iterator[Row]:
        keys = [
            self._places[name]
            for name in ("household_id", _NAMES[self._head.role][-1])
            if name in self._places
        ]
        for line, cells in self._table.rows():
            if line < self._head.body_line:
                continue
            fitted = cells[: self._width] + [""] * (self._width - len(cells))
            if self._begun:
                self._fill(line, fitted)
            is_whole = len(keys) > 1 and all(str(fitted[place]).strip() for place in keys)
            if is_whole or self._names_somebody(line, fitted):
                yield line, [*fitted, self._village] if self._with_village else fitted

    def _fill(self, line: int, cells: list[Any]) -> None:
        for place, last in self._begun.get(line, ()):
            self._held[place] = last, cells[place]
        for place, (last, value) in self._held.items():
            if line <= last and not str(cells[place]).strip():
                cells[place] = value

    def _names_somebody(self, line: int, cells: Sequence[Any]) -> bool:
        told = [self._told(place, cell) for place, cell in enumerate(cells)]
        filled = [one for one in told if one]
        if not filled:
            return False
        first = next((one for one in filled if any(map(str.isalpha, one))), filled[0])
        names = _NAMES[self._head.role]
        named = any(told[self._places[name]] for name in names if name in self._places)
        if begins(first, "totals"):
            named = False
        elif len(filled) > _FEW_CELLS:
            return True  # too much to pass over: what is missing is told
        elif begins(first, "villages") and len(filled) < _FEW_CELLS:
            self._village, named = _ORDINAL.sub("", first), False
        elif begins(first, "feet"):
            named = False
        if not named and len(self.passed_over) < _MOST_PASSED_OVER:
            self.passed_over.append((line, " | ".join(filled)[:_LONGEST_TOLD]))
        return named

    def _told(self, place: int, cell: Any) -> str:
        if not isinstance(cell, str):
            return plain_cells.typed(cell)
        decode = legacy.DECODERS.get(self._head.decoders.get(place, ""), str)
        return plain_cells.typed(decode(cell))


def begins(told: str, kind: str) -> bool:
    """Whether a cell begins with a word of the list, as a word of its own."""
    lower = _ORDINAL.sub("", told).lower()
    return any(
        lower == word or (lower.startswith(word) and not lower[len(word)].isalpha())
        for word in words.row_words(kind)
    )


def _one_with_below(table: Table, places: dict[str, int]) -> dict[int, list[tuple[int, int]]]:
    """Line → (place, last line) of cells that are one with those below: keys and villages."""
    wanted = {places[name] for name in ("household_id", "village") if name in places}
    begun = defaultdict(list)
    for (top, first), (bottom, _last) in table.merged:
        if bottom > top and first in wanted:
            begun[top + 1].append((first, bottom + 1))
    return begun
