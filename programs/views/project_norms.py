"""The department's word on how long a step may take."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from households.errors import Conflict, Invalid
from households.views import access
from programs.forms.projects import NormForm
from programs.models import ProcedureStep
from programs.policies.projects import why_not_keep_procedures
from programs.services import project_procedures
from programs.views.project_board import procedures_page


@require_POST
def norm(request: HttpRequest, pk: int) -> HttpResponse:
    """State the norm of a step with its source. Policy: why_not_keep_procedures."""
    access.refuse_if(why_not_keep_procedures(request.user))
    step = get_object_or_404(ProcedureStep, pk=pk)
    form = NormForm(request.POST, auto_id=f"s{step.pk}_%s")
    if form.is_valid():
        try:
            project_procedures.set_norm(step=step, by=access.actor(request), **form.cleaned_data)
        except (Invalid, Conflict) as fault:
            form.add_error(None, str(fault.message))
    if form.errors:
        return procedures_page(request, form, step.pk, status=422)
    messages.success(request, _("Confirmed: %(label)s.") % {"label": step.name})
    return redirect("programs:project_procedures")
