"""What can be worked out in a sheet by adding and subtracting: counts, and what adds up. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from reports.contents.content import Head, Kind, Line, Sheet
from reports.contents.frame import is_total

#: Where a count stands: line and column, both from 0.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Relation:
    """`total` is the sum of `parts`, each with its sign (1 or -1)."""

    total: Place
    parts: tuple[tuple[Place, int], ...]

    def terms(self) -> Iterator[tuple[Place, int]]:
        """All its places; signed so that they add up to nothing."""
        yield self.total, -1
        yield from self.parts


@dataclass
class Counted:
    """The counts of a sheet and all that ties them together. A rate whose count the sheet does not
    have stands for that count. `twins` are the households and the persons of one cell."""

    values: dict[Place, int]
    relations: list[Relation] = field(default_factory=list)
    twins: dict[Place, Place] = field(default_factory=dict)

    def of_place(self) -> dict[Place, list[Relation]]:
        """The relations that each place is in."""
        found: dict[Place, list[Relation]] = {place: [] for place in self.values}
        for relation in self.relations:
            for place, _sign in relation.terms():
                found[place].append(relation)
        return found


def counted(head: Head, sheet: Sheet, lines: Sequence[Line]) -> Counted:
    """Of a sheet of units. A relation of which a number is not there, or that does not hold in its
    line, is none."""
    found = Counted(_values(sheet, lines))
    stand_in = {column for column, (part, _whole) in _shares(sheet).items() if not part}
    found.relations += _across(sheet, lines, found.values)
    for total, parts in _trees(head, lines):
        for at, column in enumerate(sheet.columns):
            places = [(one, at) for one in parts]
            if (total, at) not in found.values or any(p not in found.values for p in places):
                continue
            added = sum(found.values[one] for one in places)
            # Counts worked out of rounded rates add up only nearly: enough to find one of them.
            if added == found.values[total, at] or column.key in stand_in:
                relation = Relation((total, at), tuple((one, 1) for one in places))
                found.relations.append(relation)
    found.twins = _twins(sheet, lines, found.values)
    return found


def _shares(sheet: Sheet) -> dict[str, tuple[str, str]]:
    return {rate: (part, whole) for rate, part, whole in sheet.rates}


def _values(sheet: Sheet, lines: Sequence[Line]) -> dict[Place, int]:
    at = {column.key: number for number, column in enumerate(sheet.columns)}
    shares = _shares(sheet)
    found: dict[Place, int] = {}
    for row, line in enumerate(lines):
        for number, column in enumerate(sheet.columns):
            cell = line.cells[number]
            if column.kind is Kind.COUNT and isinstance(cell, int):
                found[row, number] = cell
            part, whole = shares.get(column.key, ("", ""))
            base = line.cells[at[whole]] if whole else None
            if whole and not part and isinstance(cell, str) and isinstance(base, int):
                count = Decimal(cell) * base / 100
                found[row, number] = int(count.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return found


def _across(sheet: Sheet, lines: Sequence[Line], values: dict[Place, int]) -> Iterator[Relation]:
    """What adds up within a line."""
    at = {column.key: number for number, column in enumerate(sheet.columns)}
    for told in sheet.sums:
        total, *parts = told
        signed = [(at[one.removeprefix("-")], -1 if one[0] == "-" else 1) for one in parts]
        for row in range(len(lines)):
            relation = Relation((row, at[total]), tuple(((row, c), sign) for c, sign in signed))
            terms = [(values.get(place), sign) for place, sign in relation.terms()]
            if all(value is not None for value, _sign in terms) and not sum(
                (value or 0) * sign for value, sign in terms
            ):
                yield relation


def _trees(head: Head, lines: Sequence[Line]) -> Iterator[tuple[int, list[int]]]:
    """A line of a unit, and the lines of the units under it; by what is counted."""
    for counted in dict.fromkeys(line.counted for line in lines):
        numbers, totals = _numbers(head, lines, counted)
        under: dict[str, list[int]] = {}
        for number, row in numbers.items():
            under.setdefault(number.rpartition(".")[0], []).append(row)
        for above, rows in under.items():
            if above in numbers:
                yield numbers[above], rows
            elif not above:
                for total in totals:
                    yield total, rows


def _numbers(head: Head, lines: Sequence[Line], counted: str) -> tuple[dict[str, int], list[int]]:
    """Row by number ("1.2") of the lines that count `counted`, and the rows of the whole area. The
    second line of a unit has no number of its own: it has that of the line before."""
    numbers: dict[str, int] = {}
    totals = []
    number = ""
    for row, line in enumerate(lines):
        whole = is_total(line, head)
        number = "" if whole else line.number or number
        if line.counted == counted:
            if whole:
                totals.append(row)
            elif number:
                numbers[number] = row
    return numbers, totals


def _twins(sheet: Sheet, lines: Sequence[Line], values: dict[Place, int]) -> dict[Place, Place]:
    """The same cell of a unit's two lines, each to the other."""
    if not sheet.two_lines:
        return {}
    found: dict[Place, Place] = {}
    first: dict[tuple[str, int | None], int] = {}
    for row, line in enumerate(lines):
        unit = (line.level, line.key)
        if unit not in first:
            first[unit] = row
            continue
        for column in range(len(sheet.columns)):
            one, other = (first[unit], column), (row, column)
            if one in values and other in values:
                found |= {one: other, other: one}
    return found
