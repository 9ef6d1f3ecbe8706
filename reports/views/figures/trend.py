"""Rates of poor and near-poor households over the rounds, a panel for each standard.

Nothing is joined across two standards: the break is a gap, and a year under both stands in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from households.errors import DomainError
from households.models import PovertyStandard
from reports.choices import FigureStatus
from reports.queries.questions import Question
from reports.queries.rounds_on_offer import RoundOnOffer
from reports.queries.rows import Row
from reports.templatetags.figures import standard_years
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Kind, Line
from reports.views.figure_scope import FigureScope
from reports.views.figures import drawing

KEY = "trend"
_CLASSES = (("poor", "poor_rate"), ("near-poor", "near_poor_rate"))


@dataclass(frozen=True)
class Point:
    """A round under a standard; `is_preliminary` figures are drawn hollow."""

    question: Question
    years: str
    row: Row

    @property
    def round(self) -> str:
        return self.question.round.key

    @property
    def standard(self) -> str:
        return self.question.standard.code

    @property
    def is_preliminary(self) -> bool:
        return self.question.status == FigureStatus.PRELIMINARY


def block(scope: FigureScope) -> Block:
    """Of all rounds up to the one looked at; the lines' cells are round by round."""
    points = _points(scope)
    lines = [
        Line(
            name=f"{one.round} · {one.years} · {one.question.status.label}",
            cells=tuple(_cells(scope, one)),
        )
        for one in points
    ]
    notes = [_("Rates under two standards are not joined.")] if _panels(points)[1:] else []
    if not all(one.is_preliminary for one in points):
        notes.append(_("Full dot: official."))
    if any(one.is_preliminary for one in points):
        notes.append(_("Hollow: preliminary."))
    return Block(
        key=KEY,
        finding=_finding(points),
        measure=_("Poor and near-poor households of all resident households, per cent"),
        rows_are=_("Round"),
        columns=(
            Column(_("Resident households")),
            Column(_("Poor households")),
            Column(_("Poor (%)"), Kind.RATE),
            Column(_("Near-poor households")),
            Column(_("Near-poor (%)"), Kind.RATE),
        ),
        lines=tuple(lines),
        base=_base(points),
        template="reports/_trend.html",
        picture=drawing.panels(_series(points)),
        notes=tuple(notes),
        width=5,
    )


def _base(points: Sequence[Point]) -> str:
    """With every standard; the status of each dot is in the notes and in the table."""
    said = [_("Base: resident households of each round's day")]
    said += [_("standard %(years)s") % {"years": of[0].years} for of in _panels(points)]
    if points:
        said.append(f"{points[-1].question.round.as_of:%d/%m/%Y}")
    return " · ".join(said)


def _points(scope: FigureScope) -> list[Point]:
    rounds = [one for one in scope.rounds if one.round.as_of <= scope.whole.round.as_of]
    found: list[Point] = scope.kept.answer(
        "trend",
        [one.round.pk for one in scope.rounds],
        (scope.area.pk, scope.whole.level, scope.whole.round.pk, scope.typed.on),
        lambda: list(_asked(scope, rounds)),
    )
    return found


def _asked(scope: FigureScope, rounds: Sequence[RoundOnOffer]) -> Sequence[Point]:
    points = []
    for one in reversed(rounds):
        for standard in one.standards:
            point = _point(scope, one, standard)
            if point:
                points.append(point)
    return points


def _point(scope: FigureScope, one: RoundOnOffer, standard: PovertyStandard) -> Point | None:
    """None: the area cannot be shown in that round (its map has no such unit)."""
    try:
        question = scope.asked(
            round=one.round, area=scope.area, level=scope.whole.level, standard=standard,
            areas_on=scope.typed.on,
        )  # fmt: skip
    except DomainError:
        return None
    row = scope.rows("T1", question)[0]
    point = Point(question, standard_years(standard), row)
    if point.is_preliminary and not row.figures["poor_households"]:
        return None
    return point


def _cells(scope: FigureScope, point: Point) -> list[Cell]:
    row = point.row
    columns = (
        ("resident_households", Kind.COUNT), ("poor_households", Kind.COUNT),
        ("poor_rate", Kind.RATE), ("near_poor_households", Kind.COUNT),
        ("near_poor_rate", Kind.RATE),
    )  # fmt: skip

    def link(column: str, kind: Kind) -> str:
        if kind != Kind.COUNT or column.startswith("resident"):
            return ""
        return behind(scope, point.question, "T1", column, row.unit.key, row.figures[column])

    return [
        Cell(row.figures[one], kind, row.reasons.get(one, ""), link(one, kind))
        for one, kind in columns
    ]


def _panels(points: Sequence[Point]) -> list[list[Point]]:
    """By standard, in the order they come."""
    found: dict[str, list[Point]] = {}
    for one in points:
        found.setdefault(one.standard, []).append(one)
    return list(found.values())


def _series(points: Sequence[Point]) -> list[drawing.Panel]:
    return [
        drawing.Panel(
            _("standard %(years)s") % {"years": of[0].years},
            tuple(one.round for one in of),
            tuple(
                drawing.Series(
                    css,
                    _("Poor") if css == "poor" else _("Near-poor"),
                    tuple(
                        drawing.Value(
                            None if one.row.figures[column] is None
                            else Fraction(one.row.figures[column] or 0),
                            Cell(one.row.figures[column], Kind.RATE).shown,
                            one.is_preliminary,
                        )
                        for one in of
                    ),
                )
                for css, column in _CLASSES
            ),
        )
        for of in _panels(points)
    ]  # fmt: skip


def _finding(points: Sequence[Point]) -> str:
    """How the rate went since the round before under the same standard."""
    if points:
        last = points[-1]
        same = [one for one in points if one.standard == last.standard]
        rates = [one.row.figures["poor_rate"] for one in same]
        if len(same) > 1 and rates[-1] is not None and rates[0] is not None:
            change = Fraction(rates[-1]) - Fraction(rates[0])
            return _("%(change)s points since %(year)s under the same standard") % {
                "change": Cell(change, Kind.POINTS).shown,
                "year": same[0].round,
            }
    return _("Poor and near-poor over the years")
