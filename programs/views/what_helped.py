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
from households.templatetags.povreg import number
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
    """A group: those with or without support, all together or by labour capacity."""

    title: str
    group: Group
    asked: dict[str, object]

    @property
    def name(self) -> str:
        return _("With support") if self.group.supported else _("Without support")


#: What a cell shows, and the address' question for its households ("" for none).
Cell = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """One beginning: the bars, and two tables (who they were, what became of them)."""

    began: Began
    asked: str
    columns: list[Column]
    bars: list[tuple[str, str, float | None]]
    tables: list[tuple[str, list[tuple[str, list[Cell]]]]]

    @property
    def titles(self) -> list[str]:
        return list(dict.fromkeys(column.title for column in self.columns))

    @property
    def is_empty(self) -> bool:
        return not any(column.group.makeup.households for column in self.columns)


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Policy: why_not_read_money; the user's own areas (else 404). Eight queries."""
    scope = asked_scope(request, looks_back=True)
    programme = asked_programme(request.GET)
    branches = scope.reach.branches
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
    scope = asked_scope(request, looks_back=True)
    access.refuse_if(policies.why_not_read_households(request.user))
    wanted = asked_cell(request.GET)
    if wanted is None:
        if request.GET:
            raise Http404
        return render(request, "programs/compared_households.html", {"scope": scope})
    programme = asked_programme(request.GET)
    found = what_helped.households(
        scope.year, wanted, branches=scope.reach.branches, on=scope.on, programme=programme
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
    titles = {
        None: pgettext("compared", "All together"),
        True: _("Without labour capacity"),
        False: _("All others"),
    }
    columns = [
        Column(titles[group.no_labour], group, _asked(group, programme))
        for group in found
        if group.began == began
    ]
    bars = [
        (f"{column.title} – {column.name}", _share(column.group), column.group.share_percent)
        for column in columns
        if column.group.makeup.households
    ]
    tables = [
        (_("Who they were on the first day"), _makeup(columns, scope)),
        (_("What became of them"), _outcomes(columns, scope)),
    ]
    return Part(began, _ASKED[began](), columns, bars, tables)


def _asked(group: Group, programme: Programme | None) -> dict[str, object]:
    return {
        "programme": programme.code if programme else None,
        "began": group.began.value,
        "supported": int(group.supported),
        "no_labour": None if group.no_labour is None else int(group.no_labour),
    }


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


def _outcomes(columns: list[Column], scope: Scope) -> list[tuple[str, list[Cell]]]:
    """Outcomes that anybody has."""
    return [
        (
            str(one.label),
            [
                (
                    number(column.group.outcomes.get(one, 0)),
                    scope.query(**column.asked, outcome=one),
                )
                for column in columns
            ],
        )
        for one in Outcome
        if any(column.group.outcomes.get(one) for column in columns)
    ]


def _makeup(columns: list[Column], scope: Scope) -> list[tuple[str, list[Cell]]]:
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
        *((_zone_words(zone), [_zone(one, zone) for one in made]) for zone in zones),
        (
            _("Households whose form tells this"),
            [
                _("%(known)s of %(all)s") % {"known": one.known, "all": one.households}
                for one in made
            ],
        ),
    ]
    counts = [
        (number(column.group.makeup.households), scope.query(**column.asked)) for column in columns
    ]
    told = [(label, [(shown, "") for shown in values]) for label, values in lines]
    return [(_("Households"), counts), *told]


def _zone_words(zone: str) -> str:
    return _("In communes of zone %(zone)s") % {"zone": zone} if zone else _("In no zone")


def _zone(one: Makeup, zone: str) -> str:
    return percent(100 * one.zones.get(zone, 0) / one.households if one.households else None)
