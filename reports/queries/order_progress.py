"""How far an order of reports is, by area."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from households.models import Area, PovertyStandard
from reports.choices import PartState
from reports.models import ReportOrder, ReportPart

#: Of so few areas all parts are told; of more those of one at a time.
FEW_AREAS = 3
#: What is said first of an area whose parts stand differently.
_WORST_FIRST = (PartState.FAILED, PartState.MAKING, PartState.WAITING, PartState.CANCELLED)


@dataclass(frozen=True)
class AreaProgress:
    """An area of an order: how many parts are in which state; `parts` where they are told."""

    area: Area
    states: Counter[PartState]
    parts: tuple[ReportPart, ...] = ()

    @property
    def made(self) -> int:
        return self.states[PartState.MADE]

    @property
    def total(self) -> int:
        return self.states.total()

    @property
    def state(self) -> PartState:
        """The word for the area as a whole."""
        found = next((one for one in _WORST_FIRST if self.states[one]), PartState.MADE)
        is_begun = found == PartState.WAITING and self.made
        return PartState.MAKING if is_begun else found


@dataclass(frozen=True)
class Failure:
    """Reports of an area under one standard that could not be made for the same reason."""

    area: Area
    standard: PovertyStandard
    why: str
    reports: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """`areas` in the order they are made in; parts that `failed`, with their words, and those that
    are being made `now`."""

    areas: Sequence[AreaProgress]
    failed: Sequence[ReportPart]
    now: Sequence[ReportPart]

    @property
    def total(self) -> int:
        return sum(one.total for one in self.areas)

    @property
    def made(self) -> int:
        return sum(one.made for one in self.areas)

    @property
    def done(self) -> int:
        """Parts nothing more is done about."""
        left = (PartState.WAITING, PartState.MAKING)
        return self.total - sum(one.states[state] for one in self.areas for state in left)

    @property
    def is_missing(self) -> bool:
        """Whether something failed or was given up."""
        lost = (PartState.FAILED, PartState.CANCELLED)
        return any(one.states[state] for one in self.areas for state in lost)

    @property
    def failures(self) -> list[Failure]:
        """What failed for the same reason together, in the order of the parts."""
        found: dict[tuple[Area, PovertyStandard, str], list[str]] = {}
        for one in self.failed:
            found.setdefault((one.area, one.standard, one.failure), []).append(one.report)
        return [Failure(*of, tuple(reports)) for of, reports in found.items()]

    @property
    def is_wide(self) -> bool:
        return len(self.areas) > FEW_AREAS


def of(order: ReportOrder, opened: int = 0) -> Progress:
    """`opened`: the area whose parts are told though there are many areas. Three queries."""
    counted: dict[int, Counter[PartState]] = {}
    rows = order.parts.values("area", "state").annotate(number=Count("pk"), at=Min("position"))
    first: dict[int, int] = {}
    for row in rows.order_by():
        counted.setdefault(row["area"], Counter())[PartState(row["state"])] += row["number"]
        first[row["area"]] = min(row["at"], first.get(row["area"], row["at"]))
    areas = Area.objects.in_bulk(list(counted))
    told = _parts(order, opened, few=len(counted) <= FEW_AREAS)
    shown = counted.keys() if len(counted) <= FEW_AREAS else {opened}
    return Progress(
        [
            AreaProgress(
                areas[pk],
                counted[pk],
                tuple(one for one in told if one.area_id == pk) if pk in shown else (),
            )
            for pk in sorted(counted, key=lambda pk: first[pk])
        ],
        [one for one in told if one.state == PartState.FAILED],
        [one for one in told if one.state == PartState.MAKING],
    )


def _parts(order: ReportOrder, opened: int, *, few: bool) -> list[ReportPart]:
    parts = order.parts.select_related("area", "standard").defer("standard__document")
    if not few:
        parts = parts.filter(Q(area=opened) | Q(state__in=[PartState.FAILED, PartState.MAKING]))
    return list(parts.order_by("position"))
