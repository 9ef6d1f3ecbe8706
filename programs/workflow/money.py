"""What may be planned of each kind of programme, and what must hold between entries of money.

Rules between entries are judged on every day: an entry is refused by the first rule that it makes
worse. All entries are of one programme, year and funding line.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from programs.choices import ProgrammeKind
from programs.choices.money import Counted, MoneyStage

_C, _K = Counted, ProgrammeKind

#: The first is offered first.
_OF_PERSONS = (_C.TIMES, _C.PERSONS, _C.HOUSEHOLDS)
PLANNED: dict[ProgrammeKind, tuple[Counted, ...]] = {
    _K.LOAN: (_C.TIMES, _C.HOUSEHOLDS),
    _K.HEALTH_CARD: _OF_PERSONS,
    _K.TUITION: _OF_PERSONS,
    _K.STUDY_COST: _OF_PERSONS,
    _K.HOUSING: (_C.HOUSES,),
    _K.WORKS: (_C.TIMES, _C.HOUSEHOLDS),
    _K.KNOWLEDGE: (_C.TIMES, _C.HOUSEHOLDS),
    _K.PROJECT: (_C.PROJECTS, _C.HOUSEHOLDS),
    _K.TRAINING: _OF_PERSONS,
    _K.JOB: (_C.JOBS, _C.PERSONS),
    _K.LABOUR_EXPORT: (_C.JOBS, _C.PERSONS),
    _K.COMMUNICATION: (_C.PEOPLE_REACHED, _C.TIMES),
    _K.OTHER: (_C.TIMES, _C.HOUSEHOLDS),
}

#: Money is allocated, then committed, then paid out.
_BEFORE = {
    MoneyStage.COMMITTED: MoneyStage.ALLOCATED,
    MoneyStage.DISBURSED: MoneyStage.COMMITTED,
}
_AFTER = {before: stage for stage, before in _BEFORE.items()}


@dataclass(frozen=True)
class Booking:
    """One entry: `inner_path` of its area (Area.inner_path), money in đồng with its sign."""

    inner_path: str
    stage: str
    booked_on: dt.date
    amount_vnd: int


class Rule(Enum):
    """What must hold on every day."""

    #: What was booked of a stage in an area is never less than nothing. No reason excuses it.
    NOT_NEGATIVE = "not_negative"
    #: Disbursed ≤ committed ≤ allocated.
    IN_ORDER = "in_order"
    #: What the areas below are allocated is part of what the area is.
    PARTS_IN_WHOLE = "parts_in_whole"


@dataclass(frozen=True)
class Broken:
    """The rule, in which area and on which day: `vnd` would stand where at most `most_vnd` may."""

    rule: Rule
    stage: str
    inner_path: str
    on: dt.date
    vnd: int
    most_vnd: int


def nearest(by_path: Mapping[str, int], inner_path: str) -> int | None:
    """What is stated for an area, else the sum of what is stated for those nearest below it; None
    where nothing is. `by_path`: the number stated for each area, by inner path."""
    if inner_path in by_path:
        return by_path[inner_path]
    return nearest_below(by_path, inner_path)


def nearest_below(by_path: Mapping[str, int], inner_path: str) -> int | None:
    """The sum of what is stated below an area, of each branch the highest one; None for nothing."""
    below = {path for path in by_path if path.startswith(inner_path) and path != inner_path}
    tops = [path for path in below if not any(above in below for above in upwards(path)[1:])]
    return sum(by_path[path] for path in tops) if tops else None


def allocated(bookings: Iterable[Booking], inner_path: str) -> int | None:
    """What an area has: its own allocation, which holds what it passes on; where it has none of
    its own, the sum of those nearest below. None where nothing was ever allocated."""
    return nearest(by_path(bookings, MoneyStage.ALLOCATED), inner_path)


def booked(bookings: Iterable[Booking], inner_path: str, stage: str) -> int:
    """Committed or disbursed in an area and all below it; each is booked once, where it was."""
    return sum(
        one.amount_vnd
        for one in bookings
        if one.stage == stage and one.inner_path.startswith(inner_path)
    )


def by_path(bookings: Iterable[Booking], stage: str) -> dict[str, int]:
    """What was booked of a stage for each area itself, in đồng."""
    found: dict[str, int] = {}
    for one in bookings:
        if one.stage == stage:
            found[one.inner_path] = found.get(one.inner_path, 0) + one.amount_vnd
    return found


def upwards(inner_path: str) -> list[str]:
    """The area itself and those above it, by inner path."""
    parts = inner_path.rstrip(".").split(".")
    return [".".join(parts[:end]) + "." for end in range(len(parts), 0, -1)]


def broken(before: Sequence[Booking], new: Booking) -> Broken | None:
    """The first rule that `new` breaks on its day or a later one; None if it may be booked."""
    later = {one.booked_on for one in before if one.booked_on > new.booked_on}
    for on in sorted({new.booked_on, *later}):
        known = [one for one in (*before, new) if one.booked_on <= on]
        for rule in (_negative, _out_of_order, _parts_over_whole):
            if found := rule(known, new, on):
                return found
    return None


def _negative(known: list[Booking], new: Booking, on: dt.date) -> Broken | None:
    own = by_path(known, new.stage)[new.inner_path]
    if own < 0 and new.amount_vnd < 0:
        return Broken(Rule.NOT_NEGATIVE, new.stage, new.inner_path, on, own, 0)
    return None


def _out_of_order(known: list[Booking], new: Booking, on: dt.date) -> Broken | None:
    """More of a stage asks what the stage before it holds, less of one what was built on it: in
    the area and those above it that hold something of the earlier stage themselves."""
    stage = MoneyStage(new.stage)
    later = stage if new.amount_vnd > 0 else _AFTER.get(stage)
    if later is None or later not in _BEFORE:
        return None
    earlier = _BEFORE[later]
    holders = by_path(known, earlier)
    asked = [path for path in upwards(new.inner_path) if path in holders]
    for path in asked or [new.inner_path]:
        spent, most = booked(known, path, later), booked(known, path, earlier)
        if earlier == MoneyStage.ALLOCATED:
            most = allocated(known, path) or 0
        if spent > most:
            return Broken(Rule.IN_ORDER, later, path, on, spent, most)
    return None


def _parts_over_whole(known: list[Booking], new: Booking, on: dt.date) -> Broken | None:
    """More asks the areas above, less asks what the area itself passed on."""
    if new.stage != MoneyStage.ALLOCATED:
        return None
    holders = by_path(known, MoneyStage.ALLOCATED)
    for path in upwards(new.inner_path)[1:] if new.amount_vnd > 0 else [new.inner_path]:
        parts = nearest_below(holders, path)
        if path in holders and parts is not None and parts > holders[path]:
            stage = MoneyStage.ALLOCATED
            return Broken(Rule.PARTS_IN_WHOLE, stage, path, on, parts, holders[path])
    return None
