"""Photos and scans of a form: add, look at, take away."""

import uuid as uuids
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from households import policies
from households.choices import AttachmentKind, SurveyState
from households.errors import Invalid, Refused
from households.forms.photos import PhotosForm, accepted
from households.models import Attachment, Survey
from households.services import attachments
from households.views import access


@dataclass(frozen=True)
class Slot:
    """One kind of picture with what is there; `error` says why the last try failed."""

    kind: AttachmentKind
    accepts: str
    files: list[Attachment]
    error: str = ""


def slots_of(survey: Survey, *, error: str = "", error_kind: str = "") -> list[Slot]:
    """Every kind in its order. One query."""
    there = attachments.of(survey)
    return [
        Slot(
            kind=kind,
            accepts=accepted(kind),
            files=[one for one in there if one.kind == kind],
            error=error if kind == error_kind else "",
        )
        for kind in AttachmentKind
    ]


@require_POST
def photo_add(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Keep the chosen files. Policy: why_not_edit_survey (403); another area's form is not found.
    A script gets the block of pictures alone, with 422 and the reason at its slot."""
    survey = access.editable_survey(request, uuid)
    form = PhotosForm(request.POST, request.FILES)
    kind = str(request.POST.get("kind", ""))
    error = ""
    if form.is_valid():
        try:
            attachments.add(
                survey=survey,
                kind=AttachmentKind(form.cleaned_data["kind"]),
                sources=form.sources,
                by=access.actor(request),
            )
        except Invalid as fault:
            error = str(fault.message)
        except Refused as refusal:
            raise PermissionDenied(str(refusal.message)) from refusal
    else:
        error = " ".join(str(words) for errors in form.errors.values() for words in errors)
    return _answer(request, survey, error=error, error_kind=kind)


def _answer(
    request: HttpRequest, survey: Survey, *, error: str = "", error_kind: str = ""
) -> HttpResponse:
    alone = request.headers.get("X-Requested-With") == "fetch"
    if not alone and not error:
        is_draft = survey.state == SurveyState.DRAFT
        return redirect(f"households:survey{'_form' if is_draft else ''}", uuid=survey.uuid)
    shown = {
        "survey": survey,
        "photo_slots": slots_of(survey, error=error, error_kind=error_kind),
        "may_add_photos": True,
    }
    page = "households/_photos.html" if alone else "households/photos.html"
    return render(request, page, shown, status=422 if error else 200)


def _readable(request: HttpRequest, uuid: uuids.UUID) -> Attachment:
    """A file the user may see (policies.readable_attachments); else 404."""
    access.refuse_if(policies.why_not_read_households(request.user))
    found = policies.readable_attachments(request.user).select_related(
        "survey__round__province", "survey__household", "survey__village", "survey__commune"
    )
    return get_object_or_404(found, uuid=uuid)


@require_safe
def attachment(request: HttpRequest, uuid: uuids.UUID) -> FileResponse:
    """The file. Policy: readable_attachments; what is not of one's area is not found."""
    return sent(_readable(request, uuid), small=False)


@require_safe
def attachment_small(request: HttpRequest, uuid: uuids.UUID) -> FileResponse:
    """Its small picture. Policy: as attachment."""
    return sent(_readable(request, uuid), small=True)


def sent(found: Attachment, *, small: bool) -> FileResponse:
    """The file to look at, for who was found to be allowed to; 404 where it is missing."""
    try:
        file = attachments.opened(found, small=small)
    except FileNotFoundError as missing:
        raise Http404 from missing
    is_picture = small or found.is_photo
    ending = "jpg" if is_picture else "pdf"
    return FileResponse(
        file,
        content_type="image/jpeg" if is_picture else "application/pdf",
        filename=f"povreg-{found.uuid.hex[:8]}.{ending}",
    )


@require_POST
def attachment_remove(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Take a picture away. Policy: why_not_edit_survey, 403 with the reason."""
    found = _readable(request, uuid)
    try:
        attachments.remove(attachment=found, by=access.actor(request))
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    assert found.survey is not None  # a step's paper was refused above
    return _answer(request, found.survey)
