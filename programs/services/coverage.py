"""Keeping the figures of coverage: commune by commune, as what they count changes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final

from django.db import transaction
from django.db.models.functions import Now

from households import clock
from households.services import job_locks
from programs.models import CoverageFigure, CoverageLack, CoverageSummary
from programs.queries import coverage_figures, coverage_state
from programs.queries.coverage_figures import Counted, Lack
from programs.queries.coverage_state import Tide

#: The number of this job among advisory locks.
_JOB: Final = 7_311
#: Communes worked out in one pass and one transaction.
_A_PASS: Final = 40


def refresh_changed(*, branches: Sequence[str] | None = None) -> int:
    """Work out anew what changed since, or is of another day; gives how many communes. The clean
    ones learn that nothing happened to them, so that the next look is short. Repeating it does no
    harm; another run at work is left to it."""
    with job_locks.held(_JOB, 0) as is_mine:
        if not is_mine:
            return 0
        on = clock.today()
        now = coverage_state.tide_now()
        units = coverage_state.kept(coverage_state.communes_of(branches), on)
        clean = [one.commune_id for one in units if one.is_clean]
        CoverageSummary.objects.filter(commune__in=clean).update(
            tide=now.tide, last_act=now.last_act
        )
        changed = [(one.commune_id, one.inner_path) for one in units if not one.is_clean]
        for some in _passes(changed):
            refresh(communes=some, on=on)
        return len(changed)


def _passes(changed: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    for start in range(0, len(changed), _A_PASS):
        yield changed[start : start + _A_PASS]


@transaction.atomic
def refresh(*, communes: Sequence[tuple[int, str]], on: dt.date) -> None:
    """Keep the figures of these communes (key and Area.inner_path) for the day."""
    CoverageSummary.objects.bulk_create(
        (CoverageSummary(commune_id=pk, counted_for=on, tide=0, last_act=0) for pk, _ in communes),
        ignore_conflicts=True,
    )
    # Locked before the tide is read: of two at work, the later one reads later.
    rows = CoverageSummary.objects.select_for_update().order_by("commune_id")
    held = {one.commune_id: one for one in rows.filter(commune__in=[pk for pk, _ in communes])}
    now = coverage_state.tide_now()
    counted, lacks = coverage_figures.counted([path for _, path in communes], on)
    _write(held, counted, lacks)
    _stamp(held, now, on)


def _write(
    held: dict[int, CoverageSummary], counted: Sequence[Counted], lacks: Sequence[Lack]
) -> None:
    of = {"summary__in": [one.pk for one in held.values()]}
    CoverageFigure.objects.filter(**of).delete()
    CoverageLack.objects.filter(**of).delete()
    CoverageFigure.objects.bulk_create(
        (
            CoverageFigure(
                summary=held[one.commune_id], programme_id=one.programme_id,
                terms_id=one.terms_id, no_labour=one.no_labour, **asdict(one.figures),
            )
            for one in counted
        ),
        batch_size=2_000,
    )  # fmt: skip
    CoverageLack.objects.bulk_create(
        (
            CoverageLack(
                summary=held[one.commune_id], programme_id=one.programme_id,
                terms_id=one.terms_id, fact=one.fact, recipients=one.recipients,
            )
            for one in lacks
        ),
        batch_size=2_000,
    )  # fmt: skip


def _stamp(held: dict[int, CoverageSummary], now: Tide, on: dt.date) -> None:
    rows = CoverageSummary.objects.filter(pk__in=[one.pk for one in held.values()])
    rows.update(counted_for=on, computed_at=Now(), tide=now.tide, last_act=now.last_act)
