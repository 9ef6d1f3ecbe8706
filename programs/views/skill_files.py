"""Lists of activities, trainees, jobs, lacks and plans as Excel, CSV, Word or on paper: asked what
for and recorded where they hold names."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import Purpose
from households.errors import Invalid
from households.exchange.sheets import Cell, Part
from households.forms.disclosures import DisclosureForm
from households.services import disclosures
from households.views import access, file_answers
from households.views.list_out import MOST_ON_PAPER, foot_of
from households.views.listed import Listed
from programs.exchange import list_document
from programs.views.skill_lists import LISTS


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def skill_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Policy: as the page of the list, whose address it takes over. Names are given once it is
    said what for, and recorded."""
    if name not in LISTS:
        raise Http404
    return given(request, name, LISTS[name](request))


def given(request: HttpRequest, name: str, listed: Listed) -> HttpResponseBase:
    """The page that asks what for, the file, or the list to be printed."""
    user = access.actor(request)
    if not listed.has_names:
        return _answer(request, name, listed, request.GET.get("format", "xlsx"), "")
    form = DisclosureForm(request.POST or None)
    fits = listed.count <= MOST_ON_PAPER
    if request.method == "POST" and form.is_valid():
        wants = request.POST.get("format", "xlsx")
        wants = wants if fits else wants.replace("print", "xlsx").replace("docx", "xlsx")
        is_print = wants == "print"
        purpose, note = Purpose(form.cleaned_data["purpose"]), form.cleaned_data["note"]
        try:
            disclosures.record(
                verb=disclosures.PRINT if is_print else disclosures.DOWNLOAD,
                filters=listed.filters, count=listed.count, purpose=purpose, note=note, by=user,
            )  # fmt: skip
        except Invalid as fault:
            form.add_error("note", str(fault.message))
        else:
            foot = foot_of(user, purpose, note)
            return _answer(request, name, listed, wants, foot)
    shown = {"form": form, "listed": listed, "fits": fits}
    status = 422 if form.errors else 200
    return render(request, "programs/list_file.html", shown, status=status)


def _answer(
    request: HttpRequest, name: str, listed: Listed, wants: str, foot: str
) -> HttpResponseBase:
    if wants == "print":
        shown = {"listed": listed, "rows": list(_in_words(listed)), "foot": foot}
        return render(request, "programs/list_print.html", shown)
    if wants == "docx":
        content = list_document.docx(
            title=listed.title, place=listed.place, heads=[head.words for head in listed.heads],
            rows=listed.rows(), foot=foot,
        )  # fmt: skip
        answer = HttpResponse(content, content_type=list_document.KIND)
        answer["Content-Disposition"] = f'attachment; filename="povreg-{name}.docx"'
        return answer
    top = foot or listed.base
    part = Part(listed.title, listed.heads, listed.rows(), count=listed.count, top=top)
    return file_answers.sheet(f"povreg-{name}", part, as_csv=wants == "csv")


def _in_words(listed: Listed) -> Any:
    """Cells with whether they are numbers."""
    numbers = [head.cell in (Cell.WHOLE, Cell.DECIMAL) for head in listed.heads]
    for row in listed.rows():
        yield list(zip(row, numbers, strict=True))
