"""The catalogue of the reports of an area and round, and asking for them."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from households.errors import DomainError
from households.models import Area
from households.views import access
from reports.choices import FileForm, OrderWhat
from reports.definitions import ReportDefinition
from reports.forms.editions import asked_forms
from reports.models import Edition, ReportOrder
from reports.policies.editions import (
    visible_orders,
    why_not_order_reports,
    why_not_read_names,
)
from reports.queries import editions as queries
from reports.services import orders
from reports.views.reports import previews
from reports.views.reports.previews import Preview
from reports.views.reports.scope import NoReports, ReportScope, asked_scope

_MOST_ORDERS = 5


@dataclass(frozen=True)
class Entry:
    """A report of the catalogue with its newest edition; `why_not`: it names families, and the
    user may not read them."""

    definition: ReportDefinition
    edition: Edition | None
    preview: Preview
    why_not: str

    @property
    def forms(self) -> list[FileForm]:
        """What it is given out as, Excel first."""
        return [one for one in FileForm if one.value in self.definition.forms]


@never_cache
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Every report of an area and round with its newest edition. Policy: why_not_read_reports; the
    user's own areas (else 404); reports with names only for who may read them."""
    try:
        scope = asked_scope(request)
    except NoReports as fault:
        return no_reports(request, fault.area, str(fault))
    entries = _entries(request, scope)
    codes = [one.definition.code for one in entries]
    made = [one for one in entries if one.edition]
    refusal = why_not_order_reports(request.user, scope.area)
    shown = {
        "scope": scope,
        "entries": entries,
        "made": len(made),
        "forms": FileForm,
        "running": _running(request, scope.area),
        "why_not_order": refusal,
        "last_set": None if refusal else queries.last_set(scope.shelf),
        "needs_reason": queries.has_signed(scope.shelf, codes) if made else False,
    }
    return render(request, "reports/report_list.html", shown)


def no_reports(request: HttpRequest, area: Area, why: str) -> HttpResponse:
    """The page that says why there are none, and what to do."""
    return render(request, "reports/no_reports.html", {"area": area, "why": why})


def _entries(request: HttpRequest, scope: ReportScope) -> list[Entry]:
    offered = orders.offered_for(scope.round, scope.on)
    refusal = ""
    if any(one.has_names for one in offered):
        refusal = why_not_read_names(request.user, scope.area) or ""
    readable = [one.code for one in offered if not (one.has_names and refusal)]
    found = queries.newest(scope.shelf, readable)
    return [
        Entry(
            one,
            found.get(one.code),
            _preview(one, found.get(one.code)),
            refusal if one.has_names else "",
        )
        for one in offered
    ]


def _preview(definition: ReportDefinition, edition: Edition | None) -> Preview:
    if edition is None:
        return previews.of_form(definition)
    return previews.of_edition(definition, bytes(edition.start))  # type: ignore[attr-defined]


def _running(request: HttpRequest, area: Area) -> list[ReportOrder]:
    """What is being made for the user or of the area, the newest first. One query."""
    own = Q(asked_by=access.actor(request).pk) | Q(area=area)
    running = visible_orders(request.user).filter(own, ended_at__isnull=True)
    return list(
        queries.with_progress(running.select_related("area", "round")).order_by("-pk")[
            :_MOST_ORDERS
        ]
    )


@never_cache
@require_POST
def order_new(request: HttpRequest) -> HttpResponseBase:
    """Having one report made, the set of the area, or those of all areas below too, as the
    catalogue's address names them. Policy: why_not_order_reports for the area."""
    access.refuse_if(why_not_order_reports(request.user))
    try:
        scope = asked_scope(request)
    except NoReports as fault:
        return no_reports(request, fault.area, str(fault))
    access.refuse_if(why_not_order_reports(request.user, scope.area))
    report = request.POST.get("report", "")
    is_year = request.POST.get("what") == OrderWhat.YEAR and scope.has_parts
    what = OrderWhat.ONE if report else OrderWhat.YEAR if is_year else OrderWhat.SET
    try:
        made = orders.order(
            what=what, area=scope.area, round=scope.round, status=scope.status,
            reports=[report] if report else (), forms=asked_forms(request.POST),
            reason=request.POST.get("reason", ""), areas_on=scope.on, by=access.actor(request),
        )  # fmt: skip
    except DomainError as fault:
        messages.error(request, str(fault.message))
        return redirect(f"{reverse('reports:report_list')}?{scope.to_this}")
    messages.success(request, _("The order is taken. You may leave this page and come back."))
    return redirect("reports:report_order", made.uuid)
