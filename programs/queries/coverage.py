"""Coverage as pages show it: kept figures of clean communes, the few others worked out at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.db.models import Count, QuerySet, Sum

from households.models import HouseholdCard
from programs.models import CoverageFigure, CoverageLack, CoverageSummary
from programs.queries import coverage_figures, coverage_state
from programs.queries.coverage_figures import Counted, Figures, Lack
from programs.queries.coverage_state import Kept

#: So many changed communes are worked out while one waits, with so many households in all; with
#: more the kept figures are shown until the job has done them, and the page says so. An area of so
#: few communes is always worked out: its officer sees at once what he recorded.
LIVE_AT_MOST = 4
LIVE_HOUSEHOLDS_AT_MOST = 1_500
#: Stands for the commune where figures are those of the whole area.
WHOLE_AREA = 0

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True)
class Coverage:
    """Figures of an area. `on` is the day they are of. `behind`: communes shown as they were at
    `oldest`, because more changed than can be worked out at once; `missing`: communes that were
    never counted and are not in the figures. `lacking`: by terms in how many communes somebody
    lacks a fact for them."""

    on: dt.date
    counted: tuple[Counted, ...]
    lacks: tuple[Lack, ...]
    lacking: Mapping[int, int]
    communes: int
    behind: int
    missing: int
    oldest: dt.datetime | None
    #: The keys of those that are missing.
    uncounted: frozenset[int] = frozenset()

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
    by_commune: bool = True,
    live_at_most: int = LIVE_AT_MOST,
) -> Coverage:
    """Coverage of the branches (Area.inner_path), of one programme if told. Without `by_commune`
    the kept figures come added up, as those of WHOLE_AREA. Seven queries where all is clean;
    working out what changed takes about twenty more."""
    units = coverage_state.kept(coverage_state.communes_of(branches), on, CoverageSummary)
    changed = [one for one in units if not one.is_clean]
    is_live = len(units) <= live_at_most or _are_few(changed, live_at_most)
    shown = [one for one in units if one.is_clean or not is_live]
    counted, lacks, lacking = _kept(shown, programme_id, by_commune=by_commune)
    if is_live and changed:
        live, short = coverage_figures.counted([one.inner_path for one in changed], on)
        counted += [one for one in live if programme_id in (None, one.programme_id)]
        short = [one for one in short if programme_id in (None, one.programme_id)]
        lacks += short
        for one in short:
            if one.terms_id is not None:
                lacking[one.terms_id] = lacking.get(one.terms_id, 0) + 1
    late = [] if is_live else changed
    return Coverage(
        on=on,
        counted=tuple(counted),
        lacks=tuple(lacks),
        lacking=lacking,
        communes=len(units),
        behind=sum(one.computed_at is not None for one in late),
        missing=sum(one.computed_at is None for one in late),
        oldest=min((one.computed_at for one in late if one.computed_at), default=None),
        uncounted=frozenset(one.commune_id for one in late if one.computed_at is None),
    )


def _are_few(changed: Sequence[Kept], at_most: int) -> bool:
    """One query at most."""
    if not changed or len(changed) > at_most:
        return not changed
    places = [one.commune_id for one in changed]
    living = HouseholdCard.objects.filter(village__parent__in=places)
    return living.count() <= LIVE_HOUSEHOLDS_AT_MOST


def _kept(
    units: Iterable[Kept], programme_id: int | None, *, by_commune: bool
) -> tuple[list[Counted], list[Lack], dict[int, int]]:
    communes = {one.summary_id: one.commune_id for one in units if one.summary_id is not None}
    figures, lacks = (
        _rows(CoverageFigure, communes, programme_id),
        _rows(CoverageLack, communes, programme_id),
    )
    own = ("summary",) if by_commune else ()
    # Added up by the database: a province keeps ten thousand rows.
    numbers: dict[str, Any] = {f"sum_{name}": Sum(name) for name in _NUMBERS}
    told = figures.values_list(*own, "programme", "terms", "no_labour").annotate(**numbers)
    short = lacks.values_list(*own, "programme", "terms", "fact").annotate(n=Sum("recipients"))
    of_communes = lacks.filter(terms__isnull=False).values_list("terms").annotate(n=Count("pk"))

    def placed(row: Sequence[Any]) -> tuple[Any, ...]:
        return (communes[row[0]], *row[1:]) if by_commune else (WHOLE_AREA, *row)

    counted = [
        Counted(unit, programme, terms, no_labour, Figures(*numbers_told))
        for unit, programme, terms, no_labour, *numbers_told in map(placed, told)
    ]
    return counted, [Lack(*row) for row in map(placed, short)], dict(of_communes)


def _rows(
    model: type[CoverageFigure] | type[CoverageLack],
    communes: Iterable[int],
    programme_id: int | None,
) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(summary__in=list(communes)).order_by()
    return rows if programme_id is None else rows.filter(programme=programme_id)
