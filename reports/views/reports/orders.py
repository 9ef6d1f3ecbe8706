"""An order of reports: how far it is, giving it up, making again what is missing, its files."""

import uuid as uuids

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from households.errors import DomainError
from households.views import access
from reports.choices import FileForm
from reports.forms.editions import asked_number
from reports.models import ReportOrder
from reports.policies.editions import (
    visible_orders,
    why_not_order_reports,
    why_not_read_names,
    why_not_read_reports,
)
from reports.queries import order_progress
from reports.services import orders


@never_cache
@require_safe
def report_order(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """How far an order is; asked by htmx while it is under way, only that part. Policy:
    why_not_read_reports; of another's area there is none (404); names of reports with names only
    lead on for who may read them. Five queries."""
    found = visible_order(request, uuid)
    opened = asked_number(request.GET, "opened")
    shown = {
        "order": found,
        "progress": order_progress.of(found, opened),
        "opened": opened,
        "forms": FileForm,
        "prepared": [FileForm(one).label for one in found.forms],
        "why_not_order": why_not_order_reports(request.user, found.area),
        "why_not_names": why_not_read_names(request.user, found.area),
    }
    is_part = request.headers.get("HX-Request") == "true"
    template = "reports/_report_order.html" if is_part else "reports/report_order.html"
    return render(request, template, shown)


def visible_order(request: HttpRequest, uuid: uuids.UUID) -> ReportOrder:
    """403 for who reads no reports, 404 for one of an area that is not the user's. Two queries."""
    access.refuse_if(why_not_read_reports(request.user))
    own = visible_orders(request.user).select_related("area", "round", "asked_by", "cancelled_by")
    found: ReportOrder = get_object_or_404(own, uuid=uuid)
    return found


@never_cache
@require_POST
def order_cancel(request: HttpRequest, uuid: uuids.UUID) -> HttpResponseBase:
    """Giving up what is not made yet. Policy: why_not_order_reports for the order's area."""
    access.refuse_if(why_not_order_reports(request.user))
    found = visible_order(request, uuid)
    access.refuse_if(why_not_order_reports(request.user, found.area))
    try:
        orders.cancel(order=found, by=access.actor(request))
    except DomainError as fault:
        messages.error(request, str(fault.message))
    else:
        messages.success(request, _("What was not made yet is given up; what is made stays."))
    return redirect("reports:report_order", uuid)


@never_cache
@require_POST
def order_retry(request: HttpRequest, uuid: uuids.UUID) -> HttpResponseBase:
    """Making again what failed or was given up. Policy: why_not_order_reports for the order's
    area."""
    access.refuse_if(why_not_order_reports(request.user))
    found = visible_order(request, uuid)
    access.refuse_if(why_not_order_reports(request.user, found.area))
    try:
        number = orders.retry(order=found, by=access.actor(request))
    except DomainError as fault:
        messages.error(request, str(fault.message))
    else:
        words = ngettext(
            "%(count)s report is made again.", "%(count)s reports are made again.", number
        )
        messages.success(request, words % {"count": number})
    return redirect("reports:report_order", uuid)
