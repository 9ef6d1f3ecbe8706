"""Households with and without support side by side, with who they were, and those behind a cell."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from households import policies
from households.views import access
from programs.choices.what_helped import Began, Outcome
from programs.forms.what_helped import asked_cell, asked_programme
from programs.models import Programme
from programs.queries import what_helped
from programs.queries.what_helped import Group, Makeup
from programs.templatetags.money import mean, percent
from programs.views.money_scope import Scope, asked_scope
from programs.workflow.comparison import limits

_A_PAGE = 50

#: What the share of each beginning is called.
_ASKED = {
    Began.POOR: lambda: _("Left the list of the poor"),
    Began.NEAR_POOR: lambda: _("Left the list of the near-poor"),
    Began.ESCAPED: lambda: _("Fell back onto the lists"),
}


@dataclass(frozen=True)
class Column:
    """A group with the address of its cells' households."""

    name: str
    group: Group
    cells: list[tuple[Outcome, int, str]]
    query: str


@dataclass(frozen=True)
class Pair:
    """The same households by labour capacity, with and without support."""

    title: str
    columns: list[Column]
    makeup: list[tuple[str, list[str]]]

    @property
    def outcomes(self) -> list[tuple[Outcome, list[tuple[int, str]]]]:
        """Outcomes that anybody has, with number and address of each column."""
        found = []
        for at, (outcome, _number, _query) in enumerate(self.columns[0].cells):
            row = [(column.cells[at][1], column.cells[at][2]) for column in self.columns]
            if any(number for number, _query in row):
                found.append((outcome, row))
        return found


@dataclass(frozen=True)
class Part:
    """One beginning: the bars of all its households, and the tables."""

    began: Began
    asked: str
    bars: list[tuple[str, str, int, int]]
    pairs: list[Pair]

    @property
    def is_empty(self) -> bool:
        return not any(column.group.makeup.households for column in self.pairs[0].columns)


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Policy: why_not_read_money; the user's own areas (else 404). Eight queries."""
    scope = asked_scope(request)
    programme = asked_programme(request.GET)
    branches = [scope.area.inner_path]
    found = what_helped.groups(scope.year, branches=branches, on=scope.on, programme=programme)
    parts = [_part(began, found, scope, programme) for began in Began]
    context = {
        "scope": scope,
        "programme": programme,
        "programmes": Programme.objects.all(),
        "parts": [one for one in parts if not one.is_empty],
        "standards": what_helped.standards_of(scope.year, branches),
        "limits": limits(),
        "may_list": policies.why_not_read_households(request.user) is None,
        "kept": [("programme", programme.code)] if programme else [],
    }
    return render(request, "programs/what_helped.html", context)


@require_safe
def compared_households(request: HttpRequest) -> HttpResponse:
    """Who stands behind a cell, as far as they live in the user's areas today. Policy:
    why_not_read_money and why_not_read_households. About ten queries."""
    scope = asked_scope(request)
    access.refuse_if(policies.why_not_read_households(request.user))
    wanted = asked_cell(request.GET)
    if wanted is None:
        if request.GET:
            raise Http404
        return render(request, "programs/compared_households.html", {"scope": scope})
    programme = asked_programme(request.GET)
    found = what_helped.households(
        scope.year, wanted, branches=[scope.area.inner_path], on=scope.on, programme=programme
    )
    cards = policies.visible_cards(request.user).filter(pk__in=found)
    rows = cards.select_related("village__parent", "household").order_by(
        "village__parent__folded_name", "village__folded_name", "pk"
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "scope": scope,
        "wanted": wanted,
        "programme": programme,
        "page": Paginator(rows, _A_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "elsewhere": len(found) - cards.count(),
    }
    return render(request, "programs/compared_households.html", context)


def _part(began: Began, found: Iterable[Group], scope: Scope, programme: Programme | None) -> Part:
    own = [one for one in found if one.began == began]
    titles = {
        None: pgettext("compared", "All together"),
        True: _("Without labour capacity"),
        False: _("All others"),
    }
    pairs = [
        Pair(title, columns, _makeup(columns))
        for no_labour, title in titles.items()
        for columns in [
            [_column(one, scope, programme) for one in own if one.no_labour is no_labour]
        ]
    ]
    bars = [
        (f"{column.name} – {pair.title}", _share(column.group), *_bar(column.group))
        for pair in pairs
        for column in pair.columns
    ]
    return Part(began, _ASKED[began](), bars, pairs)


def _bar(group: Group) -> tuple[int, int]:
    """What is drawn: nothing for a group too small for a share."""
    return (0, 1) if group.is_too_small else (group.asked_about, group.compared)


def _share(group: Group) -> str:
    if group.is_too_small:
        return _("%(part)s of %(whole)s: too few households to compare") % {
            "part": group.asked_about,
            "whole": group.compared,
        }
    return _("%(share)s (%(part)s of %(whole)s)") % {
        "share": percent(group.share_percent),
        "part": group.asked_about,
        "whole": group.compared,
    }


def _column(group: Group, scope: Scope, programme: Programme | None) -> Column:
    labour = None if group.no_labour is None else int(group.no_labour)
    asked = {
        "programme": programme.code if programme else None,
        "began": group.began.value,
        "supported": int(group.supported),
        "no_labour": labour,
    }
    cells = [
        (one, group.outcomes.get(one, 0), scope.query(**asked, outcome=one.value))
        for one in Outcome
    ]
    name = _("With support") if group.supported else _("Without support")
    return Column(name, group, cells, scope.query(**asked))


def _makeup(columns: list[Column]) -> list[tuple[str, list[str]]]:
    """Who the groups are, a line for each fact."""
    made = [column.group.makeup for column in columns]
    zones = sorted({zone for one in made for zone in one.zones})
    lines = [
        (_("Persons in a household, on average"), [mean(one.size) for one in made]),
        (_("Minority households"), [percent(one.minority_percent) for one in made]),
        (_("Households without labour capacity"), [percent(one.no_labour_percent) for one in made]),
        (_("Households headed by a woman"), [percent(one.female_head_percent) for one in made]),
        (_("B1 points (income), on average"), [mean(one.b1_points) for one in made]),
        (_("B2 points (lacking), on average"), [mean(one.b2_points) for one in made]),
        (_("Indicators lacking, on average"), [mean(one.lacking) for one in made]),
    ]
    for zone in zones:
        label = _("In communes of zone %(zone)s") % {"zone": zone} if zone else _("In no zone")
        lines.append((label, [_zone(one, zone) for one in made]))
    known = [
        _("%(known)s of %(all)s") % {"known": one.known, "all": one.households} for one in made
    ]
    return [*lines, (_("Households whose form tells this"), known)]


def _zone(one: Makeup, zone: str) -> str:
    return percent(100 * one.zones.get(zone, 0) / one.households if one.households else None)
