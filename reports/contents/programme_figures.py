"""What the results of the programmes count, by names that are the same in every report. Pure.

Whatever is told of the same programmes in an area is one bundle, which is hidden whole: their lines
and grounds, plan, money, shares, and each programme's own money. So no sum inside an area tells
what is left out of it. Only who was reached may be left out alone: persons of the register beside
those outside of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from reports.contents.content import CellValue, Line, Sheet
from reports.contents.webs import Figures, Name, bundle_of

#: Of all names.
REPORT: Final = "CT"
#: Columns that may be left out alone.
PEOPLE: Final = ("persons", "outside")
#: A sheet with its lines.
Told = tuple[Sheet, Sequence[Line]]

_COUNTS: Final = ("number", "households", *PEOPLE, "times")
#: What is counted there is nobody.
_NOBODY: Final = frozenset({"PROJECTS_APPROVED"})
#: All of a bundle, and the parts of it that a report tells; some are of none of these.
_WHOLE: Final = "LOANS"
_GROUNDS: Final = ("LOANS_POOR", "LOANS_NEAR_POOR", "LOANS_NEWLY_ESCAPED")
_REST: Final = "rest"


def code(together: str, what: str) -> str:
    """Of a line: what it is told together with, and what it is."""
    return f"{together}/{what}"


def bundle(line_code: str) -> str:
    """ "" of a line of an edition that did not say it yet: nobody knows what goes with it."""
    together, is_known, _what = line_code.partition("/")
    return f"{REPORT}/{together}" if is_known else ""


def people_bundle(line_code: str) -> str:
    return f"{REPORT}/{line_code}"


def is_programmes(name: Name) -> bool:
    """Whether it counts what programmes gave, which is the same under every standard."""
    return bundle_of(name).startswith(f"{REPORT}/")


def is_count_of_somebody(line_code: str, column: str) -> bool:
    return column in _COUNTS and line_code.rpartition("/")[2] not in _NOBODY


def measure(line_code: str, column: str) -> str:
    """The name of what a cell counts."""
    if column in PEOPLE:
        return f"{people_bundle(line_code)}|{column}"
    return f"{bundle(line_code)}|{line_code.rpartition('/')[2]}.{column}"


@dataclass
class Telling:
    """What reports of areas say, gathered area by area."""

    values: dict[Name, int] = field(default_factory=dict)
    some: set[Name] = field(default_factory=set)
    nothing: set[Name] = field(default_factory=set)
    #: Of each area: codes of lines and columns, and what is counted there.
    _codes: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)

    def add(self, area: str, results: Told, money: Told) -> None:
        """An area's own results and money."""
        self._codes.setdefault(area, {})
        for sheet, lines in (results, money):
            for line in lines:
                self._add_line(area, line.code, _cells(sheet, line))
        self._add_rest(area)

    def add_units(self, results: Told, units: Told) -> None:
        """Results by unit, in the columns of the lines of `results`."""
        codes = {line.code.rpartition("/")[2]: line.code for line in results[1]}
        for line in units[1]:
            for column, cell in _cells(units[0], line).items():
                known = codes.get(column, "")
                if isinstance(cell, int) and is_count_of_somebody(known, "number"):
                    self._put(str(line.key), known, "number", cell)

    def fill(self) -> None:
        """What an area has no line of is nothing, and everybody sees it; so is what is counted of
        a line of which nothing was given. Of how often a programme served it is not seen."""
        known = dict.fromkeys(each for told in self._codes.values() for each in told)
        for area, told in self._codes.items():
            for line_code, column in known:
                name = (area, measure(line_code, column))
                value = self.values.setdefault(name, 0)
                shown = code(_WHOLE, _WHOLE) if line_code == code(_WHOLE, _REST) else line_code
                if not value and column != "times" and not told.get((shown, "number")):
                    self.nothing.add(name)

    def figures(self, parts: Iterable[tuple[str, Sequence[str]]] = ()) -> Figures:
        """`parts`: areas and those they are made of."""
        in_order = tuple((area, tuple(sorted(own, key=int))) for area, own in parts)
        return Figures(
            self.values, in_order, tuple(self._sums()), frozenset(self.nothing),
            frozenset(self.some),
        )  # fmt: skip

    def _add_line(self, area: str, line_code: str, cells: Mapping[str, CellValue]) -> None:
        for column, cell in cells.items():
            if isinstance(cell, int) and is_count_of_somebody(line_code, column):
                self._put(area, line_code, column, cell)

    def _put(self, area: str, line_code: str, column: str, count: int) -> None:
        if not bundle(line_code):
            return
        name = (area, measure(line_code, column))
        self.values[name] = count
        self._codes.setdefault(area, {})[line_code, column] = count
        if column == "number" and count:
            self.some.add(name)

    def _add_rest(self, area: str) -> None:
        """Loans on no ground that is told: the difference tells them."""
        whole = code(_WHOLE, _WHOLE)
        if (found := self.values.get((area, measure(whole, "number")))) is None:
            return
        grounds = (
            self.values.get((area, measure(code(_WHOLE, one), "number")), 0) for one in _GROUNDS
        )
        rest = found - sum(grounds)
        self.values[area, measure(code(_WHOLE, _REST), "number")] = rest
        self._codes[area][code(_WHOLE, _REST), "number"] = rest

    def _sums(self) -> Iterator[tuple[str, ...]]:
        parts = (code(_WHOLE, one) for one in (*_GROUNDS, _REST))
        yield tuple(measure(one, "number") for one in (code(_WHOLE, _WHOLE), *parts))
        known = {line_code for told in self._codes.values() for line_code, _column in told}
        for one in sorted(known):
            yield measure(one, "number"), *(measure(one, column) for column in PEOPLE)


def of_report(area: str, results: Told, money: Told, units: Told | None = None) -> Figures:
    """Of one area's report."""
    telling = Telling()
    telling.add(area, results, money)
    parts: list[tuple[str, Sequence[str]]] = []
    if units:
        telling.add_units(results, units)
        below = [str(line.key) for line in units[1] if str(line.key) != area]
        parts = [(area, below)] if below else []
    return telling.figures(parts)


def _cells(sheet: Sheet, line: Line) -> dict[str, CellValue]:
    return {column.key: cell for column, cell in zip(sheet.columns, line.cells, strict=True)}
