"""Printed papers of a village in a round: asked what for, recorded, given as PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import AreaLevel, Purpose
from households.errors import Invalid
from households.exchange import paper_printing
from households.forms.disclosures import DisclosureForm
from households.services import disclosures
from households.views import access, paper_words
from households.views.list_out import foot_of
from households.views.way_access import unit_in_round


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def village_paper(request: HttpRequest, round_pk: int, area_pk: int, kind: str) -> HttpResponse:
    """Policy: roles that read households, own area only. Each print is recorded before it is made:
    who, which paper of which village, how many households, what for."""
    round, village = unit_in_round(request, round_pk, area_pk, AreaLevel.VILLAGE)
    paper = paper_words.KINDS.get(kind)
    if paper is None:
        raise Http404
    user = access.actor(request)
    rows = paper.rows(round, village)
    form = DisclosureForm(request.POST or None, initial={"purpose": paper.purpose})
    if request.method == "POST" and form.is_valid():
        try:
            purpose, note = Purpose(form.cleaned_data["purpose"]), form.cleaned_data["note"]
            disclosures.record(
                verb=disclosures.PAPER,
                filters={"paper": kind, "round": round.key, "village": village.pk},
                count=len(rows),
                purpose=purpose,
                note=note,
                by=user,
            )
        except Invalid as fault:
            form.add_error("note", str(fault.message))
        else:
            with override("vi"):  # as the whole paper
                foot = foot_of(user, purpose, note)
            data = paper_words.data_of(paper, round, village, rows, foot)
            answer = HttpResponse(
                paper_printing.pdf(paper.template, data), content_type="application/pdf"
            )
            answer["Content-Disposition"] = f'inline; filename="povreg-{kind}.pdf"'
            return answer
    shown = {"form": form, "round": round, "village": village, "paper": paper, "rows": rows}
    status = 422 if form.errors else 200
    return render(request, "households/village_paper.html", shown, status=status)
