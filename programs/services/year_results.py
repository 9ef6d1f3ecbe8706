"""Keeping the figures of years: commune by commune, as benefits change."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db.models import Q
from django.db.models.functions import ExtractYear

from households.models import Area
from programs.models import Benefit, YearFigure, YearSummary, YearWanderer
from programs.queries import results, year_figures, year_wanderers
from programs.queries.distinct import year_count
from programs.queries.reach import Reach
from programs.queries.year_wanderers import Wanderer
from programs.services.kept import Commune, Keeper

_NUMBERS: Final = (
    "times", "households", "persons", "outside", "amount_vnd", "without_amount",
    "without_labour", "labour_unknown",
)  # fmt: skip


def refresh_changed() -> int:
    """As Keeper.refresh_changed."""
    return _KEEPER.refresh_changed()


def refresh(*, communes: Sequence[Commune], on: dt.date) -> None:
    """Keep the figures of these communes of every year up to the day. Written by one at a time:
    refresh_changed holds the lock."""
    _KEEPER.refresh(communes, on)


def _write(held: dict[int, YearSummary], communes: Sequence[Commune], on: dt.date) -> None:
    YearFigure.objects.filter(summary__in=held.values()).delete()
    YearWanderer.objects.filter(commune__in=held).delete()
    places = year_figures.places_of(path for _, path in communes)
    units = [Reach.alone(one) for one in Area.objects.filter(pk__in=held)]
    for year in _years(places):
        _write_figures(held, year, units, on, places)
        last = min(on, dt.date(year, 12, 31))
        _write_wanderers(year, year_wanderers.found_in(places, year, last))


def _years(places: Sequence[int]) -> list[int]:
    given = Benefit.objects.filter(Q(commune__in=places) | Q(village__in=places))
    years = given.exclude(served_on=None).order_by().values_list(ExtractYear("served_on"))
    return [year for (year,) in years.distinct()]


def _write_figures(
    held: dict[int, YearSummary], year: int, units: Sequence[Reach], on: dt.date,
    places: Sequence[int],
) -> None:  # fmt: skip
    found = year_count(year, units, on, results.asked_lines(), places)
    YearFigure.objects.bulk_create(
        (
            YearFigure(
                summary=held[area], year=year, line=line, programme_id=programme, ground=ground,
                stated=stated, school_level=level, **dict(zip(_NUMBERS, numbers, strict=True)),
            )
            for (area, line, programme, ground, stated, level), numbers
            in year_figures.numbered(found)
        ),
        batch_size=2_000,
    )  # fmt: skip


def _write_wanderers(year: int, found: Sequence[Wanderer]) -> None:
    """With the rows of all their communes, which may lie beyond those worked out."""
    for is_person in (False, True):
        theirs = {one.recipient for one in found if one.is_person == is_person}
        YearWanderer.objects.filter(year=year, is_person=is_person, recipient__in=theirs).delete()
    YearWanderer.objects.bulk_create(
        (YearWanderer(year=year, **one._asdict()) for one in found), batch_size=2_000
    )


_KEEPER: Final = Keeper(YearSummary, job=7_312, write=_write)
