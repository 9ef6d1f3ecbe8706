"""Files that a job writes: how far they are, and fetching them."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households import policies
from households.choices.ordered_files import BEING_WRITTEN, OrderedKind, OrderedState
from households.errors import Conflict, Refused
from households.models import OrderedFile
from households.services import ordered_files
from households.views import access, file_answers

_MOST_SHOWN = 50


@never_cache
@require_safe
def ordered_file_list(request: HttpRequest) -> HttpResponse:
    """What the user ordered, the newest first. Policy: roles that read households; one's own."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_read_households(user))
    own = OrderedFile.objects.filter(ordered_by=user)[:_MOST_SHOWN]
    shown = {"files": own, "days": ordered_files.KEPT_FOR.days}
    return render(request, "households/ordered_files.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ordered_file(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """One of them; asked for by htmx while it is written, only its state. A POST fetches it, on
    record. Policy: one's own."""
    access.refuse_if(policies.why_not_read_households(request.user))
    user = access.actor(request)
    found = get_object_or_404(OrderedFile.objects.select_related("ordered_by"), uuid=uuid)
    is_own = found.ordered_by_id == user.pk
    access.refuse_if(None if is_own else _("Only who ordered a file fetches it."))
    if request.method == "POST":
        try:
            path = ordered_files.fetch(ordered=found, by=user)
        except Refused as refusal:
            access.refuse_if(str(refusal.message))
        except Conflict as clash:
            messages.error(request, str(clash.message))
            return redirect("households:ordered_file", uuid)
        else:
            return FileResponse(
                path.open("rb"),
                as_attachment=True,
                filename=found.file_name,
                content_type=_content(found),
            )
    is_part = request.headers.get("HX-Request") == "true"
    template = "households/_ordered_file.html" if is_part else "households/ordered_file.html"
    shown = {
        "file": found,
        "is_under_way": found.state in BEING_WRITTEN,
        "is_ready": found.state == OrderedState.READY,
        "written": ordered_files.written(found),
        "days": ordered_files.KEPT_FOR.days,
    }
    return render(request, template, shown)


def _content(found: OrderedFile) -> str:
    if found.form == "XLSX":
        return file_answers.XLSX
    is_packed = found.kind in (OrderedKind.REVIEW, OrderedKind.PAPERS)
    return file_answers.ZIP if is_packed else "text/csv; charset=utf-8"
