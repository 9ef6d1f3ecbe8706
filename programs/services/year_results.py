"""Keeping the figures of years: commune by commune, as benefits change."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import ExtractYear, Now

from households import clock
from households.models import Area
from households.services import job_locks
from programs.models import Benefit, YearFigure, YearSummary, YearWanderer
from programs.queries import coverage_state, results, year_figures, year_wanderers
from programs.queries.distinct import year_count
from programs.queries.reach import Reach
from programs.queries.year_wanderers import Wanderer

#: The number of this job among advisory locks.
_JOB: Final = 7_312
#: Communes worked out in one pass and one transaction.
_A_PASS: Final = 40
_NUMBERS: Final = (
    "times", "households", "persons", "outside", "amount_vnd", "without_amount",
    "without_labour", "labour_unknown",
)  # fmt: skip


def refresh_changed() -> int:
    """Work out anew what changed since; gives how many communes. The clean ones learn that nothing
    happened to them, so that the next look is short. Repeating it does no harm; another run at work
    is left to it."""
    with job_locks.held(_JOB, 0) as is_mine:
        if not is_mine:
            return 0
        on = clock.today()
        now = coverage_state.tide_now()
        communes = coverage_state.communes_of(None)
        units = coverage_state.kept(communes, on, table=coverage_state.YEARS)
        clean = [one.commune_id for one in units if one.is_clean]
        YearSummary.objects.filter(commune__in=clean).update(tide=now.tide, last_act=now.last_act)
        changed = [(one.commune_id, one.inner_path) for one in units if not one.is_clean]
        for start in range(0, len(changed), _A_PASS):
            refresh(communes=changed[start : start + _A_PASS], on=on)
        return len(changed)


@transaction.atomic
def refresh(*, communes: Sequence[tuple[int, str]], on: dt.date) -> None:
    """Keep the figures of these communes (key and Area.inner_path) of every year up to the day.
    Written by one at a time: refresh_changed holds the lock."""
    keys = [pk for pk, _ in communes]
    YearSummary.objects.bulk_create(
        (YearSummary(commune_id=pk, counted_for=on, tide=0, last_act=0) for pk in keys),
        ignore_conflicts=True,
    )
    rows = YearSummary.objects.select_for_update().order_by("commune_id")
    held = {one.commune_id: one for one in rows.filter(commune__in=keys)}
    now = coverage_state.tide_now()
    YearFigure.objects.filter(summary__in=held.values()).delete()
    YearWanderer.objects.filter(commune__in=keys).delete()
    places = year_figures.places_of(path for _, path in communes)
    units = [Reach.alone(one) for one in Area.objects.filter(pk__in=keys)]
    for year in _years(places):
        _write_figures(held, year, units, on, places)
        last = min(on, dt.date(year, 12, 31))
        _write_wanderers(year, year_wanderers.found_in(places, year, last))
    YearSummary.objects.filter(commune__in=keys).update(
        counted_for=on, computed_at=Now(), tide=now.tide, last_act=now.last_act
    )


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
