"""What datasets of support share: they are of a day or a year as recorded, under no standard."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programs.queries.reach import Reach
from reports.choices import FigureLevel, RecordStatus
from reports.choices import Unit as Counted
from reports.queries.aggregates import Cut, Lack, Part, PartHead, Told
from reports.queries.rows import Figure, Row
from reports.queries.units import Unit

#: Of a row: figures by column, and why there is none.
Cells = tuple[Mapping[str, Figure], Mapping[str, tuple[Lack, str]]]
NOT_COUNTED_YET: Final = _("Not counted yet")


@dataclass(frozen=True)
class Period:
    """A day or a year of records: how it is called, and the day it is known up to."""

    key: str
    as_of: dt.date


@dataclass(frozen=True)
class NoStandard:
    """Support is given under programmes, not under a standard of poverty."""

    code: str = ""


@dataclass(frozen=True)
class Column:
    """Of the code book. `unit`: households, persons, times, vnd, number, per_cent, or row (each row
    says its own). `base` and `formula` are of rates."""

    code: str
    name: str | Promise
    unit: str
    base: str = ""
    formula: str = ""


@dataclass(frozen=True)
class Known:
    """How far kept figures are right: communes shown as they were at `oldest`, and those never
    counted."""

    behind: int
    oldest: dt.datetime | None
    uncounted: frozenset[int]

    @property
    def told(self) -> dict[str, Any]:
        return {
            "communes_behind": self.behind,
            "communes_missing": len(self.uncounted),
            "oldest": self.oldest,
        }


def head(
    period: Period, level: FigureLevel, about: tuple[tuple[str, str], ...], known: Known
) -> PartHead:
    return PartHead(
        period, NoStandard(), RecordStatus.RECORDED, level, period.as_of, about=about,
        more=known.told,
    )  # fmt: skip


def part(
    head: PartHead,
    cut: Cut,
    columns: Sequence[Column],
    units: Sequence[Reach],
    cells: Callable[[Reach], Cells | None],
    counted: Counted | None = None,
) -> Part:
    """A row for each unit of which `cells` tells something."""

    def rows() -> Iterator[Told]:
        for one in units:
            if (told := cells(one)) is not None:
                unit = Unit(one.area.pk, one.area.code, one.area.name)
                yield Told(Row(unit, {}, {}, counted), *told)

    return Part(head, cut, tuple(one.code for one in columns), rows)


def nothing(columns: Sequence[Column]) -> Cells:
    """Of a unit in which a commune was never counted."""
    why = (Lack.NOT_ENOUGH, str(NOT_COUNTED_YET))
    return {one.code: None for one in columns}, {one.code: why for one in columns}


def rate(part: int | None, whole: int | None) -> Figure:
    """In per cent, not rounded; None where there is nothing to divide by."""
    return Fraction(100 * part, whole) if part is not None and whole else None
