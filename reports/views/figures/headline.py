"""The figures a page begins with: poor, near-poor, out of and into poverty."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from reports.queries import list_changes
from reports.queries.questions import Question
from reports.queries.rows import Row, bases_differ
from reports.views.behind_links import behind
from reports.views.blocks import Cell, Kind
from reports.views.figure_scope import FigureScope


@dataclass(frozen=True)
class Headline:
    """`rate` and `count` of one class; `points` and `households` are the change since the closing
    before, `since` its year ("" where nothing can be compared, `why_not` says why). `bases_differ`:
    the resident households changed by more than two in a hundred in between."""

    css: str
    name: str
    rate: Cell
    count: Cell
    residents: Cell
    points: Cell
    households: Cell
    since: str
    why_not: str
    bases_differ: str


@dataclass(frozen=True)
class InAndOut:
    """Who left poverty and who came into it since the closing before (T2)."""

    escaped: Cell
    fell: Cell
    relapsed: Cell
    why_not: str


def headlines(scope: FigureScope) -> list[Headline]:
    """Poor and near-poor."""
    before = scope.before
    then = scope.rows("T1", before)[0] if before else None
    return [
        _headline(scope, "poor", "poor", _("Poor households"), before, then),
        _headline(scope, "near-poor", "near_poor", _("Near-poor households"), before, then),
    ]


def _headline(
    scope: FigureScope, css: str, word: str, name: str, before: Question | None, then: Row | None
) -> Headline:
    row = scope.row
    count, rate = row.figures[f"{word}_households"], row.figures[f"{word}_rate"]
    residents = row.figures["resident_households"]
    unit = row.unit.key
    households = points = None
    why_not = scope.whole.no_opening
    if then is not None:
        was, rate_then = then.figures[f"{word}_households"], then.figures[f"{word}_rate"]
        if isinstance(count, int) and isinstance(was, int):
            households = count - was
        if rate is not None and rate_then is not None:
            points = Fraction(rate) - Fraction(rate_then)
        else:
            why_not = row.reasons.get(f"{word}_rate", "") or then.reasons.get(f"{word}_rate", "")
    return Headline(
        css=css,
        name=name,
        rate=Cell(rate, Kind.RATE, row.reasons.get(f"{word}_rate", "")),
        count=Cell(
            count, reason=row.reasons.get(f"{word}_households", ""),
            href=behind(scope, scope.whole, "T1", f"{word}_households", unit, count),
        ),
        residents=Cell(residents, reason=row.reasons.get("resident_households", "")),
        points=Cell(points, Kind.POINTS),
        households=Cell(households, Kind.CHANGE),
        since=before.round.key if before else "",
        why_not=why_not,
        bases_differ=_bases_differ(row, then),
    )  # fmt: skip


def _bases_differ(row: Row, then: Row | None) -> str:
    now = row.figures["resident_households"]
    was = then.figures["resident_households"] if then else None
    if not bases_differ(now, was):
        return ""
    return _("The number of resident households went from %(was)s to %(now)s.") % {
        "was": Cell(was).shown,
        "now": Cell(now).shown,
    }


def in_and_out(scope: FigureScope) -> InAndOut:
    """Of poor households, in households."""
    row = scope.rows("T2", scope.whole)[0]
    figures, unit = row.figures, row.unit.key
    out, why_not_out = list_changes.sum_of(row, "escaped")
    into, why_not_into = list_changes.sum_of(row, "fell")
    return InAndOut(
        escaped=Cell(
            out, reason=why_not_out,
            href=behind(scope, scope.whole, "T2", "escaped", unit, out),
        ),
        fell=Cell(
            into, reason=why_not_into,
            href=behind(scope, scope.whole, "T2", "fell", unit, into),
        ),
        relapsed=Cell(
            figures["relapsed"], reason=_first(row, "relapsed"),
            href=behind(scope, scope.whole, "T2", "relapsed", unit, figures["relapsed"]),
        ),
        why_not=scope.whole.no_opening,
    )  # fmt: skip


def _first(row: Row, *columns: str) -> str:
    return next((row.reasons[one] for one in columns if one in row.reasons), "")
