"""The page of numbers and readings no one vouches for yet, and vouching for one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from households import policies
from households.errors import Invalid, Refused
from households.forms.standards import ConfirmForm, anchor_of
from households.models import PovertyStandard
from households.services import confirmations, standards
from households.services.confirmations import Reading, with_confirmations
from households.services.standard_loading import why_not_change
from households.views import access, number_names, standard_words


@dataclass(frozen=True)
class ReadingRow:
    """One number of the page of unconfirmed numbers; the form of the one that is opened."""

    reading: Reading
    which: str
    anchor: str
    value: str
    form: ConfirmForm | None


@require_safe
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """Every number no one vouches for yet, of one standard or all. Policy: whoever is logged in;
    ?open= gives the form beside a number to those who may confirm it."""
    return _page(request, request.GET.get("standard", ""), opened=request.GET.get("open", ""))


@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Vouch for one number, or correct it. Policy: why_not_confirm."""
    standard = get_object_or_404(PovertyStandard, code=code)
    access.refuse_if(policies.why_not_confirm(request.user, standard))
    shown = request.POST.get("shown", "")
    reading = _reading_at(standard, request.POST.get("path", ""))
    may_correct = not why_not_change(standard)
    form = ConfirmForm(request.POST, code=code, reading=reading, may_correct=may_correct)
    if form.is_valid() and _confirmed(request, standard, form):
        label = ", ".join(filter(None, [reading.label, _which(reading)]))
        messages.success(request, _("Confirmed: %(label)s.") % {"label": label})
        query = f"?standard={shown}" if shown.isidentifier() else ""
        return redirect(f"{reverse('households:unconfirmed_numbers')}{query}#{form.anchor}")
    return _page(request, shown, form, status=422)


def _which(reading: Reading) -> str:
    """Which number of its indicator, line or rule; "" where the label says it."""
    return number_names.name_of(reading.path)


def _reading_at(standard: PovertyStandard, path: str) -> Reading:
    for reading in confirmations.unconfirmed(standard):
        if reading.path == path:
            return reading
    raise Http404


def _confirmed(request: HttpRequest, standard: PovertyStandard, form: ConfirmForm) -> bool:
    """Write what was typed; whatever is wrong goes to its field."""
    try:
        confirmations.confirm(
            standard=standard,
            path=form.reading.path,
            value=form.vouched_value,
            source=form.cleaned_data["source"],
            by=access.actor(request),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
    except Invalid as invalid:
        for name, told in invalid.fields.items() or [("", [invalid.message])]:
            form.add_error(name if name in form.fields else None, [str(one) for one in told])
    return not form.errors


def _page(
    request: HttpRequest,
    shown: str,
    typed: ConfirmForm | None = None,
    *,
    opened: str = "",
    status: int = 200,
) -> HttpResponse:
    every = list(with_confirmations(PovertyStandard.objects.order_by("-valid_from")))
    readings = {standard.code: confirmations.unconfirmed(standard) for standard in every}
    chosen = [standard for standard in every if standard.code == shown] or every
    return render(
        request,
        "households/standards/unconfirmed.html",
        {
            "filters": [(one, sum(r.waits for r in readings[one.code])) for one in every],
            "shown": shown if len(chosen) < len(every) else "",
            "waiting": sum(r.waits for found in readings.values() for r in found),
            "groups": [_group(request, one, readings[one.code], typed, opened) for one in chosen],
            "typed": typed,
        },
        status=status,
    )


def _group(
    request: HttpRequest,
    standard: PovertyStandard,
    readings: list[Reading],
    typed: ConfirmForm | None,
    opened: str,
) -> dict[str, object]:
    """The numbers of one standard: those that wait, weak ones first, then the confirmed."""
    why_not = policies.why_not_confirm(request.user, standard)
    frozen = why_not_change(standard)
    rules = standards.rules_of(standard)
    sentences = standard_words.sentences(rules)
    rows = []
    for reading in sorted(readings, key=lambda r: (not r.waits, not r.blocks, not r.is_weak)):
        anchor, form = anchor_of(standard.code, reading.path), None
        if typed and typed.anchor == anchor:
            form = typed
        elif anchor == opened and not why_not:
            form = ConfirmForm(code=standard.code, reading=reading, may_correct=not frozen)
        value = sentences.get(reading.path) or standard_words.value_in_words(
            reading.value, reading.unit
        )
        rows.append(ReadingRow(reading, _which(reading), anchor, value, form))
    return {
        "standard": standard,
        "name": standard_words.label(rules.name),
        "rows": rows,
        "why_not": why_not,
        "frozen": frozen,
    }
