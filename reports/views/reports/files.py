"""Files of editions: one, or those of an order in one .zip."""

import uuid as uuids
import zipfile
from pathlib import Path
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from households.choices import Purpose
from households.errors import DomainError, Invalid, Refused
from households.folding import fold
from households.forms.disclosures import DisclosureForm
from households.services import disclosures
from households.views import access, file_answers
from reports.choices import FileForm, FileVersion
from reports.forms.editions import asked_form, asked_number, asked_version
from reports.models import Edition, EditionFile
from reports.queries import editions as queries
from reports.services import edition_files
from reports.views.reports.edition import forms_of, has_public
from reports.views.reports.edition_access import readable
from reports.views.reports.orders import visible_order

_KINDS: Final = {
    FileForm.XLSX: file_answers.XLSX,
    FileForm.PDF: "application/pdf",
    FileForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of an edition; of one with names once it is said what for, on record. Policy: as for
    the edition; a public version only where its report has one."""
    found = readable(request, pk, with_content=False)
    version = asked_version(request.POST or request.GET)
    form = DisclosureForm(request.POST or None) if found.has_names else None
    wants = asked_form(request.POST)
    if request.method == "POST" and wants in forms_of(found) and _is_told(request, found, form):
        try:
            made = edition_files.file_of(
                edition=found, form=wants, version=version, by=access.actor(request)
            )
        except Refused as refusal:
            access.refuse_if(str(refusal.message))
        except DomainError as fault:
            messages.error(request, str(fault.message))
            return redirect("reports:edition", found.pk)
        else:
            return _answer(found, made)
    shown = {
        "edition": found,
        "form": form,
        "forms": forms_of(found),
        "version": version,
        "has_public": has_public(found),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/edition_file.html", shown, status=status)


def _is_told(request: HttpRequest, found: Edition, form: DisclosureForm | None) -> bool:
    """What a list of names is for is said and recorded; of a table nothing is asked."""
    if form is None:
        return True
    if not form.is_valid():
        return False
    purpose, note = Purpose(form.cleaned_data["purpose"]), form.cleaned_data["note"]
    filters = {
        "report": found.report, "edition": found.pk, "area": found.area_id,
        "form": request.POST.get("form", ""),
    }  # fmt: skip
    try:
        disclosures.record(
            verb=disclosures.DOWNLOAD, filters=filters, count=found.lines, purpose=purpose,
            note=note, by=access.actor(request),
        )  # fmt: skip
    except Invalid as fault:
        form.add_error("note", str(fault.message))
        return False
    return True


def _answer(edition: Edition, made: EditionFile) -> HttpResponse:
    answer = HttpResponse(bytes(made.content), content_type=_KINDS[FileForm(made.form)])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(edition, made)}"'
    return answer


def file_name(edition: Edition, made: EditionFile) -> str:
    """Plain letters only: T1-ba-be-2024-official-2.xlsx."""
    place = fold(edition.area.name).replace(" ", "-")
    words = [edition.report, place, edition.round.key, edition.status, str(edition.number)]
    if made.version == FileVersion.PUBLIC:
        words.append("public")
    return f"{'-'.join(words)}.{made.form}"


@never_cache
@require_POST
def order_files(request: HttpRequest, uuid: uuids.UUID) -> HttpResponseBase:
    """The editions that an order made, with `area` those of this one, in one .zip; lists of names
    are taken one by one. Policy: as for the order."""
    order = visible_order(request, uuid)
    wants = asked_form(request.POST) or FileForm.XLSX
    found = list(queries.made_by(order, asked_number(request.POST, "area")))
    if not 0 < len(found) <= queries.MOST_IN_ONE:
        words = _("There are %(number)s files: take them area by area.")
        messages.error(request, words % {"number": len(found)})
        return redirect("reports:report_order", uuid)
    by = access.actor(request)

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for one in found:
                if wants not in forms_of(one):
                    continue
                made = edition_files.file_of(
                    edition=one, form=wants, version=FileVersion.INTERNAL, by=by
                )
                packed.writestr(file_name(one, made), bytes(made.content))

    name = f"{order.round.key}-{fold(order.area.name).replace(' ', '-')}-{wants.value}.zip"
    try:
        return file_answers.written(name, file_answers.ZIP, write)
    except DomainError as fault:
        messages.error(request, str(fault.message))
        return redirect("reports:report_order", uuid)
