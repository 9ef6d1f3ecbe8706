"""Printed papers of a village or a commune: asked what for, recorded, given as PDF."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import AreaLevel, CommuneState, Purpose
from households.errors import Invalid
from households.exchange import paper_printing
from households.forms.disclosures import DisclosureForm
from households.models import CommuneReview
from households.services import disclosures, recognition
from households.views import access, paper_words
from households.views.list_out import foot_of
from households.views.way_access import unit_in_round

_DRAFT = gettext_lazy("Draft of the decision")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def village_paper(request: HttpRequest, round_pk: int, area_pk: int, kind: str) -> HttpResponse:
    """Policy: roles that read households, own area only. Each print is recorded before it is made:
    who, which paper of which village, how many households, what for."""
    round, village = unit_in_round(request, round_pk, area_pk, AreaLevel.VILLAGE)
    paper = paper_words.KINDS.get(kind)
    if paper is None:
        raise Http404
    rows = paper.rows(round, village)
    return _printed(
        request,
        name=paper.name,
        purpose=paper.purpose,
        template=paper.template,
        filters={"paper": kind, "round": round.key, "village": village.pk},
        count=len(rows),
        data=lambda foot: paper_words.data_of(paper, round, village, rows, foot),
        shown={"round": round, "village": village},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision_paper(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """The draft of a commune's decision with its four lists, under the round's newest standard.
    Policy: as village_paper; a decision that is recorded is its signed paper, not a draft."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    ways = CommuneReview.objects.select_related("round__province", "commune")
    way = ways.filter(round=round, commune=commune).first()
    if way is None:
        raise PermissionDenied(_("Nothing is reviewed in this commune."))
    if way.state == CommuneState.RECOGNISED:
        raise PermissionDenied(_("The commune's lists are decided."))
    drafted = recognition.draft(way)[-1]
    return _printed(
        request,
        name=_DRAFT,
        purpose=Purpose.REPORT,
        template="decision",
        filters={"paper": "decision", "round": round.key, "commune": commune.pk},
        count=sum(len(rows) for __, rows in drafted.draft.lists),
        data=lambda foot: paper_words.decision_data(round, commune, drafted, foot),
        shown={"round": round, "commune": commune},
    )


def _printed(
    request: HttpRequest,
    *,
    name: Promise,
    purpose: Purpose,
    template: str,
    filters: Mapping[str, Any],
    count: int,
    data: Callable[[str], dict[str, Any]],
    shown: dict[str, Any],
) -> HttpResponse:
    """The page that asks what for, or the PDF once that is recorded."""
    user = access.actor(request)
    form = DisclosureForm(request.POST or None, initial={"purpose": purpose})
    if request.method == "POST" and form.is_valid():
        purpose, note = Purpose(form.cleaned_data["purpose"]), form.cleaned_data["note"]
        try:
            disclosures.record(
                verb=disclosures.PAPER,
                filters=filters,
                count=count,
                purpose=purpose,
                note=note,
                by=user,
            )
        except Invalid as fault:
            form.add_error("note", str(fault.message))
        else:
            with override("vi"):  # as the whole paper
                foot = foot_of(user, purpose, note)
            content = paper_printing.pdf(template, data(foot))
            answer = HttpResponse(content, content_type="application/pdf")
            answer["Content-Disposition"] = f'inline; filename="povreg-{template}.pdf"'
            return answer
    context = {"form": form, "name": name, "count": count, **shown}
    status = 422 if form.errors else 200
    return render(request, "households/paper.html", context, status=status)
