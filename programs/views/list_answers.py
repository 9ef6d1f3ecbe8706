"""What bank, insurer or school answered: the grid of a village, or lines pasted from the sheet."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from households.errors import Invalid
from households.exchange import small_sheets
from households.models import Area
from households.views import access, way_offers
from programs.choices import BenefitState, ProgrammeKind
from programs.choices.support_lists import Outcome
from programs.exchange import list_sheet
from programs.exchange.list_sheet import AnswerLine, NoHeadings
from programs.forms import pasted_answers
from programs.forms.keys import is_key
from programs.forms.list_answers import AnswersForm, PastedAnswersForm
from programs.models import SupportList
from programs.queries import support_lists
from programs.queries.support_lists import Listed
from programs.services import list_answers
from programs.views.support_lists import kept_list, village_of
from programs.workflow.support_lists import WAITING

_ROWS_A_PAGE = 100

#: What is waited for, by the state a row is in.
STEPS = {
    BenefitState.LISTED: gettext_lazy("waiting for an answer"),
    BenefitState.DECIDED: gettext_lazy("approved, not received yet"),
    BenefitState.SERVED: gettext_lazy("loans that run"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_list_answers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The rows that wait at a step (?step=, of a ?village=), a page at a time; a POST records the
    answers. Policy: why_not_keep_list."""
    found = _handed_over(request, uuid)
    step, village = _asked(request, found)
    waiting = found.rows.filter(benefit__state=step)
    if village:
        waiting = waiting.filter(village=village)
    page: Any = Paginator(support_lists.in_order(waiting), _ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    rows = support_lists.listed(found, page.object_list)
    form = AnswersForm(
        request.POST if request.method == "POST" else None,
        kind=found.programme.kind, state=step, rows=[one.row for one in rows],
    )  # fmt: skip

    def act() -> str:
        return _record(request, found, form.answers())

    if request.method == "POST" and way_offers.is_done(request, form, act, ""):
        return redirect(_address(found, step, village))
    return _page(request, found, step, village, page=page, rows=rows, form=form)


def _record(request: HttpRequest, found: SupportList, answers: Any) -> str:
    count = list_answers.record(support_list=found, answers=answers, by=access.actor(request))
    told = ngettext("%(count)s answer is recorded.", "%(count)s answers are recorded.", count)
    return told % {"count": count}


@require_POST
def support_list_paste(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record the lines of the sheet that came back: all, or none. Policy: why_not_keep_list."""
    found = _handed_over(request, uuid)
    step, village = _asked(request, found)
    form = PastedAnswersForm(request.POST, kind=found.programme.kind, state=step)
    waiting = found.rows.filter(benefit__state=step)
    rows = support_lists.listed(found, support_lists.in_order(waiting))

    def act() -> str:
        lines = _lines(found, form.cleaned_data["pasted"])
        outcome = Outcome(form.cleaned_data["outcome"])
        answers, faults = pasted_answers.answers_of(lines, rows, outcome, form.cleaned_data)
        if faults:
            raise Invalid(_("Nothing is recorded."), fields={"pasted": list(faults)})
        try:
            return _record(request, found, answers)
        except Invalid as fault:
            told = pasted_answers.line_faults(fault.fields, lines, rows)
            raise Invalid(fault.message, fields={"pasted": list(told)}) from fault

    if way_offers.is_done(request, form, act, ""):
        return redirect(_address(found, step, village))
    return _page(request, found, step, village, pasted=form)


def _lines(found: SupportList, text: str) -> list[AnswerLine]:
    try:
        lines = list_sheet.answer_lines(found.programme.kind, small_sheets.pasted(text))
    except NoHeadings as fault:
        told = _("Copy the line of headings too: it has to hold “TT” and “Họ và tên”.")
        raise Invalid(told, fields={"pasted": [told]}) from fault
    if not lines:
        told = _("No line tells an answer.")
        raise Invalid(told, fields={"pasted": [told]})
    return lines


def _handed_over(request: HttpRequest, uuid: UUID) -> SupportList:
    found = kept_list(request, uuid)
    if not found.is_handed_over:
        raise Http404
    return found


def _asked(request: HttpRequest, found: SupportList) -> tuple[BenefitState, Area | None]:
    """The step and village of the address; the first step where it names none."""
    steps = WAITING[ProgrammeKind(found.programme.kind)]
    step = next((one for one in steps if one == request.GET.get("step")), steps[0])
    village = request.GET.get("village", "")
    return step, village_of(found, int(village)) if is_key(village) else None


def _address(found: SupportList, step: BenefitState, village: Area | None) -> str:
    """The same step again, with what still waits at it."""
    query = {"step": str(step)} | ({"village": str(village.pk)} if village else {})
    return f"{reverse('programs:support_list_answers', args=[found.uuid])}?{urlencode(query)}"


def _page(
    request: HttpRequest,
    found: SupportList,
    step: BenefitState,
    village: Area | None,
    *,
    page: Any = None,
    rows: list[Listed] | None = None,
    form: AnswersForm | None = None,
    pasted: PastedAnswersForm | None = None,
) -> HttpResponse:
    kind = found.programme.kind
    numbers = support_lists.by_state(found)
    shown = {
        "list": found,
        "step": step,
        "village": village,
        "query": _address(found, step, village).partition("?")[2],
        "steps": [(one, STEPS[one], numbers.get(one, 0)) for one in WAITING[ProgrammeKind(kind)]],
        "villages": support_lists.by_village(found),
        "page": page,
        "form": form,
        "rows": [(one, form.cells(one.row)) for one in rows or []] if form else [],
        "pasted": pasted or PastedAnswersForm(kind=kind, state=step),
        "heads": ["TT", "Họ và tên", *list_sheet.answer_heads(kind).values()],
    }
    is_wrong = (form and form.errors) or (pasted and pasted.errors)
    return render(
        request, "programs/support_list_answers.html", shown, status=422 if is_wrong else 200
    )
