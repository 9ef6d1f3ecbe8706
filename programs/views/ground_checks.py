"""Benefits that no ground known to povreg explains: a list to check, with the reason of each. They
are counted on no page of figures."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households.exchange.sheets import Cell, Head
from households.views import access, list_files, way_offers
from households.views.listed import Listed
from programs.choices import BenefitState
from programs.choices.coverage import GroundVerdict
from programs.forms.coverage import GroundCheckForm
from programs.models import Benefit, GroundCheck, Programme, ProgrammeTerms
from programs.policies.coverage import (
    unexplained_benefits,
    why_not_check_ground,
    why_not_see_coverage,
)
from programs.queries import entitlement
from programs.services import coverage_checks
from programs.views import ground_words, movers
from programs.views.coverage_places import Place, place_of

_A_PAGE = 50


@never_cache
@require_safe
def ground_checks(request: HttpRequest) -> HttpResponse:
    """Those to be checked, or (?state=) those looked at; narrowed by ?area=, ?programme=. Policy:
    why_not_see_coverage; those of the user's areas alone."""
    place = place_of(request)
    found = _found(request, place)
    kept = request.GET.copy()
    kept.pop("page", None)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "place": place,
        "page": page,
        "movers": movers.of(request, page),
        "query": kept.urlencode(),
        "programmes": Programme.objects.all(),
        "programme": request.GET.get("programme", ""),
        "state": _state(request),
        "states": [("", _("To be checked")), *GroundVerdict.choices],
    }
    return render(request, "programs/ground_checks.html", shown)


def _state(request: HttpRequest) -> str:
    state = request.GET.get("state", "")
    return state if state in GroundVerdict.values else ""


def _found(request: HttpRequest, place: Place) -> QuerySet[Benefit]:
    rows = unexplained_benefits(request.user).select_related(
        "programme", "terms", "person", "household__card", "commune", "village",
        "ground_check__checked_by",
    )  # fmt: skip
    state = _state(request)
    rows = rows.filter(ground_check__verdict=state) if state else rows.filter(ground_check=None)
    if programme := request.GET.get("programme", ""):
        rows = rows.filter(programme__code=programme)
    where = Q()
    for inner in place.branches:
        unit = int(inner.rstrip(".").rsplit(".", 1)[-1])
        where |= Q(commune__path__startswith=inner) | Q(commune=unit) | Q(village=unit)
    return rows.filter(where).order_by("commune", "village", "household", "pk")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ground_checks_file(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file, once it is said and recorded what for. Policy: as the list."""
    place = place_of(request)
    found = _found(request, place)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    filters = {
        "list": "ground_checks", "state": _state(request),
        "area": place.area.pk if place.area else None,
    }  # fmt: skip
    listed = Listed(
        title=_("Grounds to be checked"),
        place=place.area.name if place.area else "",
        back=reverse("programs:ground_checks") + query,
        filters=filters,
        count=found.count(),
        columns=_columns(),
        found=found,
    )
    return list_files.given(request, listed, "grounds")


def _columns() -> list[tuple[Head, Callable[[Any], object]]]:
    return [
        (Head(_("Programme"), width=34), lambda one: one.programme.name),
        (Head(_("Household code"), width=14), lambda one: one.household.code),
        (Head(_("Head"), width=26), lambda one: one.household.card.head_name),
        (Head(_("Member"), width=26), lambda one: one.person.full_name if one.person else ""),
        (Head(_("Village"), width=22), lambda one: one.village.name if one.village else ""),
        (Head(_("Commune"), width=22), lambda one: one.commune.name),
        (Head(_("Received on"), Cell.DAY), lambda one: one.served_on),
        (Head(_("Amount (VND)"), Cell.WHOLE), lambda one: one.amount_vnd),
        (Head(_("Reason"), width=50), lambda one: one.reason),
        (Head(_("What was found"), width=30), lambda one: _verdict(one)),
    ]


def _verdict(one: Benefit) -> str:
    check = _check_of(one)
    return f"{check.get_verdict_display()}: {check.note}" if check else ""


def _check_of(one: Benefit) -> GroundCheck | None:
    return getattr(one, "ground_check", None)


@never_cache
@require_safe
def ground_check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One of them, with what povreg finds for its day. Policy: as the list."""
    found = _readable(request, uuid)
    return _page(request, found, GroundCheckForm(grounds=_in_force(found)))


@require_POST
def ground_check_settle(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say what was found of it. Policy: why_not_check_ground."""
    found = _readable(request, uuid)
    access.refuse_if(why_not_check_ground(request.user, found))
    form = GroundCheckForm(request.POST, grounds=_in_force(found))

    def act() -> None:
        coverage_checks.check_ground(
            benefit=found,
            verdict=form.verdict_given(),
            terms=form.terms_given(),
            note=form.cleaned_data["note"],
            by=access.actor(request),
        )

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:ground_checks")
    return _page(request, found, form, status=422)


def _readable(request: HttpRequest, uuid: UUID) -> Benefit:
    access.refuse_if(why_not_see_coverage(request.user))
    rows = unexplained_benefits(request.user).select_related(
        "programme", "terms", "person", "household__card", "commune", "village",
        "ground_check__checked_by",
    )  # fmt: skip
    return get_object_or_404(rows, uuid=uuid)


def _page(
    request: HttpRequest, found: Benefit, form: GroundCheckForm, *, status: int = 200
) -> HttpResponse:
    why_not = why_not_check_ground(request.user, found)
    away = movers.of(request, [found])
    is_seen = found.household_id in away.seen
    shown = {
        "benefit": found,
        "movers": away,
        "is_seen": is_seen,
        "check": _check_of(found),
        "form": None if why_not or found.state == BenefitState.CANCELLED else form,
        "why_not": why_not,
        # Facts of the household are read where it lives now.
        "told": _told(found) if is_seen else [],
    }
    return render(request, "programs/ground_check.html", shown, status=status)


def _in_force(found: Benefit) -> list[ProgrammeTerms]:
    assert found.served_on is not None
    return list(found.programme.terms.on(found.served_on))


def _told(found: Benefit) -> list[tuple[str, str]]:
    """What povreg finds of the programme's grounds for the day: a ground and a sentence each."""
    assert found.household_id is not None
    assert found.served_on is not None
    lines: list[tuple[str, str]] = []
    for one in entitlement.of_household(found.household_id, found.served_on):
        if one.programme.pk != found.programme_id:
            continue
        if found.person_id is not None and one.person_id != found.person_id:
            continue
        lines += [(g.terms.name, "; ".join(ground_words.because(g))) for g in one.grounds]
        lines += [
            (g.terms.name, _("Nobody can say") + ": " + "; ".join(ground_words.missing(g)))
            for g in one.open
        ]
        in_doubt = pgettext("ground", "not confirmed, decides about nobody yet")
        lines += [(g.terms.name, in_doubt) for g in one.in_doubt]
    return lines
