"""Money of programmes by area and year as it stood on a day: allocated, committed, disbursed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from households.models import Area
from households.models.area_reach import branches_through_time
from programs.choices.money import MoneyStage
from programs.models import MoneyEntry, Programme
from programs.queries.reach import Reach
from programs.workflow.money import Booking, allocated, booked, upwards


@dataclass(frozen=True)
class Money:
    """In đồng. `allocated_vnd` None: nothing is allocated that povreg knows of."""

    allocated_vnd: int | None = None
    committed_vnd: int = 0
    disbursed_vnd: int = 0

    @property
    def left_vnd(self) -> int | None:
        """Allocated and not paid out yet."""
        return None if self.allocated_vnd is None else self.allocated_vnd - self.disbursed_vnd

    @property
    def free_vnd(self) -> int | None:
        """Allocated and not even promised to anybody."""
        return None if self.allocated_vnd is None else self.allocated_vnd - self.committed_vnd

    @property
    def share_percent(self) -> float | None:
        """Of what is allocated, how much is paid out."""
        return 100 * self.disbursed_vnd / self.allocated_vnd if self.allocated_vnd else None


NOTHING = Money()


@dataclass(frozen=True)
class MoneyLeft:
    """`vnd` not promised yet of what `area` was allocated: the asked area, or the nearest above
    it that has an allocation."""

    vnd: int
    area: Area


def money_of(
    year: int, units: Sequence[Reach], on: dt.date, *, programme: Programme | None = None
) -> dict[tuple[int, int], Money]:
    """What was booked up to the day for each (programme, area) of which anything is known. A
    unit's figures hold those of all areas below it, and of what went into it: a ledger adds up.
    One query."""
    branches = [path for unit in units for path in unit.branches]
    found = {}
    for programme_pk, lines in _bookings(year, branches, on, programme).items():
        for unit in units:
            parts = _parts(lines.values(), unit.branches)
            if parts:
                found[programme_pk, unit.area.pk] = _together(parts)
    return found


def by_line(programme: Programme, year: int, unit: Reach, on: dt.date) -> dict[str, Money]:
    """One programme in one unit by funding line. One query."""
    lines = _bookings(year, unit.branches, on, programme).get(programme.pk, {})
    return {
        funding: _together(parts)
        for funding, bookings in sorted(lines.items())
        if (parts := _parts([bookings], unit.branches))
    }


def left_of_all(year: int, area: Area, on: dt.date) -> dict[int, MoneyLeft]:
    """By programme, what can still be promised of its money for an area and year by the day;
    without those of which neither the area nor one above it was allocated anything. Three
    queries."""
    paths = upwards(area.inner_path)
    order = {path: at for at, path in enumerate(paths)}
    above = Area.objects.filter(pk__in=[path.rstrip(".").rsplit(".", 1)[-1] for path in paths])
    units = sorted(above, key=lambda one: order[one.inner_path])
    through = branches_through_time([one.pk for one in units])
    everywhere = sorted({path for branches in through.values() for path in branches})
    found: dict[int, MoneyLeft] = {}
    for pk, lines in _bookings(year, everywhere, on, None).items():
        for unit in units:
            total = _together(_parts(lines.values(), through[unit.pk]))
            if total.free_vnd is not None:
                found[pk] = MoneyLeft(total.free_vnd, unit)
                break
    return found


def entries(programme: Programme, year: int, unit: Reach, on: dt.date) -> QuerySet[MoneyEntry]:
    """What was booked for a unit and those below it up to the day, the newest first."""
    return (
        MoneyEntry.objects.filter(programme=programme, year=year, booked_on__lte=on)
        .filter(_under(unit.branches))
        .select_related("area", "booked_by", "countered_by")
    )


def _under(branches: Iterable[str]) -> Q:
    wanted = Q(pk__in=[])
    for branch in branches:
        own = int(branch.rstrip(".").rsplit(".", 1)[-1])
        wanted |= Q(area=own) | Q(area__path__startswith=branch)
    return wanted


def _bookings(
    year: int, branches: Iterable[str], on: dt.date, programme: Programme | None
) -> dict[int, dict[str, list[Booking]]]:
    """By programme and funding line, already summed for each area and stage."""
    rows = MoneyEntry.objects.filter(year=year, booked_on__lte=on).filter(_under(branches))
    if programme:
        rows = rows.filter(programme=programme)
    summed = (
        rows.order_by()
        .values_list("programme", "funding", "area", "area__path", "stage")
        .annotate(vnd=Sum("amount_vnd"))
    )
    found: dict[int, dict[str, list[Booking]]] = defaultdict(lambda: defaultdict(list))
    for programme_pk, funding, area, path, stage, vnd in summed:
        found[programme_pk][funding].append(Booking(f"{path}{area}.", stage, on, vnd))
    return found


def _parts(lines: Iterable[list[Booking]], branches: Iterable[str]) -> list[Money]:
    return [one for line in lines for path in branches if (one := _of_area(line, path))]


def _of_area(bookings: list[Booking], inner_path: str) -> Money | None:
    if not any(one.inner_path.startswith(inner_path) for one in bookings):
        return None
    return Money(
        allocated(bookings, inner_path),
        booked(bookings, inner_path, MoneyStage.COMMITTED),
        booked(bookings, inner_path, MoneyStage.DISBURSED),
    )


def _together(parts: list[Money]) -> Money:
    known = [one.allocated_vnd for one in parts if one.allocated_vnd is not None]
    return Money(
        sum(known) if known else None,
        sum(one.committed_vnd for one in parts),
        sum(one.disbursed_vnd for one in parts),
    )
