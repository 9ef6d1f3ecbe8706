"""Which figures an address asks for."""

import datetime as dt
from dataclasses import dataclass
from typing import Final, TypeVar

from django.http import QueryDict

from reports.choices import FigureLevel, FigureStatus, OfClass, PlaceView, Unit

_LONGEST_KEY: Final = 18
_DAYS: Final = ("%d/%m/%Y", "%Y-%m-%d")
Choice = TypeVar("Choice", FigureStatus, FigureLevel, OfClass, PlaceView, Unit)


@dataclass(frozen=True)
class Typed:
    """Of an address' question what can be read; the rest is as if it were not there. `area` is a
    key, `round` and `standard` are names that may not exist."""

    area: int | None
    round: str
    standard: str
    status: FigureStatus | None
    level: FigureLevel | None
    on: dt.date | None
    view: PlaceView
    of_class: OfClass


@dataclass(frozen=True)
class TypedCell:
    """The cell of a table that an address names; it may not exist."""

    table: str
    column: str
    unit: int
    counted: Unit | None


def typed(given: QueryDict) -> Typed:
    """No query. An area that is no key is 0, which is nobody's."""
    area = given.get("area", "")
    return Typed(
        area=_key(area) if area else None,
        round=given.get("round", "")[:10],
        standard=given.get("standard", "")[:40],
        status=_one_of(FigureStatus, given.get("status", "")),
        level=_one_of(FigureLevel, given.get("level", "")),
        on=_day(given.get("on", "")),
        view=_one_of(PlaceView, given.get("view", "")) or PlaceView.MAP,
        of_class=_one_of(OfClass, given.get("class", "")) or OfClass.POOR,
    )


def typed_cell(given: QueryDict) -> TypedCell:
    """No query."""
    return TypedCell(
        table=given.get("table", ""),
        column=given.get("column", ""),
        unit=_key(given.get("unit", "")),
        counted=_one_of(Unit, given.get("counted", "")),
    )


def _key(text: str) -> int:
    is_key = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_KEY
    return int(text) if is_key else 0


def _one_of(choices: type[Choice], text: str) -> Choice | None:
    return choices(text) if text in choices.values else None


def _day(text: str) -> dt.date | None:
    """Of dd/mm/yyyy or yyyy-mm-dd."""
    for form in _DAYS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
