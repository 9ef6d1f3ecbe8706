"""The letter that goes with a set of reports: on screen, and as a file."""

import uuid as uuids
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from households import policies
from households.errors import Conflict, DomainError
from households.views import access
from reports.choices import FileForm
from reports.contents.frame import NATION
from reports.forms.editions import asked_form
from reports.models import ReportOrder
from reports.policies.editions import why_not_order_reports
from reports.services import covering_letters
from reports.views.reports.files import answer_with
from reports.views.reports.orders import visible_order

#: Word first: number and day are still to be written.
_FORMS: Final = (FileForm.DOCX, FileForm.PDF)


@never_cache
@require_safe
def order_letter(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Its words, what is missing and what is enclosed; with ?form=docx or pdf the file. Policy:
    why_not_order_reports for the order's area; of another's area there is none (404)."""
    access.refuse_if(why_not_order_reports(request.user))
    order = visible_order(request, uuid)
    access.refuse_if(why_not_order_reports(request.user, order.area))
    form = asked_form(request.GET)
    if form in _FORMS:
        return _file(request, order, form)
    try:
        words, why_not = covering_letters.words(order=order, by=access.actor(request)), ""
    except Conflict as fault:
        words, why_not = {}, str(fault.message)
    shown = {
        "order": order,
        # As templates name them.
        "words": {name.replace("-", "_"): told for name, told in words.items()},
        "why_not": why_not,
        "forms": _FORMS,
        "nation": NATION,
        "may_change": policies.why_not_put_templates(request.user) is None,
    }
    return render(request, "reports/order_letter.html", shown)


def _file(request: HttpRequest, order: ReportOrder, form: FileForm) -> HttpResponse:
    try:
        made = covering_letters.letter(order=order, form=form, by=access.actor(request))
    except DomainError as fault:
        messages.error(request, str(fault.message))
        return redirect("reports:order_letter", order.uuid)
    return answer_with(made, form, covering_letters.file_name(order, form))
