"""The rows below the headings that name somebody: totals, bands and signatures are passed over and
told, cells that are one with those above are filled, and a band of a village counts for the rows
below it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from households.exchange.intake import legacy, plain_cells, words
from households.exchange.intake.layout import LIST, Head
from households.exchange.intake.tables import Row, Table

_MOST_PASSED_OVER: Final = 500
_LONGEST_TOLD: Final = 200
#: A row that fills one of them names somebody.
_NAMES: Final = {"households": ("household_id", "head_name"), "members": ("member_id", "full_name"),
                 LIST: ("household_code", "full_name")}  # fmt: skip
_FEW_CELLS: Final = 3
#: "II. ", "3) ": what a band begins with.
_ORDINAL: Final = re.compile(r"^(\d+|[IVX]+)\s*[.)\-–]\s*")
_ONLY_ORDINAL: Final = re.compile(r"([IVXLC]+|[A-Z]|\d+)\s*[.)]?")
_PAGE: Final = re.compile(r"(trang|page)\s*\d+(\s*/\s*\d+)?")


class Body:
    """Walk it once. Afterwards `passed_over` has (line, what stands there) of the rows that name
    nobody, at most the first 500. `bands`: columns told by rows of their own ("village",
    "poverty_class"), added as last cells."""

    def __init__(self, table: Table, head: Head, *, bands: Sequence[str] = ()) -> None:
        self.passed_over: list[tuple[int, str]] = []
        self._table, self._head, self._bands = table, head, bands
        self._width = len(head.columns)
        self._places = {name: place for place, name in enumerate(head.columns) if name}
        self._above: dict[str, str] = {}
        self._key: Any = ""
        self._is_of_members = head.role == "members"
        self._is_below_signatures = False
        self._name_place = self._places.get(_NAMES[head.role][-1], 0)
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
            if self._repeats_headings(line, fitted):
                continue
            is_head = self._head.relation_at < 0 or self._is_head(fitted)
            is_whole = len(keys) > 1 and all(str(fitted[place]).strip() for place in keys)
            if not (is_whole or self._names_somebody(line, fitted)):
                continue
            if self._is_of_members or is_head:
                if self._head.relation_at >= 0 and self._is_of_members:
                    self._fill_key(fitted, is_head=is_head)
                yield line, fitted + [self._above.get(name, "") for name in self._bands]

    def _is_head(self, cells: list[Any]) -> bool:
        told = self._told(self._head.relation_at, cells[self._head.relation_at])
        return words.answers("relation").get(words.spoken(told)) == "head"

    def _fill_key(self, cells: list[Any], *, is_head: bool) -> None:
        """Of a sheet of both: a household's key stands in its head's row, the others are below."""
        place = self._places["household_id"]
        if is_head:
            self._key = cells[place]
        elif not str(cells[place]).strip():
            cells[place] = self._key

    def _repeats_headings(self, line: int, cells: list[Any]) -> bool:
        """The headings once more, as they stand on top of each printed page."""
        place = self._name_place
        if str(cells[place]).strip() != self._head.headings[place].strip() or not cells[place]:
            return False
        told = [self._told(at, cell) for at, cell in enumerate(cells)]
        if is_same := self._head.is_known(line, told):
            self._pass_over(line, told)
        return is_same

    def _pass_over(self, line: int, told: Sequence[str]) -> None:
        if len(self.passed_over) < _MOST_PASSED_OVER:
            self.passed_over.append((line, " | ".join(filter(None, told))[:_LONGEST_TOLD]))

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
        in_words = (one for one in filled if any(map(str.isalpha, one)))
        first = next((one for one in in_words if not _ONLY_ORDINAL.fullmatch(one)), filled[0])
        names = _NAMES[self._head.role]
        named = any(told[self._places[name]] for name in names if name in self._places)
        if begins(first, "totals") or _PAGE.fullmatch(first.lower()):
            named = False
        elif len(filled) > _FEW_CELLS:
            return True  # too much to pass over: what is missing is told
        elif self._head.role == LIST and len(filled) < _FEW_CELLS and (code := class_told(first)):
            named = self._stand_under("poverty_class", code)
        elif begins(first, "villages") and len(filled) < _FEW_CELLS:
            named = self._stand_under("village", _ORDINAL.sub("", first))
        elif begins(first, "feet") or (self._is_below_signatures and not self._has_key(told)):
            named = False
            self._is_below_signatures |= begins(first, "signatures")
        if not named:
            self._pass_over(line, filled)
        return named

    def _stand_under(self, name: str, told: str) -> bool:
        """A band counts until the next of its kind. The kind that came first is the outer one: at
        each of it the inner one begins anew, so that no class of another village is taken."""
        if name in self._above and next(iter(self._above)) == name:
            self._above = {name: told}
        self._above[name] = told
        return False

    def _has_key(self, told: Sequence[str]) -> bool:
        return "household_id" in self._places and bool(told[self._places["household_id"]])

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


def class_told(told: str) -> str:
    """The class that a band is about: "II. Danh sách hộ cận nghèo (12 hộ)"; "" for none."""
    plain = words.spoken(_ORDINAL.sub("", told))
    for word, code in words.class_bands().items():
        if plain == word or plain.startswith(f"{word} "):
            return code
    return ""


def _one_with_below(table: Table, places: dict[str, int]) -> dict[int, list[tuple[int, int]]]:
    """Line → (place, last line) of cells that are one with those below: keys and villages."""
    wanted = {places[name] for name in ("household_id", "village") if name in places}
    begun = defaultdict(list)
    for (top, first), (bottom, _last) in table.merged:
        if bottom > top and first in wanted:
            begun[top + 1].append((first, bottom + 1))
    return begun
