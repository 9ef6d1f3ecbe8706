"""The facts of a round taken out as files that can be edited and imported again."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import AreaLevel, Purpose
from households.choices.ordered_files import OrderedForm, OrderedKind
from households.errors import Invalid, Refused
from households.exchange import review_rows
from households.exchange.review_rows import Scope
from households.forms.disclosures import DisclosureForm, ReviewFilesForm
from households.models import Area, ReviewRound, User
from households.services import ordered_files, review_exports
from households.services.review_exports import FileForm
from households.views import access, file_answers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review_files(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponseBase:
    """Asks what for, records it, and gives the files of an area. Policy: why_not_export_review; an
    area that is not one's own is not found."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_import_anywhere(user))
    scope = _scope(user, round_pk, area_pk)
    fills = request.POST.get("act") == "fill"
    fill_form = DisclosureForm(request.POST if fills else None, prefix="fill")
    if fills and fill_form.is_valid():
        try:
            return _to_fill(scope, fill_form, user)
        except (Invalid, Refused) as fault:
            fill_form.add_error("note" if getattr(fault, "fields", None) else None, str(fault))
    form = ReviewFilesForm(None if fills else request.POST or None)
    if request.method == "POST" and not fills and form.is_valid():
        try:
            return _files(scope, form, user)
        except (Invalid, Refused) as fault:
            form.add_error("note" if getattr(fault, "fields", None) else None, str(fault.message))
    households, members = review_rows.counted(scope)
    shown = {
        "round": scope.round,
        "area": scope.area,
        "form": form,
        "fill_form": fill_form,
        "to_fill": len(review_exports.ids_to_fill(scope)),
        "households": households,
        "members": members,
        "villages": _below(scope.area),
        "why_no_files": review_exports.why_no_files(scope.round),
        "why_not_workbook": review_exports.why_not_workbook(members),
    }
    status = 422 if form.errors or fill_form.errors else 200
    return render(request, "households/review_files.html", shown, status=status)


def _to_fill(scope: Scope, form: DisclosureForm, user: User) -> HttpResponseBase:
    def write(path: Path) -> None:
        review_exports.write_to_fill(
            scope=scope,
            purpose=Purpose(form.cleaned_data["purpose"]),
            note=form.cleaned_data["note"],
            path=path,
            by=user,
        )

    name = f"povreg-{scope.round.key}-{scope.area.code or scope.area.pk}-dien.xlsx"
    return file_answers.written(name, file_answers.XLSX, write)


def _scope(user: User, round_pk: int, area_pk: int) -> Scope:
    """Of an area in which the user imports; else 404."""
    branches = policies.rights(user).branches(policies.IMPORTS)
    own = Area.objects.under_any(branches).select_related("parent")
    area: Area = get_object_or_404(own, pk=area_pk)
    province = int(area.inner_path.split(".")[0])
    rounds = ReviewRound.objects.select_related("province").filter(province=province)
    round: ReviewRound = get_object_or_404(rounds, pk=round_pk)
    return review_exports.scope_of(round=round, area=area)


def _below(area: Area) -> list[Area]:
    """The villages of a commune, to take out one alone."""
    if area.level != AreaLevel.COMMUNE:
        return []
    return list(Area.objects.filter(parent=area).order_by("folded_name"))


@transaction.atomic
def _ordered(scope: Scope, wanted: dict[str, Any], name: str, user: User) -> HttpResponseBase:
    """Files that are written by a job: the purpose is recorded now."""
    kind = FileForm(wanted["form"])
    purpose = Purpose(wanted["purpose"])
    given = review_exports.recorded(
        scope, kind, wanted["with_numbers"], purpose, wanted["note"], user
    )
    ordered = ordered_files.order(
        kind=OrderedKind.REVIEW,
        form=OrderedForm.XLSX if kind is FileForm.XLSX else OrderedForm.CSV,
        title=f"{scope.round.key}, {scope.area.name}",
        file_name=name,
        wanted={
            "round": scope.round.pk, "area": scope.area.pk, "numbers": wanted["with_numbers"],
        },
        rows=given.households + given.members,
        by=user,
    )  # fmt: skip
    return redirect("households:ordered_file", ordered.uuid)


def _files(scope: Scope, form: ReviewFilesForm, user: User) -> HttpResponseBase:
    wanted = form.cleaned_data
    kind = FileForm(wanted["form"])
    ending, content = (
        ("xlsx", file_answers.XLSX) if kind is FileForm.XLSX else ("zip", file_answers.ZIP)
    )
    name = f"povreg-{scope.round.key}-{scope.area.code or scope.area.pk}.{ending}"
    if review_rows.counted(scope)[0] > ordered_files.MOST_AT_ONCE:
        return _ordered(scope, wanted, name, user)

    def write(path: Path) -> None:
        review_exports.write(
            scope=scope,
            form=kind,
            with_numbers=wanted["with_numbers"],
            purpose=Purpose(wanted["purpose"]),
            note=wanted["note"],
            path=path,
            by=user,
        )

    return file_answers.written(name, content, write)
