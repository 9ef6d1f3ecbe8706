"""The units of a report in the order of the official frame, and how their cells are written."""

from collections.abc import Iterator
from dataclasses import dataclass

from households.models import Area, AreaGroup
from reports.choices import FigureLevel
from reports.contents.content import CellValue
from reports.queries.questions import Question
from reports.queries.rows import Figure, rounded
from reports.queries.units import NOWHERE, Unit
from reports.services.contents.asked import Asked


@dataclass(frozen=True)
class Placed:
    """A unit of a question with the number that stands before it ("" of the area itself)."""

    question: Question
    unit: Unit
    number: str


def units(asked: Asked) -> Iterator[Placed]:
    """Districts or groups with their communes under them (1, 1.1), communes of neither after them,
    the area's own line last. One query."""
    upper, lower = asked.upper, asked.lower
    if upper and lower:
        over = _above(upper, lower)
        for at, unit in enumerate(upper.units.rows, start=1):
            yield Placed(upper, unit, str(at))
            under = [one for one in lower.units.rows if over.get(one.key) == unit.key]
            for below, one in enumerate(under, start=1):
                yield Placed(lower, one, f"{at}.{below}")
        # What lies nowhere stands with the upper units already.
        left = [one for one in lower.units.rows if one.key not in over and one.key != NOWHERE]
        for at, one in enumerate(left, start=len(upper.units.rows) + 1):
            yield Placed(lower, one, str(at))
    elif parts := lower or upper:
        for at, unit in enumerate(parts.units.rows, start=1):
            yield Placed(parts, unit, str(at))
    for unit in asked.whole.units.rows:
        yield Placed(asked.whole, unit, "")


def _above(upper: Question, lower: Question) -> dict[int, int]:
    """Commune to its district, or to its group. One query."""
    keys = {unit.key for unit in upper.units.rows}
    if upper.level == FigureLevel.GROUP:
        members = AreaGroup.communes.through.objects.filter(areagroup__in=keys)
        return {commune: group for group, commune in members.values_list("areagroup_id", "area_id")}
    below = Area.objects.filter(pk__in=[unit.key for unit in lower.units.rows])
    lines = {
        pk: [int(part) for part in path.split(".") if part]
        for pk, path in below.values_list("pk", "path")
    }
    return {pk: one for pk, line in lines.items() for one in line if one in keys}


def cell(figure: Figure) -> CellValue:
    """A rate half-up to two decimals, as text so that it is the same everywhere."""
    shown = rounded(figure)
    return shown if shown is None or isinstance(shown, int) else f"{shown:f}"
