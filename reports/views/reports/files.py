"""Files of editions: one, or those of an order in one .zip."""

import uuid as uuids
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from households.choices import Purpose
from households.errors import DomainError, Invalid, Refused
from households.forms.disclosures import DisclosureForm
from households.views import access, file_answers
from reports.choices import FileForm
from reports.forms.editions import asked_form, asked_version
from reports.models import Edition
from reports.services import edition_files
from reports.services.edition_files import Use
from reports.views.reports.edition import forms_of, has_public
from reports.views.reports.edition_access import readable
from reports.views.reports.orders import visible_order

_UNPROCESSABLE: Final = 422
_KINDS: Final = {
    FileForm.XLSX: file_answers.XLSX,
    FileForm.PDF: "application/pdf",
    FileForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of an edition, by POST; of one with names once it is said what for. Policy: as for the
    edition, and why_not_take_edition."""
    found = readable(request, pk)
    form = DisclosureForm(request.POST or None) if found.has_names else None
    wants = asked_form(request.POST)
    is_told = form is None or form.is_valid()
    if request.method == "POST" and wants and is_told:
        try:
            return _given(request, found, wants, _use(form))
        except Refused as refusal:
            access.refuse_if(str(refusal.message))
        except Invalid as fault:
            if form is None:
                messages.error(request, str(fault.message))
                return redirect("reports:edition", found.pk)
            form.add_error("note", str(fault.message))
        except DomainError as fault:
            messages.error(request, str(fault.message))
            return redirect("reports:edition", found.pk)
    shown = {
        "edition": found,
        "form": form,
        "forms": forms_of(found),
        "version": asked_version(request.POST or request.GET),
        "has_public": has_public(found),
    }
    status = _UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reports/edition_file.html", shown, status=status)


def _use(form: DisclosureForm | None) -> Use | None:
    if form is None:
        return None
    return Use(Purpose(form.cleaned_data["purpose"]), form.cleaned_data["note"])


def _given(request: HttpRequest, edition: Edition, form: FileForm, use: Use | None) -> HttpResponse:
    version = asked_version(request.POST)
    made = edition_files.file_of(
        edition=edition, form=form, version=version, use=use, by=access.actor(request)
    )
    return answer_with(bytes(made.content), form, edition_files.file_name(edition, form, version))


def answer_with(content: bytes, form: FileForm, name: str) -> HttpResponse:
    """A file to be kept."""
    answer = HttpResponse(content, content_type=_KINDS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@never_cache
@require_POST
def order_files(request: HttpRequest, uuid: uuids.UUID) -> HttpResponseBase:
    """The editions without names that an order made in one .zip, written while it is given out;
    lists of names are taken one by one. Policy: as for the order, and why_not_take_edition."""
    order = visible_order(request, uuid)
    form, version = asked_form(request.POST) or FileForm.XLSX, asked_version(request.POST)
    try:
        packed = edition_files.set_zip(
            order=order, form=form, version=version, by=access.actor(request)
        )
    except DomainError as fault:
        messages.error(request, str(fault.message))
        return redirect("reports:report_order", uuid)
    answer = StreamingHttpResponse(packed, content_type=file_answers.ZIP)
    name = edition_files.zip_name(order, form, version)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
