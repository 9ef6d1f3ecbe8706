"""The dashboard of an area, and each of its figures alone."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.exchange.figure_tables import safe_cell
from reports.queries import open_results
from reports.views import blocks
from reports.views.blocks import Block, Cell, Kind
from reports.views.figure_scope import FigureScope, NoFigures, asked_scope
from reports.views.figures import aims, headline
from reports.views.figures.registry import FIGURES, LIVE

#: Of the answer that says why there are no figures.
_UNPROCESSABLE = 422


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Policy: why_not_see_figures; the user's own areas (else 404)."""
    try:
        scope = asked_scope(request)
    except NoFigures as fault:
        return nothing(request, fault)
    drawn = drawn_of(scope)
    live = [_figure(scope, FIGURES[key]) for key in FIGURES if key in LIVE]
    shown = {
        "scope": scope,
        "title": drawn.title,
        "heads": drawn.heads,
        "figures": [*drawn.figures, *filter(None, live)],
        "standing": blocks.standing(scope),
        "without_result": open_results.sentence(scope.whole),
    }
    return render(request, "reports/dashboard.html", shown)


@dataclass(frozen=True)
class Drawn:
    """The parts of a page that rest on rounds alone, as HTML."""

    title: str
    heads: SafeString
    figures: tuple[SafeString, ...]


def drawn_of(scope: FigureScope) -> Drawn:
    """Kept as the figures are: for whoever may open the same lists, at the same address."""

    def draw() -> Drawn:
        lines = headline.headlines(scope)
        told = {
            "scope": scope,
            "heads": lines,
            "moves": headline.in_and_out(scope),
            "aims": aims.aims(scope),
        }
        kept = (_figure(scope, make) for key, make in FIGURES.items() if key not in LIVE)
        return Drawn(
            _title(lines),
            render_to_string("reports/_headlines.html", told),
            tuple(one for one in kept if one),
        )

    drawn: Drawn = scope.kept.answer(
        "page", scope.kept.every, (scope.to_this, scope.may_list), draw
    )
    return drawn


def _figure(scope: FigureScope, make: Callable[[FigureScope], Block | None]) -> SafeString | None:
    found = make(scope)
    shown = {"scope": scope, "figure": found, "standing": blocks.standing(scope)}
    return render_to_string("reports/_figure.html", shown) if found else None


@require_safe
def figure(request: HttpRequest, key: str) -> HttpResponseBase:
    """One figure with its table open, or as ?format=csv. Policy: as the dashboard."""
    if key not in FIGURES:
        raise Http404
    try:
        scope = asked_scope(request)
    except NoFigures as fault:
        return nothing(request, fault)
    found = FIGURES[key](scope)
    if found is None:
        raise Http404
    if request.GET.get("format") == "csv":
        return _csv(found, scope)
    shown = {
        "scope": scope,
        "figure": found,
        "standing": blocks.standing(scope),
    }
    return render(request, "reports/figure.html", shown)


def nothing(request: HttpRequest, fault: NoFigures) -> HttpResponse:
    """The page that says why there are no figures."""
    shown = {"why": str(fault), "area": fault.area}
    return render(request, "reports/no_figures.html", shown, status=_UNPROCESSABLE)


def _csv(found: Block, scope: FigureScope) -> HttpResponse:
    """UTF-8 with its mark and semicolons, as Excel in Vietnamese reads it."""
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n").writerow
    for line in blocks.csv_lines(found, scope):
        write([safe_cell(cell) for cell in line])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"povreg-{found.key}-{scope.whole.round.key}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _title(lines: list[headline.Headline]) -> str:
    """The finding of the page, where the numbers make it safe to say."""
    poor = lines[0]
    if poor.rate.value is None:
        return _("Poor and near-poor households")
    told = _("The poverty rate is %(rate)s %%") % {"rate": poor.rate.shown}
    points = poor.points.value
    if points is None:
        return told
    change = Cell(abs(Fraction(points)), Kind.RATE).shown
    words = (
        _("%(told)s, down %(change)s points since %(year)s")
        if points < 0
        else _("%(told)s, up %(change)s points since %(year)s")
        if points > 0
        else _("%(told)s, as in %(year)s")
    )
    return words % {"told": told, "change": change, "year": poor.since}
