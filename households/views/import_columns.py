"""What the columns of a sent sheet mean, corrected and kept; and the sheet with its errors."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households.errors import Conflict
from households.forms.import_columns import ColumnsForm
from households.models import ImportBatch
from households.services import import_batches, import_files, import_marks
from households.views import access, file_answers, way_offers
from households.views.imports import own_batch, shown_batch


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, uuid: UUID, role: str) -> HttpResponse:
    """The columns of the households' or the members' sheet; a POST has the files read anew with
    them. Policy: one's own."""
    batch = own_batch(request, uuid)
    if role not in import_files.ROLES:
        raise Http404
    table = next((one for one in import_files.tables_read(batch) if one.role == role), None)
    if table is None:
        return _gone(request, batch)
    form = ColumnsForm(*((request.POST,) if request.method == "POST" else ()), table=table)
    user = access.actor(request)

    def act() -> None:
        import_files.choose(
            batch=batch, role=role, columns=form.columns(), constants=form.constants(), by=user
        )
        import_batches.check_again(batch=batch, by=user)

    is_posted = request.method == "POST"
    if is_posted and way_offers.is_done(request, form, act, _("The files are read anew.")):
        return redirect("households:import_batch", uuid)
    shown = {"batch": batch, "table": table, "form": form}
    status = 422 if form.errors else 200
    return render(request, "households/import_columns.html", shown, status=status)


def _gone(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    messages.error(request, _("The files are gone."))
    return render(request, "households/import_batch.html", shown_batch(batch))


@never_cache
@require_safe
def import_marked(request: HttpRequest, uuid: UUID) -> FileResponse | HttpResponse:
    """The sheets as they came, with what is wrong marked in its cells. Policy: one's own."""
    batch = own_batch(request, uuid)
    try:
        return file_answers.written(
            "povreg-import.xlsx", file_answers.XLSX, lambda path: import_marks.marked(batch, path)
        )
    except Conflict:
        return _gone(request, batch)
