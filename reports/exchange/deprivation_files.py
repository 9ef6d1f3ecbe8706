"""Files of 0 and 1: a row a household or person, a column an indicator it lacks or not.

Read in pieces and counted by what rows have in common, so memory does not grow with the file.
"""

import csv
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from households.errors import DomainError
from reports.measures import Measures, Scheme, Tally, exact

SEPARATORS = (",", ";", "\t")
#: More values than these are no grouping; each is kept in memory.
MOST_GROUPS = 20_000
_PIECE_ROWS = 50_000
_KINDS_KEPT = 50_000


@dataclass(frozen=True)
class FileMeasures:
    overall: Measures
    #: By the value of the column asked for, in its order; empty where none was.
    groups: dict[str, Measures]


@dataclass(frozen=True)
class _Columns:
    """Where the file has what is asked for."""

    wanted: tuple[int, ...]
    names: tuple[str, ...]
    width: int
    has_group: bool
    has_weight: bool
    separator: str


def measured(
    path: Path, scheme: Scheme, *, by: str | None = None, weight: str | None = None
) -> FileMeasures:
    """Measures of a CSV file whose heading names the scheme's codes, by the values of column `by`
    and with the sample weights of column `weight` where told. Raises DomainError with row (the
    heading is row 1) and column."""
    names = [*scheme.codes, *([by] if by else []), *([weight] if weight else [])]
    with _opened(path) as stream:
        columns = _find(stream, names, has_group=bool(by), has_weight=bool(weight))
        return _Count(scheme, columns).of(stream)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield stream
    except UnicodeDecodeError as error:
        raise DomainError(_("The file is not in UTF-8; save it as “CSV UTF-8”.")) from error
    except csv.Error as error:
        raise DomainError(_("The file cannot be read as CSV: %(why)s.") % {"why": error}) from error


def _find(stream: TextIO, names: Sequence[str], *, has_group: bool, has_weight: bool) -> _Columns:
    """The separator is the one that cuts the heading into the columns asked for, else into most.
    Leaves the stream before the first row."""
    headings = {one: _heading(stream, one) for one in SEPARATORS}
    asked = {_plain(name) for name in names}
    separator = max(
        SEPARATORS, key=lambda one: (len(asked & set(headings[one])), len(headings[one]))
    )
    heading = _heading(stream, separator)
    if not any(heading):
        raise DomainError(_("The file is empty."))
    places = []
    for name in names:
        found = [at for at, one in enumerate(heading) if one == _plain(name)]
        if len(found) != 1:
            unclear = _("The file has no column %(column)s; it has: %(columns)s.")
            twice = _("The file has column %(column)s twice.")
            raise DomainError(
                (twice if found else unclear) % {"column": name, "columns": ", ".join(heading)}
            )
        places.append(found[0])
    return _Columns(tuple(places), tuple(names), len(heading), has_group, has_weight, separator)


def _heading(stream: TextIO, separator: str) -> list[str]:
    stream.seek(0)
    return [_plain(one) for one in next(csv.reader(stream, delimiter=separator), [])]


def _plain(text: str) -> str:
    """Vietnamese letters are written in two ways that look the same."""
    return unicodedata.normalize("NFC", text).strip()


