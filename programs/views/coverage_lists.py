"""The lists behind the figures of coverage, on the screen and as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households import clock, policies
from households.choices import AreaLevel
from households.exchange.sheets import Cell, Head
from households.models import Area
from households.services.ordered_files import MOST_AT_ONCE
from households.views import access, list_files
from households.views.listed import Listed
from programs.choices import Recipient
from programs.choices.coverage import CoverageList
from programs.forms.keys import key_of
from programs.models import Programme, ProgrammeTerms
from programs.queries import coverage_lists as queries
from programs.queries.coverage_lists import Asked, Found
from programs.queries.entitlement import terms_on
from programs.views import ground_words
from programs.views.coverage_places import Place, place_of
from programs.workflow.coverage import LAPSES_WITHIN_DAYS

_A_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A recipient in words: what is missing for the list of those too little is known of."""

    found: Found
    lacking: str

    @property
    def name(self) -> str:
        return str(self.found.person.full_name if self.found.person else self._head)

    @property
    def _head(self) -> str:
        return str(self.found.household.head_name)


@never_cache
@require_safe
def coverage_list(request: HttpRequest, code: str, which: str) -> HttpResponse:
    """Recipients of one list, narrowed by ?area=, ?ground=. Policy: why_not_see_coverage; those of
    the user's areas alone."""
    place, asked = _asked(request, code, which)
    grounds = _grounds(asked)
    found, page = _page(asked, request.GET.get("page", ""))
    kept = request.GET.copy()
    kept.pop("page", None)
    shown = {
        "place": place,
        "asked": asked,
        "of_persons": asked.programme.recipient == Recipient.PERSON,
        "rows": [_row(one) for one in found],
        "page": page,
        "query": kept.urlencode(),
        "grounds": grounds,
        "lists": _lists(asked, place),
        "parts": _places_below(request, place),
        "days": LAPSES_WITHIN_DAYS,
        "most": MOST_AT_ONCE,
    }
    return render(request, "programs/coverage_list.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def coverage_list_file(request: HttpRequest, code: str, which: str) -> HttpResponseBase:
    """The same list as a file, once it is said and recorded what for. Policy: as the list; more
    than MOST_AT_ONCE rows are taken out commune by commune."""
    place, asked = _asked(request, code, which)
    found, count = queries.found(asked, limit=MOST_AT_ONCE + 1)
    if count > MOST_AT_ONCE:
        words = _("The list has more than %(most)s rows. Choose a district, commune or village.")
        access.refuse_if(words % {"most": MOST_AT_ONCE})
    listed = Listed(
        title=f"{asked.programme.name}: {CoverageList(asked.which).label}",
        place=place.area.name if place.area else "",
        back=reverse("programs:coverage_list", args=[code, which]) + _query(request),
        filters={
            "programme": code, "list": which, "area": place.area.pk if place.area else None,
            "ground": asked.terms_id,
        },
        count=count,
        columns=_columns(asked),
        found=[_row(one) for one in found],
    )  # fmt: skip
    return list_files.given(request, listed, f"{code}-{which}")


def _query(request: HttpRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _asked(request: HttpRequest, code: str, which: str) -> tuple[Place, Asked]:
    place = place_of(request)
    programme = get_object_or_404(Programme, code=code)
    if which not in CoverageList.values:
        raise Http404
    ground = request.GET.get("ground", "")
    terms = programme.terms.filter(pk=key_of(ground)).first()
    return place, Asked(
        programme=programme,
        which=CoverageList(which),
        on=clock.today(),
        branches=place.branches,
        terms_id=terms.pk if terms else None,
    )


def _page(asked: Asked, number: str) -> tuple[list[Found], Page[Any]]:
    """The rows of a page and its numbers; the first one where there is no such page."""
    at = max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1
    rows, count = queries.found(asked, limit=_A_PAGE, offset=(at - 1) * _A_PAGE)
    if not rows and at > 1:
        at = 1
        rows, count = queries.found(asked, limit=_A_PAGE)
    return rows, Paginator(range(count), _A_PAGE).get_page(at)


def _row(one: Found) -> Row:
    return Row(one, "; ".join(ground_words.missing_fact(kind) for kind in one.lacking))


def _grounds(asked: Asked) -> list[ProgrammeTerms]:
    """By which the list can be narrowed."""
    own = [one for one in terms_on(asked.on) if one.programme_id == asked.programme.pk]
    return [one for one in own if one.decides]


def _lists(asked: Asked, place: Place) -> list[tuple[str, str, bool]]:
    """Address, name, and whether it is this one."""
    query = f"?{place.query}" if place.query else ""
    return [
        (
            reverse("programs:coverage_list", args=[asked.programme.code, one.value]) + query,
            str(one.label),
            one == asked.which,
        )
        for one in CoverageList
    ]


def _places_below(request: HttpRequest, place: Place) -> list[Area]:
    """To narrow the list further: the parts of the area, of a commune its villages. One query."""
    if place.divided_by or place.area is None:
        return list(place.divided_by)
    reach = policies.areas_in_reach(request.user).at(AreaLevel.VILLAGE)
    return list(reach.filter(parent=place.area).order_by("folded_name"))


def _columns(asked: Asked) -> list[tuple[Head, Callable[[Any], object]]]:
    columns: list[tuple[Head, Callable[[Any], object]]] = [
        (Head(_("Household code"), width=14), lambda one: one.found.household.household.code),
        (Head(pgettext("coverage", "Name"), width=26), lambda one: one.name),
        (Head(_("Head"), width=26), lambda one: one.found.household.head_name),
        (Head(_("Village"), width=22), lambda one: one.found.village.name),
        (Head(_("Commune"), width=22), lambda one: one.found.village.parent.name),
        (
            Head(pgettext("of a benefit", "Ground"), width=34),
            lambda one: one.found.terms.name if one.found.terms else "",
        ),
        (
            Head(_("Nobody in the household can work"), width=16),
            lambda one: pgettext("answer", "yes") if one.found.no_labour else "",
        ),
    ]
    if asked.which == CoverageList.OPEN:
        columns.append((Head(_("What is not known"), width=60), lambda one: one.lacking))
    if asked.which in (CoverageList.SERVED, CoverageList.TWICE, CoverageList.LAPSING):
        columns.append((Head(_("Times served"), Cell.WHOLE), lambda one: one.found.times))
        columns.append((Head(_("Last day"), Cell.DAY), lambda one: one.found.lasts))
    return columns
