"""Residents of communes on a round's date, beside those of the round before."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from households import procedure
from households.choices import AreaLevel, RoundKind, Settlement, TraitKind
from households.models import Area, AreaTrait, ResidentCount, ReviewRound


@dataclass(frozen=True)
class Residents:
    """A commune's rural or urban part: what was entered for the round's date (None: nothing yet),
    and for the periodic round before."""

    commune: Area
    settlement: Settlement
    now: ResidentCount | None
    before: ResidentCount | None

    @property
    def change_percent(self) -> float | None:
        """Of households since the round before; None where either is not known."""
        if self.now is None or self.before is None or not self.before.households:
            return None
        return 100 * (self.now.households - self.before.households) / self.before.households

    @property
    def is_marked(self) -> bool:
        """Whether it changed by more than data/oddities.toml lets pass."""
        most = procedure.oddity_limits()["residents_change_percent"]
        return self.change_percent is not None and abs(self.change_percent) > most


def of_round(round: ReviewRound, communes: Iterable[Area]) -> list[Residents]:
    """A row for each part a commune has by its villages' and its own area on the round's date, or
    that has a number; by commune. Five queries, whatever their number."""
    found = {one.pk: one for one in communes}
    parts = {pk: set(of) for pk, of in _parts(found, round.as_of).items()}
    now = _counts(found, round.as_of)
    earlier = ReviewRound.objects.filter(
        province=round.province_id, kind=RoundKind.PERIODIC, as_of__lt=round.as_of
    )
    last = earlier.order_by("-as_of").values_list("as_of", flat=True).first()
    before = _counts(found, last) if last else {}
    for pk, settlement in (*now, *before):
        parts.setdefault(pk, set()).add(settlement)
    return [
        Residents(
            commune, Settlement(one), now.get((commune.pk, one)), before.get((commune.pk, one))
        )
        for commune in found.values()
        for one in sorted(parts.get(commune.pk) or {Settlement.RURAL})
    ]


def _counts(communes: Iterable[int], day: dt.date) -> dict[tuple[int, str], ResidentCount]:
    rows = ResidentCount.objects.filter(commune__in=list(communes), as_of=day)
    return {(row.commune_id, row.settlement): row for row in rows}


def _parts(communes: Iterable[int], day: dt.date) -> dict[int, set[str]]:
    """Rural, urban or both, by what is known of the villages, else of the commune itself."""
    pks = list(communes)
    villages = dict(
        Area.objects.at(AreaLevel.VILLAGE)
        .on(day)
        .filter(parent__in=pks)
        .values_list("pk", "parent")
    )
    traits = AreaTrait.objects.on(day).filter(kind=TraitKind.SETTLEMENT, area__in=[*pks, *villages])
    told = dict(traits.values_list("area", "value"))
    found: dict[int, set[str]] = {}
    for village, commune in villages.items():
        # A village of which nothing is said is what its commune is.
        if value := told.get(village) or told.get(commune):
            found.setdefault(commune, set()).add(value)
    for pk in pks:
        if pk in told:
            found.setdefault(pk, {told[pk]})
    return found
