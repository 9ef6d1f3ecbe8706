"""Working out what the programmes' reports for everybody do not show: all that they give as
equations over whole numbers, and of each hidden small count the smallest and the largest that fits.

The attacker is given more than there is to know: what each programme gives each time, so that every
sum of money tells how often; and of whatever adds up in truth he guesses that it does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from reports.contents.content import Content
from tests.factories import small_programmes as small

#: Area, line, column.
Cell = tuple[str, str, str]
_MOST = 100_000
_WEIGHED = ("number", "households", "persons", "outside", "times")
_LOANS = "LOANS/LOANS"
_REST = "LOANS/rest"
_GROUNDS = ("LOANS/LOANS_POOR", "LOANS/LOANS_NEAR_POOR", "LOANS/LOANS_NEWLY_ESCAPED")


@dataclass
class Known:
    """`values` are the numbers that are shown or seen to be nothing, `some` those seen to be at
    least one; `equal` and `atmost` are sums of signed numbers that are 0, or at most 0."""

    truth: dict[Cell, int] = field(default_factory=dict)
    values: dict[Cell, int] = field(default_factory=dict)
    some: set[Cell] = field(default_factory=set)
    equal: list[dict[Cell, float]] = field(default_factory=list)
    atmost: list[dict[Cell, float]] = field(default_factory=list)


def known(truth: Mapping[str, Content], given: Mapping[str, Content]) -> Known:
    """From every area's report as it was made and as it was given to everybody."""
    found = Known()
    lines = set()
    for content in truth.values():
        for cell, value in small.cells(content).items():
            if isinstance(value, int):
                assert found.truth.setdefault(cell, value) == value
            lines.add(cell[1])
    for area in small.AREAS:
        for line in sorted(lines - {"total"}):
            found.truth.setdefault((area, line, "number"), 0)
        grounds = sum(found.truth[area, one, "number"] for one in _GROUNDS)
        found.truth[area, _REST, "number"] = found.truth[area, _LOANS, "number"] - grounds
    for area, content in given.items():
        _read(found, area, content, lines)
    _add_sums(found)
    return found


def _read(found: Known, area: str, content: Content, lines: Iterable[str]) -> None:
    for cell, value in small.cells(content).items():
        if isinstance(value, int):
            assert found.truth[cell] == value
            found.values[cell] = value
    (_results, (units, _of_units), _money) = content.sheets
    columns = {column.key for column in units.columns}
    for line in lines:
        what = line.rpartition("/")[2]
        if what in small.LINES:
            if what in columns:
                found.some.add((area, line, "number"))
            else:  # nothing was given
                for column in _WEIGHED[:-1]:
                    if (area, line, column) in found.truth:
                        found.values[area, line, column] = 0


def _add_sums(found: Known) -> None:
    own = [(line, column) for _area, line, column in found.truth]
    for line, column in dict.fromkeys(own):
        for area in (small.PROVINCE, *small.DISTRICTS):
            _tie(found, (area, line, column), [(part, line, column) for part in small.parts(area)])
    for area in small.AREAS:
        _add_of_area(found, area)


def _add_of_area(found: Known, area: str) -> None:
    """Inside an area: grounds of loans, persons, programmes, and money by what is given each
    time."""
    _tie(found, (area, _LOANS, "number"), [(area, one, "number") for one in (*_GROUNDS, _REST)])
    money: dict[Cell, float] = {(area, "total", "amount_vnd"): -1.0}
    for what in small.LINES:
        line = f"{small.family(what)}/{what}"
        number = (area, line, "number")
        _tie(found, number, [(area, line, one) for one in ("persons", "outside")])
        for less in ("households", "persons", "outside"):
            _less(found, (area, line, less), number)
        its = [
            (f"{programme.line}/{key}", programme.price)
            for key, programme in small.PROGRAMMES.items()
            if programme.line == small.family(what)
        ]
        if what in small.PROGRAMMES_OF:
            _tie(found, number, [(area, key, "times") for key, _price in its])
            amount = (area, line, "amount_vnd")
            _equal(found, {amount: -1.0} | {(area, key, "times"): float(p) for key, p in its})
            if amount in found.truth:
                money[amount] = 1.0
        elif its:
            prices = {price for _key, price in its}
            assert len(prices) == 1
            _equal(found, {(area, line, "amount_vnd"): -1.0, number: float(prices.pop())})
    _equal(found, money)
    for key, programme in small.PROGRAMMES.items():
        served = (area, f"{programme.line}/{key}", "times")
        for stage in ("committed_vnd", "disbursed_vnd"):
            paid = (area, f"{programme.line}/{key}", stage)
            _equal(found, {paid: -1.0, served: float(programme.price)})


def _tie(found: Known, total: Cell, parts: Iterable[Cell]) -> None:
    terms: dict[Cell, float] = {total: -1.0}
    for part in parts:
        if part in found.truth:  # an area without the line counts nothing
            terms[part] = 1.0
    _equal(found, terms)


def _equal(found: Known, terms: dict[Cell, float]) -> None:
    """Where it is so."""
    is_there = all(cell in found.truth for cell in terms)
    if is_there and not sum(sign * found.truth[cell] for cell, sign in terms.items()):
        found.equal.append(terms)


def _less(found: Known, part: Cell, whole: Cell) -> None:
    if part in found.truth and found.truth[part] <= found.truth[whole]:
        found.atmost.append({part: 1.0, whole: -1.0})


def found_out(told: Known, least: int) -> tuple[list[Cell], int]:
    """Hidden small counts of which only one number fits, and how many were tried."""
    names = [cell for cell in told.truth if cell not in told.values]
    at = {cell: place for place, cell in enumerate(names)}
    constraints = [
        *_constraint(told, at, told.equal, is_equal=True),
        *_constraint(told, at, told.atmost, is_equal=False),
    ]
    low = np.array([float(cell in told.some) for cell in names])
    tried = [
        cell
        for cell in names
        if cell[2] in _WEIGHED and 0 < told.truth[cell] < least
    ]  # fmt: skip
    pinned = []
    for cell in tried:
        ends = []
        for way in (1, -1):
            costs = np.zeros(len(names))
            costs[at[cell]] = way
            answer = milp(
                costs, constraints=constraints, integrality=np.ones(len(names)),
                bounds=Bounds(low, _MOST),
            )  # fmt: skip
            assert answer.status == 0, answer.message
            ends.append(round(answer.x[at[cell]]))
            if ends[0] != told.truth[cell]:
                break
        if len(ends) == 2 and ends[0] == ends[1]:
            pinned.append(cell)
    return pinned, len(tried)


def _constraint(
    told: Known, at: Mapping[Cell, int], sums: list[dict[Cell, float]], *, is_equal: bool
) -> Iterable[LinearConstraint]:
    data, rows, columns, right = [], [], [], []
    for terms in sums:
        left = {cell: sign for cell, sign in terms.items() if cell in at}
        if not left:
            continue
        shown = sum(sign * told.values[cell] for cell, sign in terms.items() if cell not in at)
        for cell, sign in left.items():
            data.append(sign)
            rows.append(len(right))
            columns.append(at[cell])
        right.append(-shown)
    if right:
        matrix = csr_matrix((data, (rows, columns)), shape=(len(right), len(at)))
        yield LinearConstraint(matrix, right if is_equal else -np.inf, right)
