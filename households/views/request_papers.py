"""Papers of a request: the form itself, the receipt with the day of the answer, the refusal; and
form A."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import Purpose, RequestKind
from households.forms.disclosures import DisclosureForm, SignedPaperForm
from households.forms.form_a import form_a
from households.models import Household, ReviewRequest
from households.views import access, certificate_words, paper_places
from households.views.printing import asking, printed
from households.views.requests import readable_request

#: The one that is signed for the commune.
_REFUSAL = "refusal"
#: The paper by its name in the address.
PAPERS: dict[str, tuple[str, Promise]] = {
    "receipt": ("receipt", gettext_lazy("Receipt")),
    "form": ("request_form", gettext_lazy("Request form")),
    "form-a": ("form_a", gettext_lazy("Form A")),
    _REFUSAL: ("refusal", gettext_lazy("Refusal")),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Policy: a request of one's area, why_not_answer_requests; each print is recorded."""
    found = readable_request(request, pk)
    access.refuse_if(policies.why_not_answer_requests(request.user, found.commune))
    if kind not in PAPERS:
        raise Http404
    template, name = PAPERS[kind]
    signed = SignedPaperForm if kind == _REFUSAL else DisclosureForm
    form = asking(request, signed, Purpose.FIELD_WORK)
    if found.signer_title:
        form.initial["signer_title"] = found.signer_title

    def words(foot: str) -> dict[str, Any]:
        signer = form.cleaned_data.get("signer_title", "")
        return _data(found, foot) | {"signer": paper_places.signer_lines(signer)}

    return printed(
        request,
        name=name,
        purpose=Purpose.FIELD_WORK,
        template=template,
        filters={"paper": template, "request": found.pk},
        count=1,
        data=words,
        shown={"commune": found.commune, "asked": found},
        form=form,
    )


def _data(found: ReviewRequest, foot: str) -> dict[str, Any]:
    """Everything any of the papers prints, as plain values. Three queries."""
    with override("vi"):
        return {
            "title": f"{found.number} – {found.commune.name}",
            "mark": paper_places.mark_of(found.commune),
            "foot": foot,
            "issuer-above": "",
            "issuer": paper_places.commune_committee(found.commune),
            "place": found.commune.name,
            "commune": paper_places.commune_name(found.commune),
            "village": paper_places.village_name(found.village),
            "year": found.year,
            "number": found.number,
            "form-number": "04" if found.kind == RequestKind.ESCAPE else "01",
            "kind": _WANTED[RequestKind(found.kind)],
            "channel": str(found.get_channel_display()).lower(),
            "dossier-code": found.dossier_code,
            "from-name": found.from_name,
            "birth-year": str(found.birth_year or ""),
            "contact": found.contact,
            "received-on": f"{found.received_on:%d/%m/%Y}",
            "due-on": f"{found.due_on:%d/%m/%Y}",
            "reason": found.reason,
            "income": _income(found),
            "members": _members(found.household),
            "answer-number": found.answer_number,
            "answer": found.answer,
            "questions": [one.words for one in form_a().questions],
            "stops-at": form_a().stops_at,
            "unconfirmed": not form_a().is_confirmed,
        }


_WANTED = {
    RequestKind.REVIEW: "được rà soát, công nhận hộ nghèo, hộ cận nghèo",
    RequestKind.ESCAPE: "được công nhận hộ thoát nghèo, hộ thoát cận nghèo",
    RequestKind.AVERAGE: "được công nhận hộ làm nông nghiệp, lâm nghiệp, ngư nghiệp, diêm nghiệp có"
    " mức sống trung bình",
    RequestKind.WORKER: "được công nhận người lao động có thu nhập thấp",
}


def _income(found: ReviewRequest) -> str:
    if found.income_month_vnd is None:
        return ""
    return f"{found.income_month_vnd:,}".replace(",", ".")


def _members(household: Household | None) -> list[dict[str, str]]:
    """The head first; nobody of a household that is not in the register yet."""
    if household is None:
        return []
    living = household.memberships.filter(valid_to__isnull=True).select_related("person")
    return [
        {
            "name": one.person.full_name,
            "born": certificate_words.born(one.person),
            "relation": str(one.get_relation_display()),
        }
        for one in sorted(living.order_by("pk"), key=lambda one: one.relation != "head")
    ]
