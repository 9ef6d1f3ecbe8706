"""The way of a project as a line through time: places of bars, flag and today, ready for an SVG.

All lines of a board share one scale. Numbers are written as SVG takes them, whatever the language.
"""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programs.queries.project_progress import Standing
from programs.workflow.projects import Stay

WIDTH = 760
_PAD = 8
_FURTHEST_BACK = dt.timedelta(days=330)
_FURTHEST_AHEAD = dt.timedelta(days=300)
#: Where a text would leave the picture on the right; a bar on which a number has room.
_RIGHT_EDGE = WIDTH - 130
_ROOM_FOR_A_NUMBER = 14
_MOST_MONTH_NAMES = 18


@dataclass(frozen=True)
class Bar:
    x: str
    width: str
    #: "done", "now" or "over".
    kind: str


@dataclass(frozen=True)
class Mark:
    """A place with its words; `at_end`: they stand to the left of it."""

    x: str
    words: str
    at_end: bool = False
    text_x: str = ""


@dataclass(frozen=True)
class Line:
    """One project. `ahead`: from today to the inputs, x and x."""

    bars: list[Bar]
    numbers: list[Mark]
    season: Mark
    ahead: tuple[str, str] | None
    is_late: bool


@dataclass(frozen=True)
class Scale:
    """The days a board shows, both ends included."""

    first: dt.date
    last: dt.date
    on: dt.date

    def x(self, day: dt.date) -> float:
        day = min(max(day, self.first), self.last)
        span = max(1, (self.last - self.first).days)
        return _PAD + (WIDTH - 2 * _PAD) * (day - self.first).days / span

    @property
    def now(self) -> str:
        return _text(self.x(self.on))

    @property
    def words_go(self) -> str:
        """On which side of today words have room: "left", "right" or "both"."""
        x = self.x(self.on)
        return "left" if x > WIDTH * 0.68 else "right" if x < WIDTH * 0.36 else "both"

    @property
    def left_of_now(self) -> str:
        return _text(self.x(self.on) - 5)

    @property
    def right_of_now(self) -> str:
        return _text(self.x(self.on) + 6)

    @property
    def months(self) -> list[Mark]:
        """The first day of each month, named where there is room."""
        starts, day = [], self.first
        while day <= self.last:
            starts.append(day)
            day = _next_month(day)
        each = 1 if len(starts) <= _MOST_MONTH_NAMES else 3
        return [
            Mark(_text(self.x(one)), self._name(one) if index % each == 0 else "", False,
                 _text(self.x(one) + 4))
            for index, one in enumerate(starts)
        ]  # fmt: skip

    def _name(self, month: dt.date) -> str:
        if month.month == 1 or month == self.first:
            return f"{month.month}/{month:%y}"
        return _("M%(month)d") % {"month": month.month}


def scale(rows: Sequence[Standing], on: dt.date) -> Scale:
    """Wide enough for every row, eleven months back and ten ahead at most."""
    days = [on]
    for one in rows:
        days += [stay.since for stay in one.progress.stays[:1]]
        days += [one.project.season_deadline]
        days += [one.progress.inputs_on] if one.progress.inputs_on else []
    first = max(min(days), on - _FURTHEST_BACK).replace(day=1)
    last = min(max(days), on + _FURTHEST_AHEAD)
    _weekday, length = calendar.monthrange(last.year, last.month)
    return Scale(first, last.replace(day=length), on)


def line(one: Standing, scale: Scale) -> Line:
    """The bars of its stays (the part over the norm apart), the flag of its season, and the way
    ahead to the inputs."""
    bars, numbers = [], []
    shown = [stay for stay in one.progress.stays if stay.until >= scale.first]
    for stay in shown:
        drawn, number = _bars(stay, scale)
        bars += drawn
        numbers += [number] if number else []
    inputs = one.progress.inputs_on
    goes_on = inputs is not None and not one.progress.inputs_are_there
    return Line(
        bars=bars,
        numbers=numbers,
        season=_season(one.project.season_deadline, scale),
        ahead=(scale.now, _text(scale.x(inputs))) if goes_on and inputs else None,
        is_late=one.progress.late_days > 0,
    )


def _bars(stay: Stay, scale: Scale) -> tuple[list[Bar], Mark | None]:
    start, end = scale.x(stay.since), scale.x(stay.until)
    kind = "now" if stay.is_open else "done"
    limit = scale.x(stay.over_from) if stay.over_from else end
    bars = [Bar(_text(start), _text(max(limit - start - 1, 1)), kind)]
    if stay.over_from:
        bars.append(Bar(_text(limit), _text(max(end - limit - 1, 1)), "over"))
    if end - start <= _ROOM_FOR_A_NUMBER:
        return bars, None
    # On the wider part, so that it stands on one ground.
    on_over = end - limit > limit - start
    middle = (limit + end) / 2 if on_over else (start + limit) / 2
    light = kind == "done" and not on_over
    return bars, Mark(_text(middle), str(stay.number), light)


def _season(deadline: dt.date, scale: Scale) -> Mark:
    """Without a place where the day lies outside of the picture."""
    x = scale.x(deadline)
    at_end = x > _RIGHT_EDGE
    words = _("season: %(day)s") % {"day": deadline.strftime("%d/%m")}
    if not scale.first <= deadline <= scale.last:
        return Mark("", words)
    return Mark(_text(x), words, at_end, _text(x + (-5 if at_end else 13)))


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _text(number: float) -> str:
    return f"{number:.1f}"
