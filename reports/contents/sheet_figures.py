"""What a sheet of a report says, by names that are the same in all reports. Pure."""

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from reports.contents.content import Head, Kind, Line, Sheet
from reports.contents.frame import is_total
from reports.contents.webs import Figures, Name

#: From a column and what its line counts to the measure.
Naming = Callable[[str, str], str]

#: A rate of two decimals tells the count it was made of where it is of fewer than this.
_TELLS_BELOW: Final = 10_000


def area_of(line: Line) -> str:
    """ "12"; "g3" of a group."""
    return f"g{line.key}" if line.level == "group" else str(line.key)


def of_sheet(head: Head, sheet: Sheet, lines: Sequence[Line], naming: Naming) -> Figures:
    """Of a sheet of units: its counts, what is the sum of what by the numbers of its lines ("1.2"),
    and across its columns. A rate whose count the sheet does not have stands for that count."""
    values: dict[Name, int] = {}
    for line in lines:
        if line.key is not None:
            for column, count in _counts(sheet, line):
                values[area_of(line), naming(column, line.counted)] = count
    parts = dict.fromkeys(_parts(head, lines))
    return Figures(values, tuple(parts), sums_of(sheet.sums, _counted(lines), naming))


def sums_of(
    sums: Sequence[Sequence[str]], counted: Sequence[str], naming: Naming
) -> tuple[tuple[str, ...], ...]:
    """Sums of columns as sums of measures, for each of the lines that a unit has."""
    return tuple(
        tuple(("-" if one[0] == "-" else "") + naming(one.removeprefix("-"), what) for one in told)
        for told in sums
        for what in counted
    )


def _counted(lines: Sequence[Line]) -> list[str]:
    return list(dict.fromkeys(line.counted for line in lines))


def _counts(sheet: Sheet, line: Line) -> Iterator[tuple[str, int]]:
    shares = {rate: whole for rate, part, whole in sheet.rates if whole and not part}
    cells = {column.key: cell for column, cell in zip(sheet.columns, line.cells, strict=True)}
    for column in sheet.columns:
        cell, base = cells[column.key], cells.get(shares.get(column.key, ""))
        if column.kind is Kind.COUNT and isinstance(cell, int):
            yield column.key, cell
        elif isinstance(cell, str) and isinstance(base, int) and base < _TELLS_BELOW:
            count = Decimal(cell) * base / 100
            yield column.key, int(count.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _parts(head: Head, lines: Sequence[Line]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """An area, and the areas of the lines under it."""
    for what in _counted(lines):
        numbers, totals = _numbers(head, lines, what)
        under: dict[str, list[str]] = {}
        for number, area in numbers.items():
            under.setdefault(number.rpartition(".")[0], []).append(area)
        for above, areas in under.items():
            wholes = [numbers[above]] if above in numbers else totals if not above else []
            for whole in wholes:
                yield whole, tuple(areas)


def _numbers(head: Head, lines: Sequence[Line], counted: str) -> tuple[dict[str, str], list[str]]:
    """Area by number ("1.2") of the lines that count `counted`, and those of the whole area. The
    second line of a unit has no number of its own: it has that of the line before."""
    numbers: dict[str, str] = {}
    totals = []
    number = ""
    for line in lines:
        whole = is_total(line, head)
        number = "" if whole else line.number or number
        if line.counted == counted and line.key is not None:
            if whole:
                totals.append(area_of(line))
            elif number:
                numbers[number] = area_of(line)
    return numbers, totals
