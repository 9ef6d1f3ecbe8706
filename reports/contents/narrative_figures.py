"""What the yearly report says, by names that are the same in every report. Pure.

Nothing of it is its own: units are those of T1 beside the opening of T2 and T3, lacks and causes
those of T4 and T10, results and money those of the programmes' report. Rounds before have their
numbers from the reports of then: "poor_households@2022".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from reports.contents import programme_figures, sheet_figures
from reports.contents.content import CellValue, Content, Head, Line, Sheet
from reports.contents.narrative import Parts
from reports.contents.webs import Figures, Name

#: Of the area, which the text names.
TOTALS: Final = (
    "resident_households", "resident_persons", "poor_households", "poor_persons",
    "near_poor_households", "near_poor_persons",
)  # fmt: skip
#: Of rounds before.
THEN: Final = ("resident_households", "poor_households", "near_poor_households")
_AT: Final = "@"
_BEFORE: Final = "_before"


@dataclass(frozen=True)
class Measures:
    """`opening`: of the columns of the closing before. `lack` and `cause` name the count of a code
    in the lists of what is lacked and of why households are poor."""

    opening: Mapping[str, str]
    lack: Callable[[str], str]
    cause: Callable[[str], str]

    def of_unit(self, column: str, _counted: str = "") -> str:
        return self.opening.get(column, column)


def at_round(measure: str, key: str) -> str:
    """A number as reports of the round `key` have it."""
    return f"{measure}{_AT}{key}"


def is_of_then(name: Name) -> bool:
    return _AT in name[1]


def name_in_trend(head: Head, line: Line, column: str) -> Name:
    """Of a line of the rounds: of this one the number of its own reports."""
    is_now = line.code == head.round
    return str(head.area_key), column if is_now else at_round(column, line.code)


def name_of_value(head: Head, value: str, measures: Measures) -> Name:
    """Of a figure of the text that is counted."""
    area = str(head.area_key)
    if value == f"resident_households{_BEFORE}":
        return area, at_round(value.removesuffix(_BEFORE), str(head.values.get("before")))
    return area, measures.of_unit(value)


def of_report(content: Content, parts: Parts, measures: Measures) -> Figures:
    """Of one area's report; what adds up there the tables tell too."""
    head, area = content.head, str(content.head.area_key)
    units = sheet_figures.of_sheet(head, *parts.units, measures.of_unit)
    values = dict(units.values)
    values |= _counted(head.values, {one: name_of_value(head, one, measures) for one in TOTALS})
    for line in parts.trend[1]:
        cells = _cells(parts.trend[0], line)
        values |= _counted(cells, {one: name_in_trend(head, line, one) for one in THEN})
    for (sheet, lines), named in ((parts.lacks, measures.lack), (parts.causes, measures.cause)):
        for line in lines:
            values |= _counted(_cells(sheet, line), {"households": (area, named(line.code))})
    programmes = programme_figures.of_report(area, parts.results, parts.money)
    return Figures(
        {**values, **programmes.values}, units.parts, (*units.sums, *programmes.sums),
        some=programmes.some,
    )  # fmt: skip


def _counted(cells: Mapping[str, CellValue], names: Mapping[str, Name]) -> dict[Name, int]:
    return {name: value for key, name in names.items() if isinstance(value := cells.get(key), int)}


def _cells(sheet: Sheet, line: Line) -> dict[str, CellValue]:
    return {column.key: cell for column, cell in zip(sheet.columns, line.cells, strict=True)}
