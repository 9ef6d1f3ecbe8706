"""Coverage as pages show it: kept figures of clean communes, the few others worked out at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from programs.models import CoverageFigure, CoverageLack
from programs.queries import coverage_figures, coverage_state
from programs.queries.coverage_figures import Counted, Figures, Lack
from programs.queries.coverage_state import Kept

#: So many changed communes are worked out while one waits; with more, the kept figures are shown
#: until the job has done them, and the page says so.
LIVE_AT_MOST = 4

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True)
class Coverage:
    """Figures of an area. `on` is the day they are of. `behind`: communes shown as they were at
    `oldest`, because more changed than can be worked out at once; `missing`: communes that were
    never counted and are not in the figures."""

    on: dt.date
    counted: tuple[Counted, ...]
    lacks: tuple[Lack, ...]
    communes: int
    behind: int
    missing: int
    oldest: dt.datetime | None

    def by(
        self, key: Callable[[Counted], _Key], *, no_labour: bool | None = None
    ) -> Mapping[_Key, Figures]:
        """Added up by what `key` says of a row; `no_labour` alone where given. The key has to keep
        rows with terms and those of all apart."""
        found: defaultdict[_Key, Figures] = defaultdict(Figures)
        for one in self.counted:
            if no_labour is None or one.no_labour == no_labour:
                found[key(one)] += one.figures
        return found


_NUMBERS = tuple(one.name for one in fields(Figures))


def of(
    branches: Sequence[str],
    on: dt.date,
    *,
    programme_id: int | None = None,
    live_at_most: int = LIVE_AT_MOST,
) -> Coverage:
    """Coverage of the branches (Area.inner_path), of one programme if told. Six queries where all
    is clean; working out what changed takes about twenty more."""
    units = coverage_state.kept(coverage_state.communes_of(branches), on)
    changed = [one for one in units if not one.is_clean]
    is_live = len(changed) <= live_at_most
    shown = [one for one in units if one.is_clean or not is_live]
    counted, lacks = _kept(shown, programme_id)
    if is_live and changed:
        live, lacking = coverage_figures.counted([one.inner_path for one in changed], on)
        counted += [one for one in live if programme_id in (None, one.programme_id)]
        lacks += [one for one in lacking if programme_id in (None, one.programme_id)]
    late = [] if is_live else changed
    return Coverage(
        on=on,
        counted=tuple(counted),
        lacks=tuple(lacks),
        communes=len(units),
        behind=sum(one.computed_at is not None for one in late),
        missing=sum(one.computed_at is None for one in late),
        oldest=min((one.computed_at for one in late if one.computed_at), default=None),
    )


def _kept(units: Iterable[Kept], programme_id: int | None) -> tuple[list[Counted], list[Lack]]:
    communes = {one.summary_id: one.commune_id for one in units if one.summary_id is not None}
    figures = CoverageFigure.objects.filter(summary__in=list(communes))
    lacks = CoverageLack.objects.filter(summary__in=list(communes))
    if programme_id is not None:
        figures = figures.filter(programme=programme_id)
        lacks = lacks.filter(programme=programme_id)
    rows = figures.values_list("summary", "programme", "terms", "no_labour", *_NUMBERS)
    counted = [
        Counted(communes[summary], programme, terms, no_labour, Figures(*numbers))
        for summary, programme, terms, no_labour, *numbers in rows
    ]
    told = lacks.values_list("summary", "programme", "terms", "fact", "recipients")
    return counted, [Lack(communes[summary], *rest) for summary, *rest in told]
