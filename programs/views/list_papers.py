"""A list on paper, as Word and as a sheet: for the receiver, or for posting without numbers."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import Purpose
from households.errors import Invalid
from households.models import User
from households.services import disclosures
from households.views import access, file_answers, printing
from households.views.list_out import foot_of
from programs.exchange import list_sheet
from programs.forms.support_lists import ListPaperForm
from programs.models import SupportList
from programs.policies.support_lists import why_not_take_numbers
from programs.queries import support_lists
from programs.views import list_paper_words
from programs.views.support_lists import kept_list
from programs.workflow.support_lists import NEEDS_NUMBERS

#: Papers by the word in their address, with what they are mostly for.
KINDS: dict[str, tuple[Promise, Purpose]] = {
    "receiver": (gettext_lazy("List for the receiver"), Purpose.OTHER),
    "posted": (gettext_lazy("List for posting, without numbers"), Purpose.POSTING),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_list_paper(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponseBase:
    """Asks what for, records it, and gives PDF, Word or (?format=xlsx) the sheet; full personal
    numbers only for those who may take them, to receivers that need them. Policy:
    why_not_keep_list, why_not_take_numbers."""
    found = kept_list(request, uuid)
    if kind not in KINDS:
        raise Http404
    name, purpose = KINDS[kind]
    user = access.actor(request)
    needs = kind == "receiver" and found.receiver in NEEDS_NUMBERS
    why_no_numbers = why_not_take_numbers(user, found.commune) if needs else None
    form = ListPaperForm(
        request.POST if request.method == "POST" else None,
        receiver=found.receiver_name,
        purpose=purpose,
        offers_numbers=needs and why_no_numbers is None,
    )
    rows = found.rows.count()
    if form.is_bound and form.is_valid() and rows and _is_recorded(found, form, kind, user):
        return _given(request, found, form, kind)
    shown = {
        "list": found,
        "name": name,
        "kind": kind,
        "form": form,
        "rows": rows,
        "needs_numbers": needs,
        "why_no_numbers": why_no_numbers,
    }
    status = 422 if form.errors else 200
    return render(request, "programs/support_list_paper.html", shown, status=status)


def _is_recorded(found: SupportList, form: ListPaperForm, kind: str, user: User) -> bool:
    try:
        disclosures.record(
            verb=disclosures.PAPER,
            filters={"support_list": str(found.uuid), "kind": kind, "numbers": form.has_numbers},
            count=found.rows.order_by().values("household").distinct().count(),
            purpose=Purpose(form.cleaned_data["purpose"]),
            note=form.cleaned_data["note"],
            by=user,
        )
    except Invalid as fault:
        form.add_error("note", str(fault.message))
        return False
    return True


def _given(
    request: HttpRequest, found: SupportList, form: ListPaperForm, kind: str
) -> HttpResponseBase:
    purpose, note = Purpose(form.cleaned_data["purpose"]), form.cleaned_data["note"]
    rows = support_lists.listed(found)
    with override("vi"):  # as the whole paper
        foot = foot_of(access.actor(request), purpose, note)
        if kind == "receiver" and request.GET.get("format") == "xlsx":
            part = list_sheet.sheet(found, rows, with_numbers=form.has_numbers, foot=foot)
            return file_answers.sheet(f"povreg-{found.programme.code}", part, as_csv=False)
        data: dict[str, Any]
        if kind == "posted":
            template = "support_list_posted"
            data = list_paper_words.posted(found, rows)
        else:
            template = "support_list"
            data = list_paper_words.for_receiver(
                found, rows, with_numbers=form.has_numbers, foot=foot
            )
    return printing.recorded_already(request, template=template, data=data)
