"""Projects that will miss their season: how much time is left, and what shorter steps would do."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from programs.models import ProjectProcedure
from programs.queries.project_counts import STAGES, passed_stage
from programs.queries.project_progress import Standing


@dataclass(frozen=True)
class WayOut:
    """`days_left` to the last day of the season, `days_needed` by the norms of the steps left until
    inputs are there. `shorter`: the simplified set of its kind, if it is on another one, and the
    day of the inputs if the steps left went by that."""

    standing: Standing
    days_left: int
    days_needed: int
    shorter: ProjectProcedure | None
    shorter_on: dt.date | None

    @property
    def shorter_is_in_time(self) -> bool:
        return bool(self.shorter_on and self.shorter_on <= self.standing.project.season_deadline)


def ways_out(rows: Sequence[Standing], on: dt.date) -> list[WayOut]:
    """For those that will miss their season, the latest first. Two queries at most."""
    missing = [one for one in rows if one.progress.will_miss]
    if not missing:
        return []
    simplified = {
        one.owner_kind: one
        for one in ProjectProcedure.objects.on(on)
        .filter(is_simplified=True)
        .prefetch_related("steps")
    }
    found = [_way_out(one, simplified.get(one.project.owner_kind), on) for one in missing]
    return sorted(found, key=lambda one: -one.standing.progress.late_days)


def _way_out(one: Standing, shorter: ProjectProcedure | None, on: dt.date) -> WayOut:
    assert one.progress.inputs_on
    if shorter and shorter.pk == one.project.procedure_id:
        shorter = None
    return WayOut(
        standing=one,
        days_left=(one.project.season_deadline - on).days,
        days_needed=(one.progress.inputs_on - on).days,
        shorter=shorter,
        shorter_on=on + dt.timedelta(days=_days_left(shorter, one)) if shorter else None,
    )


def _days_left(shorter: ProjectProcedure, one: Standing) -> int:
    """Norms of the simplified steps that lie behind what the project has done, until inputs."""
    places = {code: place for place, codes in enumerate(STAGES) for code in codes}
    steps = sorted(shorter.steps.all(), key=lambda step: step.number)
    last = max((step.number for step in steps if step.brings_inputs), default=0)
    done = passed_stage(one)
    return sum(
        step.norm_days
        for step in steps
        if step.number <= last and places.get(step.code, len(STAGES)) > done
    )
