"""Keeping the figures of coverage: commune by commune, as what they count changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from programs.models import CoverageFigure, CoverageLack, CoverageSummary
from programs.queries import coverage_figures
from programs.services.kept import Commune, Keeper


def refresh_changed(*, branches: Sequence[str] | None = None) -> int:
    """As Keeper.refresh_changed: what changed since, or is of another day."""
    return _KEEPER.refresh_changed(branches)


def refresh(*, communes: Sequence[Commune], on: dt.date) -> None:
    """Keep the figures of these communes for the day."""
    _KEEPER.refresh(communes, on)


def _write(held: dict[int, CoverageSummary], communes: Sequence[Commune], on: dt.date) -> None:
    counted, lacks = coverage_figures.counted([path for _, path in communes], on)
    CoverageFigure.objects.filter(summary__in=held.values()).delete()
    CoverageLack.objects.filter(summary__in=held.values()).delete()
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


_KEEPER: Final = Keeper(CoverageSummary, job=7_311, write=_write)
