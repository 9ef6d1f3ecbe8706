"""The Word templates of the papers: taken out, changed in Word, put back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households import policies
from households.exchange import word_drafts
from households.forms.word_templates import TemplateForm
from households.models import Area, WordTemplate
from households.services import word_templates
from households.views import access, way_offers

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAMES = {
    "to_review": gettext_lazy("List of households to review"),
    "invitation": gettext_lazy("Invitation to the meeting"),
    "minutes": gettext_lazy("Minutes of the village meeting"),
    "posting": gettext_lazy("Posting list"),
    "posting_minutes": gettext_lazy("Minutes of the posting"),
    "end_of_posting": gettext_lazy("Minutes of the end of the posting"),
    "report": gettext_lazy("Report of the commune"),
    "submission": gettext_lazy("Submission letter"),
    "decision": gettext_lazy("Draft decision"),
    "correcting_decision": gettext_lazy("Correcting decision"),
    "announced": gettext_lazy("Announced list"),
    "receipt": gettext_lazy("Receipt of a request"),
    "refusal": gettext_lazy("Refusal of a request"),
    "complaint_answer": gettext_lazy("Answer to a complaint"),
    "request_form": gettext_lazy("Request form"),
    "form_a": gettext_lazy("Form A"),
    "form_b": gettext_lazy("Form B, filled in with what is known"),
    "certificates": gettext_lazy("Certificates"),
    "hand_over": gettext_lazy("List to sign for certificates"),
    "confirmation": gettext_lazy("Confirmation"),
    "slip": gettext_lazy("Slip for the household"),
    "support_list": gettext_lazy("List for bank, insurer or school"),
    "support_list_posted": gettext_lazy("List for bank, insurer or school, for posting"),
    "housing_minutes": gettext_lazy("Houses: minutes of the village meeting"),
    "housing_list": gettext_lazy("Houses: list of the commune"),
    "annual_report": gettext_lazy("Yearly report of the review"),
    "report_letter": gettext_lazy("Letter with the yearly reports"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def template_list(request: HttpRequest) -> HttpResponse:
    """All papers with where their template comes from; a POST puts one (a file) or takes it away.
    Policy: why_not_put_templates."""
    access.refuse_if(policies.why_not_put_templates(request.user))
    province = _province(request)
    paper = request.POST.get("paper", "")
    is_posted = request.method == "POST"
    takes_away = request.POST.get("act") == "take_away"
    form = TemplateForm(*((request.POST, request.FILES) if is_posted else ()))
    if takes_away:
        form.fields["content"].required = False

    def act() -> None:
        user = access.actor(request)
        if takes_away:
            word_templates.take_away(province=province, paper=paper, by=user)
        else:
            content = form.cleaned_data["content"].read()
            word_templates.put(province=province, paper=paper, content=content, by=user)

    if is_posted and way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("households:word_templates")
    own = WordTemplate.objects.filter(province=province).select_related("put_by").defer("content")
    by_paper = {one.paper: one for one in own}
    shown = {
        "rows": [(name, label, by_paper.get(name)) for name, label in NAMES.items()],
        "form": form,
        "wrong": paper if form.errors else "",
    }
    status = 422 if form.errors else 200
    return render(request, "households/word_templates.html", shown, status=status)


@never_cache
@require_safe
def template_file(request: HttpRequest, paper: str) -> HttpResponse:
    """The template in use, to be changed in Word; ?shipped=1 the one povreg ships. Policy:
    why_not_put_templates."""
    access.refuse_if(policies.why_not_put_templates(request.user))
    if paper not in word_drafts.papers():
        raise Http404
    content = (
        word_drafts.draft(paper)
        if request.GET.get("shipped")
        else word_templates.in_use(province=_province(request), paper=paper)
    )
    answer = HttpResponse(content, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="povreg-{paper}.docx"'
    return answer


def _province(request: HttpRequest) -> Area:
    found = policies.province_of(request.user)
    assert found is not None  # whoever may put templates has a province
    return found
