"""What photos and papers a file holds, and one of them opened: every look is recorded first."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from households import policies
from households.errors import Refused
from households.models import Attachment, Inspection
from households.models.people import code_of
from households.queries import dossiers
from households.services import inspections
from households.views import access
from households.views.attachments import sent
from households.views.dossier_words import paper_told
from households.views.inspections import asked_for, papers_around, visible_inspection


@never_cache
@require_POST
def inspection_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """The photos and papers of a household, a village, a commune or a sample, each with a button
    that opens it; the look is recorded first. Policy: why_not_inspect."""
    found = visible_inspection(request, pk)
    access.refuse_if(policies.why_not_inspect(request.user, found))
    __, subject, ids, unit = asked_for(request, found)
    try:
        seen = inspections.look(inspection=found, ids=ids, what="papers", by=access.actor(request))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("households:inspection", found.pk)
    files = dossiers.of_households(found, seen)
    papers = papers_around(found, unit, files)
    papers += list(dossiers.papers_of_households(found, seen))
    shown = {"inspection": found, "subject": subject, "rows": _rows(found, papers)}
    return render(request, "households/inspection_papers.html", shown)


def _rows(found: Inspection, papers: list[Attachment]) -> list[dict[str, Any]]:
    """Each with the code of its household ("" for one of a village or commune), and whether it can
    be opened. One query."""
    inspected = policies.inspected_attachments(found)
    pks = [one.pk for one in papers]
    open_ones = set(inspected.filter(pk__in=pks).values_list("pk", flat=True))
    rows = []
    for one in papers:
        owner: Any = one.survey or one.request or one.complaint
        code = code_of(owner.household_id) if owner and owner.household_id else ""
        rows.append(
            {"file": one, "told": paper_told(one), "code": code, "opens": one.pk in open_ones}
        )
    return rows


@never_cache
@require_POST
def inspection_paper(request: HttpRequest, pk: int, uuid: uuids.UUID) -> HttpResponseBase:
    """One photo or paper of the inspected area and years; the look is recorded before it is sent.
    Policy: why_not_inspect, inspected_attachments (else 404)."""
    found = visible_inspection(request, pk)
    access.refuse_if(policies.why_not_inspect(request.user, found))
    inspected = policies.inspected_attachments(found).select_related(
        "survey__household", "request__household"
    )
    one = get_object_or_404(inspected, uuid=uuid)
    inspections.look_at_paper(inspection=found, attachment=one, by=access.actor(request))
    return sent(one, small=False)
