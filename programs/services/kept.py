"""Keeping figures commune by commune: what changed is worked out anew, of the rest it is noted that
nothing happened to it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.db import transaction
from django.db.models.functions import Now

from households import clock
from households.services import job_locks
from programs.models import KeptSummary
from programs.queries import coverage_state

#: Communes worked out in one pass and one transaction.
_A_PASS: Final = 40

#: Key and Area.inner_path.
Commune = tuple[int, str]
_Summary = TypeVar("_Summary", bound=KeptSummary)


@dataclass(frozen=True)
class Keeper(Generic[_Summary]):
    """One kind of figures. `job`: its number among advisory locks. `write` puts the figures of
    communes for a day in the place of those kept under their summaries (by key of the commune)."""

    summary: type[_Summary]
    job: int
    write: Callable[[dict[int, _Summary], Sequence[Commune], dt.date], None]

    def refresh_changed(self, branches: Sequence[str] | None = None) -> int:
        """Work out anew what changed since (in `branches`; None: everywhere); gives how many
        communes. The clean ones learn that nothing happened to them, so that the next look is
        short. Repeating it does no harm; another run at work is left to it."""
        with job_locks.held(self.job, 0) as is_mine:
            if not is_mine:
                return 0
            on, now = clock.today(), coverage_state.tide_now()
            units = coverage_state.kept(coverage_state.communes_of(branches), on, self.summary)
            clean = [one.commune_id for one in units if one.is_clean]
            rows = self.summary._default_manager.filter(commune__in=clean)
            rows.update(tide=now.tide, last_act=now.last_act)
            changed = [(one.commune_id, one.inner_path) for one in units if not one.is_clean]
            for start in range(0, len(changed), _A_PASS):
                self.refresh(changed[start : start + _A_PASS], on)
            return len(changed)

    @transaction.atomic
    def refresh(self, communes: Sequence[Commune], on: dt.date) -> None:
        """Keep the figures of these communes for the day."""
        summaries, keys = self.summary._default_manager, [pk for pk, _ in communes]
        summaries.bulk_create(
            (self.summary(commune_id=pk, counted_for=on, tide=0, last_act=0) for pk in keys),
            ignore_conflicts=True,
        )
        # Locked before the tide is read: of two at work, the later one reads later.
        rows = summaries.select_for_update().order_by("commune_id")
        held = {one.commune_id: one for one in rows.filter(commune__in=keys)}
        now = coverage_state.tide_now()
        self.write(held, communes, on)
        summaries.filter(commune__in=keys).update(
            counted_for=on, computed_at=Now(), tide=now.tide, last_act=now.last_act
        )
