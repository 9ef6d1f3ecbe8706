"""Where a production project stands on a day, and when its inputs will be there: pure reckoning.

A project goes through the steps of its procedure one after the other. Between two steps it waits
for the next one. A step over its norm is reckoned to need the whole norm once more: it is not done
today only because it is late.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from programs.choices.projects import StepOutcome
from programs.workflow import keeping


@dataclass(frozen=True)
class Norm:
    """A step of a procedure; `brings_inputs`: after it seeds and animals are with the families."""

    number: int
    code: str
    norm_days: int
    brings_inputs: bool


@dataclass(frozen=True)
class Entry:
    """A stay in a step. `left_on` None: still there; the outcome counts from that day."""

    number: int
    entered_on: dt.date
    left_on: dt.date | None
    outcome: str


@dataclass(frozen=True)
class Stay:
    """A stay as it is seen on a day: `until` is that day where it goes on; `over_from`, the first
    day over the norm, None where there is none."""

    number: int
    since: dt.date
    until: dt.date
    over_from: dt.date | None
    is_open: bool


@dataclass(frozen=True)
class Progress:
    """Where a project stands on the day `on`.

    `done`: the number of the last step done (0: none); `at`: the step it lies in or waits for,
    None when all are done or it is rejected. `inputs_on`: the day inputs were there
    (`inputs_are_there`), else when they will be by the norms of the steps left; None when
    rejected. All spans in days.
    """

    on: dt.date
    deadline: dt.date
    stays: tuple[Stay, ...]
    done: int
    at: int | None
    since: dt.date | None
    norm_days: int
    waited_days: int
    is_rejected: bool
    is_complete: bool
    inputs_on: dt.date | None
    inputs_are_there: bool

    @property
    def over_days(self) -> int:
        return max(0, self.waited_days - self.norm_days) if self.at else 0

    @property
    def spare_days(self) -> int | None:
        """Days between the inputs and the last day of the season; negative: too late."""
        return (self.deadline - self.inputs_on).days if self.inputs_on else None

    @property
    def late_days(self) -> int:
        return max(0, -(self.spare_days or 0))

    @property
    def will_miss(self) -> bool:
        """Not lost yet: the season's last day lies ahead, and inputs would come after it."""
        return not self.inputs_are_there and self.late_days > 0 and self.on <= self.deadline

    @property
    def has_missed(self) -> bool:
        """Inputs came, or will come, after a season that is over."""
        return self.late_days > 0 and not self.will_miss

    @property
    def kept_known_from(self) -> dt.date | None:
        """The first day on which anybody can say who kept it for twelve months; None while the
        inputs are not there."""
        if self.inputs_on is None or not self.inputs_are_there:
            return None
        return keeping.kept_known_from(self.inputs_on)

    @property
    def needs_reminder(self) -> bool:
        return self.over_days > 0 or self.will_miss


def progress(
    norms: Sequence[Norm], entries: Sequence[Entry], deadline: dt.date, on: dt.date
) -> Progress:
    """`norms` in order of their numbers; `entries` in the order they were made, those after `on`
    are not looked at."""
    known = [one for one in entries if one.entered_on <= on]
    days = {one.number: one.norm_days for one in norms}
    done, since, is_rejected = _standing(known, on)
    at = next((one for one in norms if one.number > done), None) if not is_rejected else None
    norm = at.norm_days if at else 0
    waited = (on - since).days if at and since else 0
    came = _inputs_came(norms, known, on)
    return Progress(
        on=on,
        deadline=deadline,
        stays=tuple(_stay(one, days.get(one.number, 0), on) for one in known),
        done=done,
        at=at.number if at else None,
        since=since if at else None,
        norm_days=norm,
        waited_days=waited,
        is_rejected=is_rejected,
        is_complete=at is None and not is_rejected and bool(norms),
        inputs_on=came or (None if is_rejected else _will_come(norms, done, waited, on)),
        inputs_are_there=came is not None,
    )


def _standing(known: list[Entry], on: dt.date) -> tuple[int, dt.date | None, bool]:
    """(last step done, since when it lies in or waits for the next, rejected)."""
    if not known:
        return 0, None, False
    last = known[-1]
    if last.left_on is None or last.left_on > on:
        return last.number - 1, last.entered_on, False
    if last.outcome == StepOutcome.REJECTED:
        return last.number - 1, last.left_on, True
    return last.number, last.left_on, False


def _stay(one: Entry, norm_days: int, on: dt.date) -> Stay:
    is_open = one.left_on is None or one.left_on > on
    until = on if is_open or one.left_on is None else one.left_on
    limit = one.entered_on + dt.timedelta(days=norm_days)
    return Stay(one.number, one.entered_on, until, limit if until > limit else None, is_open)


def _inputs_came(norms: Sequence[Norm], known: list[Entry], on: dt.date) -> dt.date | None:
    bringing = {one.number for one in norms if one.brings_inputs}
    came = [
        one.left_on
        for one in known
        if one.number in bringing
        and one.outcome == StepOutcome.DONE
        and one.left_on is not None
        and one.left_on <= on
    ]
    return min(came, default=None)


def _will_come(norms: Sequence[Norm], done: int, waited: int, on: dt.date) -> dt.date:
    last = max((one.number for one in norms if one.brings_inputs), default=0)
    left = [one.norm_days for one in norms if done < one.number <= last]
    if left and waited <= left[0]:
        left[0] -= waited
    return on + dt.timedelta(days=sum(left))
