"""A sheet that a receiver sends back, by the headings of its layout: in any order, below titles,
with columns of his own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from households.errors import Invalid
from households.exchange.intake import legacy, words
from households.exchange.intake.body import begins
from households.exchange.intake.tables import Table, first_rows, open_tables
from households.exchange.layout_fields import LayoutColumn
from households.exchange.returned_cells import (
    HEAD_KEYS,
    HOUSEHOLD_KEYS,
    PERSON_KEYS,
    plain,
)

_ROWS_LOOKED_AT: Final = 30
_SAMPLE: Final = 2_000
_NUMBERING: Final = re.compile(r"\(?\s*([A-Z]|\d{1,3})\s*\)?(\s*=.*)?")
_KEYS: Final = PERSON_KEYS | HEAD_KEYS | HOUSEHOLD_KEYS
#: Enough to find a row again without a key, where they are both there and nobody else has them.
_NAMES: Final = (("member.full_name", "member.birth_date"), ("head_name", "head_birth_date"))


@dataclass(frozen=True)
class ReturnedSheet:
    """`places` says where the columns of the layout stand (None: it is missing); `extra` the places
    of headings that the layout does not have."""

    table: Table
    head_line: int
    headings: list[str]
    places: list[int | None]
    extra: list[int]
    decoders: dict[int, str]
    key_places: list[int]

    @property
    def not_read(self) -> list[str]:
        return [self.headings[place] for place in self.extra]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of each row that names somebody, as one would have typed them; totals,
        numberings and signatures are passed over. May be walked twice. Raises Invalid where reading
        has to stop."""
        width = len(self.headings)
        for line, cells in self.table.rows():
            if line <= self.head_line:
                continue
            told = [self._told(place, cell) for place, cell in enumerate(cells[:width])]
            told += [""] * (width - len(told))
            if self._names_somebody(line, told):
                yield line, told

    def _told(self, place: int, cell: Any) -> str:
        name = self.decoders.get(place)
        return plain(legacy.DECODERS[name](cell) if name and isinstance(cell, str) else cell)

    def _names_somebody(self, line: int, told: list[str]) -> bool:
        filled = [one for one in told if one]
        if not filled:
            return False
        if line == self.head_line + 1 and all(map(_NUMBERING.fullmatch, filled)):
            return False
        if any(told[place] for place in self.key_places):
            return True
        first = next((one for one in filled if any(map(str.isalpha, one))), "")
        return not (begins(first, "totals") or begins(first, "feet"))


def why_cannot_return(columns: Sequence[LayoutColumn]) -> str | None:
    """Why rows in these columns are never found again."""
    fields = {one.field for one in columns}
    if fields & _KEYS or any(fields.issuperset(names) for names in _NAMES):
        return None
    return _(
        "The layout has no column by which its rows are found again: a code or key of the household"
        " or person, a personal number, or name and birth date."
    )


def read(path: Path, name: str, columns: Sequence[LayoutColumn]) -> ReturnedSheet:
    """The sheet of the file that has the most headings of the layout. `name` is what its sender
    calls it. Raises Invalid: no sheet, or none with enough of the headings."""
    found = [sheet for table in open_tables(path, name) if (sheet := _laid_out(table, columns))]
    if not found:
        raise Invalid(
            _("No row of the first %(rows)s has the headings of this layout: %(headings)s.")
            % {"rows": _ROWS_LOOKED_AT, "headings": ", ".join(one.heading for one in columns)}
        )
    best = max(found, key=_known)
    placed = [one for one, place in zip(columns, best.places, strict=True) if place is not None]
    if reason := why_cannot_return(placed):
        raise Invalid(f"{name}: {reason}")
    return best


def _known(sheet: ReturnedSheet) -> int:
    return sum(place is not None for place in sheet.places)


def _laid_out(table: Table, columns: Sequence[LayoutColumn]) -> ReturnedSheet | None:
    rows = first_rows(table, _ROWS_LOOKED_AT)
    sample = [cell for _line, cells in rows for cell in cells if isinstance(cell, str)]
    decode = legacy.DECODERS.get(legacy.recognised(sample), str)
    best: tuple[int, int, list[str], list[int | None]] | None = None
    for line, cells in rows:
        headings = [plain(decode(one) if isinstance(one, str) else one) for one in cells]
        places = _places(headings, columns)
        known = sum(place is not None for place in places)
        if known and (best is None or known > best[0]):
            best = known, line, headings, places
    if best is None or best[0] < min(2, len(columns)):
        return None
    _count, line, headings, places = best
    taken = set(places)
    return ReturnedSheet(
        table=table,
        head_line=line,
        headings=headings,
        places=places,
        extra=[at for at, one in enumerate(headings) if one and at not in taken],
        decoders=_decoders(table, line, len(headings)),
        key_places=[
            place
            for one, place in zip(columns, places, strict=True)
            if place is not None and one.field in _KEYS
        ],
    )


def _places(headings: Sequence[str], columns: Sequence[LayoutColumn]) -> list[int | None]:
    """Where each column stands: by its very heading, else by its words without marks."""
    exact: dict[str, int] = {}
    bare: dict[str, int] = {}
    for at, heading in enumerate(headings):
        if heading:
            exact.setdefault(heading.casefold(), at)
            bare.setdefault(words.bare(heading), at)
    places = [exact.get(one.heading.casefold()) for one in columns]
    taken = {place for place in places if place is not None}
    for at, one in enumerate(columns):
        found = bare.get(words.bare(one.heading)) if places[at] is None else None
        if found is not None and found not in taken:
            places[at] = found
            taken.add(found)
    return places


def _decoders(table: Table, head_line: int, width: int) -> dict[int, str]:
    """Place → the old encoding that a column is in, by what its first rows hold."""
    body = [cells for line, cells in islice(table.rows(), _SAMPLE) if line > head_line]
    found = {}
    for place in range(width):
        texts = [row[place] for row in body if place < len(row) and isinstance(row[place], str)]
        if name := legacy.recognised(texts):
            found[place] = name
    return found
