"""What a year came to in an area: the lines a province reports, each with its base and its plan.

Times served and money add up over programmes, distinct recipients do not: these are counted anew
for each line. Production projects and people reached by communication are no benefits of
somebody: who keeps them counts them (see counted_elsewhere), and they are lines of their own.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from households import clock
from households.models import Area
from programs.choices import ProgrammeKind
from programs.choices.money import Counted
from programs.choices.results import ResultLine
from programs.models import Programme
from programs.queries import year_figures
from programs.queries.counted_elsewhere import ELSEWHERE, Elsewhere, counted_elsewhere
from programs.queries.distinct import Asked, Distinct
from programs.queries.progress import Reached, reached
from programs.queries.pupils import AtLevel, in_order
from programs.queries.reach import Reach, is_valid, parts_of
from programs.queries.targets import targets_of
from programs.queries.totals import Total
from programs.queries.year_figures import YearFigures

_K = ProgrammeKind

#: Kinds of programmes of a line, and the ground it is about where it is one.
_ABOUT: dict[ResultLine, tuple[frozenset[ProgrammeKind], str | None]] = {
    ResultLine.LOANS_POOR: (frozenset({_K.LOAN}), "poor"),
    ResultLine.LOANS_NEAR_POOR: (frozenset({_K.LOAN}), "near_poor"),
    ResultLine.LOANS_NEWLY_ESCAPED: (frozenset({_K.LOAN}), "newly_escaped"),
    ResultLine.LOANS: (frozenset({_K.LOAN}), None),
    ResultLine.CARDS: (frozenset({_K.HEALTH_CARD}), None),
    ResultLine.PUPILS: (frozenset({_K.TUITION, _K.STUDY_COST}), None),
    ResultLine.HOUSES: (frozenset({_K.HOUSING}), None),
    ResultLine.WORKS: (frozenset({_K.WORKS}), None),
    ResultLine.PROJECTS: (frozenset({_K.PROJECT}), None),
    ResultLine.TRAINED: (frozenset({_K.TRAINING, _K.KNOWLEDGE}), None),
    ResultLine.JOBS: (frozenset({_K.JOB, _K.LABOUR_EXPORT}), None),
    ResultLine.COMMUNICATION: (frozenset({_K.COMMUNICATION}), None),
    ResultLine.PROJECTS_APPROVED: (frozenset({_K.PROJECT}), None),
    ResultLine.PEOPLE_REACHED: (frozenset({_K.COMMUNICATION}), None),
    ResultLine.OTHER: (frozenset({_K.OTHER}), None),
}

#: What is counted of the lines that are no benefits.
COUNTED_ELSEWHERE = {
    ResultLine.PROJECTS_APPROVED: Counted.PROJECTS,
    ResultLine.PEOPLE_REACHED: Counted.PEOPLE_REACHED,
}

#: Of each kind of programme the line that holds all its benefits.
_HOLDS = {
    kind: line
    for line, (kinds, ground) in _ABOUT.items()
    if ground is None and line not in COUNTED_ELSEWHERE
    for kind in kinds
}


def line_of_kind(kind: str) -> ResultLine:
    """The line that holds all benefits of a kind of programme."""
    return _HOLDS[ProgrammeKind(kind)]


def line_of_line(line: ResultLine) -> ResultLine:
    """The line of all benefits of the programmes that `line` tells of: it, or what it is part of or
    stands beside."""
    return _HOLDS[next(iter(_ABOUT[line][0]))]


@dataclass(frozen=True)
class Result:
    """A line in an area: `times` served, of which `without_amount` have no money written; money of
    the recorded benefits in đồng. `reached`: targets of the line's programmes (none where the line
    is one ground of them). `levels`: of pupils, by school level. `number`: of a line that is no
    benefit of somebody, what was counted; all else of it is empty."""

    line: ResultLine
    times: int
    amount_vnd: int
    without_amount: int
    distinct: Distinct
    reached: list[Reached]
    number: int | None = None
    levels: list[AtLevel] = field(default_factory=list)

    @property
    def is_elsewhere(self) -> bool:
        """No benefits: nobody is served in it, projects or people on the spot are counted."""
        return self.line in COUNTED_ELSEWHERE

    @property
    def is_empty(self) -> bool:
        return not (self.times or self.number or self.reached)


@dataclass(frozen=True)
class YearResults:
    """Every line of a unit, and of those below it; `figures` says how far they can be trusted."""

    lines: list[Result]
    units: list[tuple[Area, list[Result]]]
    figures: YearFigures


def of_year(whole: Reach, year: int, on: dt.date) -> YearResults:
    """What was received in the year up to the day. A unit that is no more stands there while it has
    figures. Of the newest day that can be asked for from kept figures, at most twenty queries; of
    another day counted at once, which takes seconds for a province."""
    parts = parts_of(whole, on)
    found = _Figures([whole, *parts], year, on)
    below = [(part.area, found.of(part.area)) for part in parts]
    units = [
        (area, lines)
        for area, lines in below
        if is_valid(area, on) or not all(one.is_empty for one in lines)
    ]
    return YearResults(found.of(whole.area), units, found.figures)


def of_areas(
    units: Sequence[Reach], year: int, on: dt.date
) -> tuple[list[tuple[Area, list[Result]]], YearFigures]:
    """Every line of many units, which may lie in each other, read together: cost as `of_year`."""
    found = _Figures(units, year, on)
    return [(unit.area, found.of(unit.area)) for unit in units], found.figures


def asked_lines(programmes: Sequence[Programme] | None = None) -> list[Asked]:
    """Every line of benefits with each of its programmes."""
    known = Programme.objects.all() if programmes is None else programmes
    return [
        (line, one.pk, ground)
        for line, (kinds, ground) in _ABOUT.items()
        if line not in COUNTED_ELSEWHERE
        for one in known
        if one.kind in kinds
    ]


class _Figures:
    """What several units came to, read together."""

    def __init__(self, units: Sequence[Reach], year: int, on: dt.date) -> None:
        self.programmes = list(Programme.objects.all())
        self.totals: dict[tuple[int, int, str | None], list[Total]] = defaultdict(list)
        today = clock.today()
        newest = min(today, dt.date(year, 12, 31))
        # What is kept is known up to today, so of a day before it is not.
        is_newest = on >= newest
        counted = year_figures.of_units if is_newest else year_figures.at_once
        asked = asked_lines(self.programmes)
        self.figures = counted(year, units, today if is_newest else on, asked)
        self.distinct = self.figures.distinct
        for one in self.figures.totals:
            self.totals[one.programme_id, one.area_id, one.ground].append(one)
        self.levels: dict[int, list[AtLevel]] = defaultdict(list)
        for each in self.figures.levels:
            if each.programme_id is None:
                self.levels[each.area_id].append(each)
        self.planned = targets_of(year, units, on)
        self.elsewhere: Elsewhere = counted_elsewhere(year, units, on)

    def of(self, area: Area) -> list[Result]:
        """Every line in the order of ResultLine."""
        return [
            self._elsewhere(line, area, counts)
            if (counts := COUNTED_ELSEWHERE.get(line))
            else self._benefits(line, area)
            for line in ResultLine
        ]

    def _programmes(self, line: ResultLine) -> list[Programme]:
        return [one for one in self.programmes if one.kind in _ABOUT[line][0]]

    def _benefits(self, line: ResultLine, area: Area) -> Result:
        ground = _ABOUT[line][1]
        programmes = self._programmes(line)
        rows = [row for one in programmes for row in self.totals.get((one.pk, area.pk, ground), [])]
        return Result(
            line,
            sum(one.times for one in rows),
            sum(one.amount_vnd for one in rows),
            sum(one.without_amount for one in rows),
            self.distinct.get((line, area.pk), Distinct()),
            [] if ground is not None else list(self._reached(programmes, area)),
            levels=in_order(self.levels[area.pk]) if line == ResultLine.PUPILS else [],
        )

    def _reached(self, programmes: Sequence[Programme], area: Area) -> Iterator[Reached]:
        for programme in programmes:
            whole = self.totals.get((programme.pk, area.pk, None))
            for planned in self.planned.get((programme.pk, area.pk), []):
                if planned.counts not in ELSEWHERE:
                    yield reached(planned, whole[0] if whole else None)

    def _elsewhere(self, line: ResultLine, area: Area, counts: Counted) -> Result:
        numbers: list[int] = []
        aims: list[Reached] = []
        for programme in self._programmes(line):
            number = self.elsewhere.get((counts, programme.pk, area.pk))
            numbers += [] if number is None else [number]
            aims += [
                reached(one, None, number)
                for one in self.planned.get((programme.pk, area.pk), [])
                if one.counts == counts
            ]
        known = sum(numbers) if numbers else None
        return Result(line, 0, 0, 0, Distinct(), aims, known)
