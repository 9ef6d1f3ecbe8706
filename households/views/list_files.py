"""Any list of the register as a file: asked what for and recorded where it holds names."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import Purpose
from households.errors import Invalid
from households.exchange.sheets import Part
from households.forms.disclosures import DisclosureForm
from households.services import disclosures
from households.views import access, file_answers
from households.views.list_out import foot_of
from households.views.list_sheets import LISTS
from households.views.listed import Listed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_file(request: HttpRequest, name: str, pk: int) -> HttpResponseBase:
    """Policy: as the page of the list. One without names is given at once, as ?format=csv or .xlsx;
    any other asks what for, records it, and gives the list as the address narrows it."""
    if name not in LISTS:
        raise Http404
    return given(request, LISTS[name](request, pk), name)


def given(request: HttpRequest, listed: Listed, name: str) -> HttpResponseBase:
    """The list as povreg-`name`.xlsx or .csv: at once where it holds no names, else once it is said
    and recorded what for."""
    if not listed.has_names:
        return _given(listed, name, "", as_csv=request.GET.get("format") == "csv")
    user = access.actor(request)
    form = DisclosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        purpose, note = Purpose(form.cleaned_data["purpose"]), form.cleaned_data["note"]
        try:
            disclosures.record(
                verb=disclosures.DOWNLOAD,
                filters=listed.filters,
                count=listed.count,
                purpose=purpose,
                note=note,
                by=user,
            )
        except Invalid as fault:
            form.add_error("note", str(fault.message))
        else:
            foot = foot_of(user, purpose, note)
            return _given(listed, name, foot, as_csv=request.POST.get("format") == "csv")
    shown = {"form": form, "listed": listed}
    return render(request, "households/list_file.html", shown, status=422 if form.errors else 200)


def _given(listed: Listed, name: str, foot: str, *, as_csv: bool) -> HttpResponseBase:
    part = Part(listed.title, listed.heads, listed.rows(), count=listed.count, top=foot)
    return file_answers.sheet(f"povreg-{name}", part, as_csv=as_csv)