class _Count:
    """One pass over the rows of one file."""

    def __init__(self, scheme: Scheme, columns: _Columns) -> None:
        self._scheme = scheme
        self._columns = columns
        self._cells = len(scheme.codes)
        self._groups: dict[str, Tally] = {}
        #: What was read of cells that came before: group, and pattern (None: a cell is empty).
        self._known: dict[tuple[str, ...], tuple[str, int | None]] = {}

    def of(self, stream: TextIO) -> FileMeasures:
        stream.seek(0)
        reader = csv.reader(stream, delimiter=self._columns.separator)
        next(reader)
        first = 2
        while piece := list(islice(reader, _PIECE_ROWS)):
            self._take(piece, first)
            first += len(piece)
        if not self._groups:
            raise DomainError(_("The file has a heading but no rows."))
        overall = Tally(self._scheme)
        groups = {}
        for value in sorted(self._groups):
            overall.take_in(self._groups[value])
            groups[value] = self._groups[value].measures()
        return FileMeasures(overall.measures(), groups if self._columns.has_group else {})

    def _take(self, piece: list[list[str]], first: int) -> None:
        rows = piece
        if set(map(len, piece)) != {self._columns.width}:
            rows = self._evened(piece, first)
        # The first once more: of one column alone itemgetter would give no tuple.
        cut = itemgetter(*self._columns.wanted, self._columns.wanted[0])
        try:
            self._count(Counter(map(cut, rows)))
        except _Unreadable as error:
            place = self._columns.wanted[error.at]
            row = next(n for n, cells in enumerate(piece, first) if cells[place:][:1] == error.cell)
            raise DomainError(
                _("Row %(row)s, column %(column)s: %(why)s")
                % {"row": row, "column": self._columns.names[error.at], "why": error.why}
            ) from error

    def _evened(self, piece: list[list[str]], first: int) -> list[list[str]]:
        """Without blank lines; separators too many at the end of a row do not matter."""
        width = self._columns.width
        for row, cells in enumerate(piece, first):
            if 0 < len(cells) < width or any(cells[width:]):
                raise DomainError(
                    _("Row %(row)s has %(cells)s columns, the heading has %(width)s.")
                    % {"row": row, "cells": len(cells), "width": width}
                )
        return [cells for cells in piece if cells]

    def _count(self, kinds: Counter[tuple[str, ...]]) -> None:
        """Weights are added up as whole numbers of one denominator (10, 100, …) each."""
        weights: defaultdict[tuple[str, int, int], int] = defaultdict(int)
        rows: Counter[tuple[str, int]] = Counter()
        for cells, times in kinds.items():
            group, pattern = self._read(cells)
            numerator, denominator = self._weight(cells)
            if pattern is None:
                self._tally(group).drop(times)
                continue
            rows[group, pattern] += times
            weights[group, pattern, denominator] += numerator * times
        for (group, pattern, denominator), numerator in weights.items():
            # The rows once, with the first of their weights.
            times = rows.pop((group, pattern), 0)
            self._tally(group).add(pattern, Fraction(numerator, denominator), times)

    def _read(self, cells: tuple[str, ...]) -> tuple[str, int | None]:
        """Group and pattern. Raises _Unreadable."""
        told = cells[: self._cells + self._columns.has_group]
        found = self._known.get(told)
        if found is None:
            if len(self._known) > _KINDS_KEPT:
                self._known.clear()
            group = _plain(told[self._cells]) if self._columns.has_group else ""
            found = self._known[told] = (group, self._pattern(told[: self._cells]))
        return found

    def _pattern(self, cells: tuple[str, ...]) -> int | None:
        pattern, is_whole = 0, True
        for at, cell in enumerate(cells):
            value = cell.strip()
            if value == "1":
                pattern |= 1 << at
            elif value == "":
                is_whole = False
            elif value != "0":
                raise _Unreadable(
                    at, cell, _("“%(value)s” is neither 0 nor 1 nor empty.") % {"value": cell[:40]}
                )
        return pattern if is_whole else None

    def _weight(self, cells: tuple[str, ...]) -> tuple[int, int]:
        """Numerator and denominator. Raises _Unreadable."""
        if not self._columns.has_weight:
            return 1, 1
        at = len(self._columns.names) - 1
        found = _weight_of(cells[at], self._columns.separator)
        if found is None:
            why = _("the sample weight “%(value)s” is no number of zero or more.")
            if not cells[at].strip():
                why = _("the sample weight is empty.")
            raise _Unreadable(at, cells[at], why % {"value": cells[at][:40]})
        return found

    def _tally(self, group: str) -> Tally:
        if group not in self._groups:
            if len(self._groups) == MOST_GROUPS:
                raise DomainError(
                    _("Column %(column)s has more than %(count)s values; it cannot make groups.")
                    % {"column": self._columns.names[self._cells], "count": MOST_GROUPS}
                )
            self._groups[group] = Tally(self._scheme)
        return self._groups[group]


class _Unreadable(Exception):
    """A cell that cannot be read: the place of its column among those asked for, and why."""

    def __init__(self, at: int, cell: str, why: str) -> None:
        super().__init__(why)
        self.at, self.cell, self.why = at, [cell], why


@lru_cache(maxsize=_KINDS_KEPT)
def _weight_of(cell: str, separator: str) -> tuple[int, int] | None:
    """12.5 as 125 and 10. Where ; or a tab separates columns, a comma is a decimal one."""
    text = cell.strip()
    if separator != ",":
        text = text.replace(",", ".")
    whole, __, decimals = text.partition(".")
    if len(text) < 20 and (whole + decimals).isascii() and (whole + decimals).isdigit():
        return int(whole + decimals), 10 ** len(decimals)
    found = exact(text)
    return None if found is None or found < 0 else (found.numerator, found.denominator)
