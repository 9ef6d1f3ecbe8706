"""A review's files imported in the browser: sent, checked by a job, looked at, written once."""

from collections.abc import Callable, Iterator
from itertools import islice
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households import policies
from households.choices.importing import UNDER_WAY, ImportKind, ImportState
from households.exchange import review_template, sheets
from households.forms.importing import ImportForm
from households.forms.steps import SaysFaults
from households.models import ImportBatch
from households.services import import_batches, import_files, import_notes, list_batches
from households.services.imports import RowProblem
from households.views import access, taken_over_words, way_offers
from households.views.import_words import label_of, said

#: Kinds of problems shown on the page; the file has them all.
_SHOWN = 100
#: Households shown with what would change of them.
_DIFFERENCES = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Send files, and see what became of those one sent. Policy: why_not_import_anywhere; what may
    be imported is asked row by row."""
    access.refuse_if(policies.why_not_import_anywhere(request.user))
    user = access.actor(request)
    is_posted = request.method == "POST"
    form = ImportForm(*((request.POST, request.FILES) if is_posted else ()))
    made: list[ImportBatch] = []

    def act() -> None:
        made.append(import_batches.receive(files=form.cleaned_data["sent"], by=user))

    if is_posted and way_offers.is_done(request, form, act, _("The files are here.")):
        if made:
            return redirect("households:import_batch", made[0].uuid)
        return redirect("households:import_list")
    batches = ImportBatch.objects.filter(sent_by=user).exclude(state=ImportState.DISCARDED)
    shown = {
        "form": form,
        "batches": batches[:50],
        "may_take_over": policies.why_not_take_over_lists(user) is None,
    }
    status = 422 if form.errors else 200
    return render(request, "households/import_list.html", shown, status=status)


def own_batch(request: HttpRequest, uuid: UUID) -> ImportBatch:
    """403 for who imports nothing, and for somebody else's."""
    access.refuse_if(policies.why_not_import_anywhere(request.user))
    found = get_object_or_404(ImportBatch, uuid=uuid)
    is_own = found.sent_by_id == access.actor(request).pk
    access.refuse_if(None if is_own else _("Only who sent the files looks at them."))
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_batch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One import as it stands; asked for by htmx, only the part that changes. A POST has it written
    or thrown away. Policy: one's own."""
    batch = own_batch(request, uuid)
    if request.method == "POST":
        return _act(request, batch)
    is_part = request.headers.get("HX-Request") == "true"
    template = "households/_import_state.html" if is_part else "households/import_batch.html"
    return render(request, template, shown_batch(batch))


def shown_batch(batch: ImportBatch) -> dict[str, object]:
    problems, told = _grouped(batch)
    is_checked = batch.state == ImportState.CHECKED
    found = list(islice(import_notes.differences_of(batch), _DIFFERENCES)) if is_checked else []
    return {
        "batch": batch,
        "taken": taken_over_words.shown(batch),
        "is_under_way": batch.state in UNDER_WAY,
        "tables": [
            (one, [(label_of(name), value) for name, value in one.constants.items()])
            for one in import_files.tables_read(batch)
        ],
        "may_choose": batch.state in (ImportState.CHECKED, ImportState.FAILED),
        "differences": [
            {"head_name": one.head_name, "key": one.key, "line": one.line, "said": said(one)}
            for one in found
        ],
        "more_differences": batch.updated - len(found) if found else 0,
        "problems": [(kind, one, label_of(one.column), rows) for kind, one, rows in problems],
        "more": batch.errors + batch.warnings - told,
        "acts": _offered(batch),
    }


def _grouped(batch: ImportBatch) -> tuple[list[tuple[str, RowProblem, list[int]]], int]:
    """What is wrong, the same thing of many rows once: (error | warning, what, its rows); and how
    many problems these are."""
    groups: dict[tuple[str, ...], tuple[str, RowProblem, list[int]]] = {}
    told = 0
    for kind, one in import_notes.problems_of(batch):
        key = (kind, one.file, one.column, one.value, one.code)
        if key not in groups and len(groups) >= _SHOWN:
            continue
        groups.setdefault(key, (kind, one, []))[2].append(one.row)
        told += 1
    return list(groups.values()), told


def _offered(batch: ImportBatch) -> list[tuple[str, str, bool]]:
    """What can be done now: the act, its words, whether it is what comes first."""
    discard = ("discard", _("Throw the files away"), False)
    if batch.state == ImportState.FAILED:
        return [discard]
    if batch.state == ImportState.WRITTEN and batch.written_act:
        return [("undo", _("Undo this import"), False)]
    if batch.state != ImportState.CHECKED:
        return []
    if not batch.errors:
        words = _("Write it into the round %(year)s") % {"year": batch.round_key}
        if batch.kind == ImportKind.LIST:
            words = _("Take over the list")
            if taken_over_words.needs_reason(batch):
                return [discard]
        return [("write", words, True), discard]
    if batch.left_out is not None:
        return [("write_good", _("Write the good households only"), False), discard]
    return [discard]


_ACTS: dict[str, Callable[..., None]] = {
    "write": import_batches.confirm,
    "write_good": import_batches.confirm_good_rows,
    "undo": import_batches.ask_to_undo,
    "discard": import_batches.discard,
}


def _act(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    service = _ACTS.get(request.POST.get("act", ""))
    if service is None:
        return HttpResponseBadRequest()
    form = SaysFaults(request.POST)
    by = access.actor(request)

    def act() -> None:
        if service is import_batches.confirm and batch.kind == ImportKind.LIST:
            reason = request.POST.get("reason", "")
            list_batches.confirm(batch=batch, reason=reason, by=by)
        else:
            service(batch=batch, by=by)

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        gone = service is import_batches.discard
        return redirect("households:import_list") if gone else redirect(request.path)
    shown = shown_batch(batch) | {"form": form}
    return render(request, "households/import_batch.html", shown, status=422)


@never_cache
@require_safe
def import_problems(request: HttpRequest, uuid: UUID) -> HttpResponse | StreamingHttpResponse:
    """Everything to correct or look at, as a CSV file that Excel opens. Policy: one's own."""
    batch = own_batch(request, uuid)
    answer = StreamingHttpResponse(_lines(batch), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="povreg-import.csv"'
    return answer


@never_cache
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in. Policy: why_not_import_anywhere."""
    access.refuse_if(policies.why_not_import_anywhere(request.user))
    answer = HttpResponse(
        review_template.workbook(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = 'attachment; filename="povreg-review.xlsx"'
    return answer


def _lines(batch: ImportBatch) -> Iterator[str]:
    heads = ["", _("File"), _("Row"), _("Column"), _("Value"), _("Reason")]
    told = {"error": _("error"), "warning": _("warning")}
    rows = (
        [told[kind], one.file, one.row, label_of(one.column), one.value, one.reason]
        for kind, one in import_notes.problems_of(batch)
    )
    yield "\ufeff"
    yield from sheets.csv_lines(heads, rows)
