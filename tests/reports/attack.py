"""Working out what is not shown: all that was given to everybody as linear constraints, and of each
hidden small count the smallest and the largest number that fits (linear programming).

Knows nothing of how numbers are hidden: it reads what was given out, and of the truth only which
sums hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from reports import definitions
from reports.contents.content import Content, Head, Line, Sheet
from reports.contents.frame import is_total

#: Status, area, measure.
Named = tuple[str, str, str]
_NEARLY = 1e-6
_FIRST_LOOKS = 24
#: Larger than any number of the invented provinces.
_MOST = 100_000
#: A share beside its whole, which it does not exceed.
_WITHIN = (
    ("T10_cause_", "poor_households"), ("T10_near_poor_cause_", "near_poor_households"),
    ("poor_lacking_", "poor_households"), ("near_poor_lacking_", "near_poor_households"),
    ("poor_merit_households", "poor_households"),
    ("poor_no_labour_households", "poor_households"),
    ("poor_female_head_households", "poor_households"),
)  # fmt: skip


@dataclass
class Known:
    """`values` are the numbers that are shown, `truth` all; `equal` and `atmost` are sums of signed
    numbers that are 0, or at most the second."""

    truth: dict[Named, int] = field(default_factory=dict)
    values: dict[Named, int] = field(default_factory=dict)
    least: dict[Named, int] = field(default_factory=dict)
    equal: list[dict[Named, float]] = field(default_factory=list)
    atmost: list[tuple[dict[Named, float], float]] = field(default_factory=list)


@dataclass(frozen=True)
class Bounds:
    """What a hidden small count can be."""

    name: Named
    value: int
    low: float
    high: float

    @property
    def is_found_out(self) -> bool:
        """Whether only one number fits."""
        return floor(self.high + _NEARLY) - ceil(self.low - _NEARLY) < 1


def known(truth: Iterable[Content], given: Iterable[Content]) -> Known:
    """From the reports as they were made and as they were given to everybody."""
    found = Known()
    for content in truth:
        for sheet, lines in content.sheets:
            for name, cell in _numbers(content.head, sheet, lines):
                if isinstance(cell, int):
                    assert found.truth.setdefault(name, cell) == cell
    for content in given:
        for sheet, lines in content.sheets:
            _read(found, content.head, sheet, list(lines))
    _add_shares(found)
    return found


def _numbers(head: Head, sheet: Sheet, lines: Iterable[Line]) -> Iterable[tuple[Named, object]]:
    naming = definitions.named(head.report).measure_of
    for line in lines:
        for column, cell in zip(sheet.columns, line.cells, strict=True):
            yield (head.status, str(line.key), naming(column.key, line.counted)), cell


def _read(found: Known, head: Head, sheet: Sheet, lines: list[Line]) -> None:
    for name, cell in _numbers(head, sheet, lines):
        if isinstance(cell, int):
            assert found.values.setdefault(name, cell) == cell, name
    naming = definitions.named(head.report).measure_of
    for counted in dict.fromkeys(line.counted for line in lines):
        own = [line for line in lines if line.counted == counted]
        for column in sheet.columns:
            _add_parts(found, head, lines, counted, naming(column.key, counted))
        for total, *parts in sheet.sums:
            for line in own:
                terms = {(head.status, str(line.key), naming(total, counted)): -1.0}
                for part in parts:
                    key = naming(part.removeprefix("-"), counted)
                    terms[head.status, str(line.key), key] = -1.0 if part[0] == "-" else 1.0
                _add(found, terms)
    _add_rates(found, head, sheet, lines)
    _add_columns(found, head, sheet, lines)


def _add(found: Known, terms: dict[Named, float]) -> None:
    """Where it is so: of groups that overlap a sum holds in some lines only."""
    is_there = all(name in found.truth for name in terms)
    if is_there and not sum(sign * found.truth[name] for name, sign in terms.items()):
        found.equal.append(terms)


def _add_parts(found: Known, head: Head, lines: list[Line], counted: str, measure: str) -> None:
    numbers: dict[str, str] = {}
    number, total = "", ""
    for line in lines:
        if is_total(line, head):
            total = str(line.key)
            continue
        number = line.number or number
        if line.counted == counted:
            numbers[number] = str(line.key)
    under: dict[str, list[str]] = {}
    for number, area in numbers.items():
        above = numbers.get(number.rpartition(".")[0], total)
        under.setdefault(above, []).append(area)
    for above, areas in under.items():
        terms = {(head.status, above, measure): -1.0}
        _add(found, terms | {(head.status, area, measure): 1.0 for area in areas})


def _add_rates(found: Known, head: Head, sheet: Sheet, lines: list[Line]) -> None:
    """A rate of two decimals bounds its count by its whole."""
    naming = definitions.named(head.report).measure_of
    at = {column.key: number for number, column in enumerate(sheet.columns)}
    for rate, part, whole in sheet.rates:
        for line in lines:
            cell = line.cells[at[rate]]
            names = [
                (head.status, str(line.key), naming(one, line.counted))
                for one in (part or rate, whole)
            ]
            if isinstance(cell, str) and all(name in found.truth for name in names):
                share, off = float(cell) / 100, 0.00005001
                found.atmost.append(({names[0]: 1.0, names[1]: -share - off}, 0.0))
                found.atmost.append(({names[0]: -1.0, names[1]: share - off}, 0.0))


def _add_columns(found: Known, head: Head, sheet: Sheet, lines: list[Line]) -> None:
    """A column that is there only where it counts something tells by that."""
    definition = definitions.named(head.report)
    here = {column.key for column in sheet.columns}
    every = {name[2]: name for name in found.truth if name[0] == head.status}
    for measure in every:
        for word in ("near_poor", "poor"):
            key = measure.removesuffix("_households")
            code = key.removeprefix(f"{word}_")
            if head.report != "T9" or not code.isdigit() or key != f"{word}_{code}":
                continue
            for line in lines:
                name = (head.status, str(line.key), definition.measure_of(key))
                if key not in here:
                    found.values[name] = 0
                elif is_total(line, head):
                    found.least[name] = 1


def _add_shares(found: Known) -> None:
    for status, area, measure in list(found.truth):
        for part, whole in _WITHIN:
            over = (status, area, whole)
            is_share = measure.startswith(part) and not measure.endswith("deprivations")
            if is_share and over in found.truth:
                found.atmost.append(({(status, area, measure): 1.0, over: -1.0}, 0.0))
        if measure.endswith("_households"):
            persons = (status, area, measure.replace("_households", "_persons"))
            if persons in found.truth and "other_" not in measure:
                found.atmost.append(({(status, area, measure): 1.0, persons: -1.0}, 0.0))


class _Programme:
    def __init__(self, told: Known) -> None:
        self.told = told
        self.names = [name for name in told.truth if name not in told.values]
        self.at = {name: number for number, name in enumerate(self.names)}
        self.equal = self._matrix([(terms, 0.0) for terms in told.equal])
        self.atmost = self._matrix(told.atmost)
        self.bounds = [(told.least.get(name, 0), _MOST) for name in self.names]

    def _matrix(self, rows: Sequence[tuple[Mapping[Named, float], float]]) -> tuple[object, object]:
        data, row_of, column_of, right = [], [], [], []
        for terms, most in rows:
            open_terms = {name: sign for name, sign in terms.items() if name in self.at}
            if not open_terms:
                continue
            shown = sum(s * self.told.values[n] for n, s in terms.items() if n not in self.at)
            for name, sign in open_terms.items():
                data.append(sign)
                row_of.append(len(right))
                column_of.append(self.at[name])
            right.append(most - shown)
        shape = (len(right), len(self.names))
        return csr_matrix((data, (row_of, column_of)), shape=shape), np.array(right)

    def best(self, costs: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> object:
        found = linprog(
            costs, A_eq=self.equal[0], b_eq=self.equal[1], A_ub=self.atmost[0],
            b_ub=self.atmost[1], bounds=self.bounds, method="highs",
        )  # fmt: skip
        assert found.status == 0, found.message
        return found.x


def attack(told: Known, least: int) -> list[Bounds]:
    """The bounds of every hidden small count. A few looks at all of them together first: what was
    seen to differ is not looked at again, and its bounds are those that were seen."""
    programme = _Programme(told)
    small = [name for name in programme.names if 0 < told.truth[name] < least]
    low = {name: float(told.truth[name]) for name in small}
    high = dict(low)

    def saw(point: object) -> None:
        for name in small:
            value = float(point[programme.at[name]])  # type: ignore[index]
            low[name], high[name] = min(low[name], value), max(high[name], value)

    chance = np.random.default_rng(1)
    for _look in range(_FIRST_LOOKS):
        costs = chance.normal(size=len(programme.names))
        saw(programme.best(np.abs(costs) if _look % 2 else -np.sign(costs) * (costs > 1)))
    for name in small:
        for way in (1.0, -1.0):
            if Bounds(name, told.truth[name], low[name], high[name]).is_found_out:
                costs = np.zeros(len(programme.names))
                costs[programme.at[name]] = way
                saw(programme.best(costs))
    return [Bounds(name, told.truth[name], low[name], high[name]) for name in small]
