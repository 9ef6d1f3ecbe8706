"""Papers of one complaint: the answer, and the household's result posted again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import COMPLAINT_IS_OPEN, Purpose
from households.forms.disclosures import SignedPaperForm
from households.models import Complaint, SurveyReopening
from households.queries import village_papers
from households.views import paper_places, paper_words
from households.views.complaints import settled_by
from households.views.printing import asking, printed

_ANSWER = gettext_lazy("Answer to the complaint")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer, with blanks for what is not decided yet. Policy: why_not_settle_complaints."""
    found = settled_by(request, pk)
    form = asking(request, SignedPaperForm, Purpose.REPORT)
    return printed(
        request,
        name=_ANSWER,
        purpose=Purpose.REPORT,
        template="complaint_answer",
        filters={"paper": "complaint_answer", "complaint": found.pk},
        count=1,
        data=lambda foot: (
            answer_data(found, foot) | {"signer": paper_places.signer_lines(form.signer)}
        ),
        shown={"round": found.round, "village": found.village},
        form=form,
    )


def answer_data(complaint: Complaint, foot: str) -> dict[str, Any]:
    """Everything the answer prints, as plain values. Three queries."""
    rechecked = SurveyReopening.objects.filter(
        survey__round=complaint.round_id, survey__household=complaint.household_id
    )
    is_open = complaint.state in COMPLAINT_IS_OPEN
    with override("vi"):
        return {
            "title": f"Trả lời – {complaint.commune.name}",
            "mark": paper_places.mark(complaint.round, complaint.commune),
            "foot": foot,
            "issuer-above": "",
            "issuer": paper_places.commune_committee(complaint.commune),
            "place": complaint.commune.name,
            "year": complaint.round.year,
            "round": paper_places.round_name(complaint.round),
            "commune": paper_places.commune_name(complaint.commune),
            "kind": str(complaint.get_kind_display()).lower(),
            "from-name": complaint.from_name,
            "received-on": f"{complaint.received_on:%d/%m/%Y}",
            "words": complaint.words,
            "rechecked": complaint.household_id is not None and rechecked.exists(),
            "answer": complaint.answer,
            "answer-number": complaint.answer_number,
            "outcome": "" if is_open else str(complaint.get_state_display()).lower(),
        }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_posting(request: HttpRequest, pk: int) -> HttpResponse:
    """The household's own result, to hang out again after its re-check. Policy: as above."""
    found = settled_by(request, pk)
    rows = [
        row
        for row in village_papers.reviewed(found.round, found.village)
        if row.household_id == found.household_id
    ]
    if not rows:
        raise Http404
    kind = paper_words.KINDS["posting"]
    return printed(
        request,
        name=kind.name,
        purpose=kind.purpose,
        template=kind.template,
        filters={"paper": "reposting", "complaint": found.pk},
        count=1,
        data=lambda foot: paper_words.data_of(
            kind, found.round, found.village, rows, foot, household=found.household_id
        ),
        shown={"round": found.round, "village": found.village},
    )
