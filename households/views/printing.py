"""One way to print: a paper with names is asked what for and recorded, then given as PDF."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import override

from households.choices import Purpose
from households.errors import Invalid
from households.exchange import paper_printing
from households.forms.disclosures import DisclosureForm
from households.models import User
from households.services import disclosures
from households.views import access
from households.views.list_out import foot_of


def printed(
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
    """The page that asks what for (GET, or a form that is not complete), or the PDF of
    data/papers/<template>.typ once the print is recorded: who, which `filters`, how many
    households (`count`), what for. `data` gives what is printed, from the words of its foot."""
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
            return _pdf(user, template, data, purpose, note)
    context = {"form": form, "name": name, "count": count, **shown}
    status = 422 if form.errors else 200
    return render(request, "households/paper.html", context, status=status)


def without_names(
    request: HttpRequest, *, template: str, purpose: Purpose, data: Callable[[str], dict[str, Any]]
) -> HttpResponse:
    """The PDF of a paper that names no family: nothing is asked, nothing recorded."""
    return _pdf(access.actor(request), template, data, purpose, "")


def _pdf(
    user: User,
    template: str,
    data: Callable[[str], dict[str, Any]],
    purpose: Purpose,
    note: str,
) -> HttpResponse:
    with override("vi"):  # as the whole paper
        foot = foot_of(user, purpose, note)
    content = paper_printing.pdf(template, data(foot))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="povreg-{template}.pdf"'
    return answer
