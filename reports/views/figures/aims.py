"""By how much the rate fell against what was planned: the area and its parts with a target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from reports.choices import TargetOutcome
from reports.models import ReductionTarget
from reports.queries import targets
from reports.queries.rows import Row
from reports.queries.targets import Change, Rate, Verdict
from reports.views.blocks import Block, Cell, Column, Kind, Line, standing
from reports.views.figure_scope import FigureScope

KEY = "aims"
_ROW: Final = 46
_BARS_FROM: Final = 150
_LONGEST: Final = 250


@dataclass(frozen=True)
class Aim:
    """A unit with its target and how it stands to it. `words`: the points planned."""

    name: str
    target: ReductionTarget
    verdict: Verdict
    words: str
    before: Row | None
    now: Row

    @property
    def is_short(self) -> bool:
        return self.verdict.outcome == TargetOutcome.MISSED


@dataclass(frozen=True)
class Bar:
    """A unit's fall and its plan, in the picture's units; nothing is drawn of who rose."""

    aim: Aim
    y: int
    width: int
    plan_from: int
    plan_to: int
    shown: str


def aims(scope: FigureScope) -> list[Aim]:
    """The area's own first. Targets are set for the units of the round's day, so they are told of
    those whatever the map. One query and the tables kept for the page."""
    scope = scope.of_round_day
    now = {one.unit.key: one for one in scope.rows("T1", scope.parts)}
    keys = [scope.row.unit.key, *(pk for pk in now if pk != scope.row.unit.key)]
    stated = targets.of_year(keys, scope.whole.round.year, scope.whole.standard)
    if not stated:
        return []
    whole_then = scope.rows("T1", scope.before)[0] if scope.before else None
    then = scope.rows("T1", scope.parts_before) if scope.parts_before else []
    before = {one.unit.key: one for one in then}
    found = []
    for pk in keys:
        target = stated.get(pk)
        if target is None:
            continue
        is_whole = pk == scope.row.unit.key
        row = scope.row if is_whole else now[pk]
        found.append(_aim(scope, target, whole_then if is_whole else before.get(pk), row))
    return found


def _aim(scope: FigureScope, target: ReductionTarget, before: Row | None, now: Row) -> Aim:
    standard = scope.whole.standard.pk
    change = Change(Rate(_rate(before), standard) if before else None, Rate(_rate(now), standard))
    verdict = targets.against(target, change)
    return Aim(now.unit.name, target, verdict, targets.words(target), before, now)


def _rate(row: Row) -> Fraction | None:
    rate = row.figures["poor_rate"]
    return None if rate is None else Fraction(rate)


def block(scope: FigureScope) -> Block | None:
    """None where nobody set a target."""
    found = aims(scope)
    if not found:
        return None
    return Block(
        key=KEY,
        finding=_finding(found),
        measure=_("Points by which the poverty rate fell, %(year)s, against the target")
        % {"year": scope.whole.round.key},
        rows_are=_("Area"),
        columns=(
            Column(_("Rate before (%)"), Kind.RATE),
            Column(_("Rate (%)"), Kind.RATE),
            Column(_("Fell by (points)"), Kind.RATE),
            Column(_("Target from (points)"), Kind.RATE),
            Column(_("Target to (points)"), Kind.RATE),
        ),
        lines=tuple(_line(one) for one in found),
        base=standing(scope.of_round_day),
        template="reports/_aims.html",
        picture=_bars(found),
        notes=tuple(_notes(scope, found)),
        width=5,
        extra={"height": _ROW * len(found) + 4},
    )


def _notes(scope: FigureScope, found: Sequence[Aim]) -> list[str]:
    notes = []
    if scope.of_round_day is not scope:
        notes.append(_("Targets are set for the areas of the round's day, so these are shown."))
    if any(not one.target.is_confirmed for one in found):
        notes.append(_("The targets are not confirmed yet."))
    return notes


def _line(aim: Aim) -> Line:
    points = aim.verdict.points
    return Line(
        name=aim.name,
        cells=(
            Cell(aim.before.figures["poor_rate"] if aim.before else None, Kind.RATE),
            Cell(aim.now.figures["poor_rate"], Kind.RATE),
            Cell(points, Kind.RATE, aim.verdict.reason),
            Cell(aim.target.points_from, Kind.RATE),
            Cell(aim.target.points_to, Kind.RATE, _("no upper end")),
        ),
    )


def _bars(found: Sequence[Aim]) -> list[Bar]:
    """On one scale from 0, to the longest of what fell and what was planned."""
    ends = [one.target.points_to or one.target.points_from for one in found]
    falls = [one.verdict.points or 0 for one in found]
    most = max(Fraction(one) for one in [*ends, *falls])
    return [
        Bar(
            aim=one,
            y=at * _ROW,
            width=max(_length(Fraction(fall), most), 0),
            plan_from=_BARS_FROM + _length(Fraction(one.target.points_from), most),
            plan_to=max(_length(Fraction(end - one.target.points_from), most), 2),
            shown=Cell(one.verdict.points, Kind.RATE).shown,
        )
        for at, (one, end, fall) in enumerate(zip(found, ends, falls, strict=True))
    ]


def _length(points: Fraction, most: Fraction) -> int:
    return round(_LONGEST * points / most)


def _finding(found: Sequence[Aim]) -> str:
    """How many of them reached what was planned, where it is known of all."""
    by: Mapping[TargetOutcome, list[Aim]] = {
        outcome: [one for one in found if one.verdict.outcome == outcome]
        for outcome in TargetOutcome
    }
    if by[TargetOutcome.NO_FIGURE]:
        return _("Against the target")
    missed = by[TargetOutcome.MISSED]
    if not missed:
        return _("The target is reached everywhere one is set")
    return _("Target not reached: %(names)s") % {"names": ", ".join(one.name for one in missed)}
