"""Output sheets for others: defined without code, looked at, taken out of one's own area."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import AreaLevel, Purpose
from households.choices.layouts import LayoutWhom, RowKind
from households.choices.ordered_files import OrderedForm, OrderedKind
from households.errors import Invalid
from households.exchange import layout_fields, layout_rows
from households.exchange.layout_fields import FIELDS, LayoutColumn
from households.forms.layouts import LayoutFileForm, LayoutForm, NewLayoutForm
from households.forms.steps import SaysFaults
from households.models import Area, OutputLayout, User
from households.queries import output_layouts
from households.services import layouts, ordered_files
from households.views import access, file_answers, way_offers

_PREVIEWED = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def layout_list(request: HttpRequest) -> HttpResponse:
    """The layouts one may use; a new one. Policy: why_not_see_layouts; making one by
    why_not_define_layouts."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_see_layouts(user))
    why_not = policies.why_not_define_layouts(user, None)
    is_posted = request.method == "POST"
    if is_posted:
        access.refuse_if(why_not)
    form = NewLayoutForm(request.POST if is_posted else None)
    made: list[OutputLayout] = []

    def act() -> None:
        province = policies.province_of(user)
        assert province is not None
        wanted = form.cleaned_data
        made.append(
            layouts.make(
                province=province,
                name=wanted["name"],
                row_kind=RowKind(wanted["row_kind"]),
                whom=LayoutWhom(wanted["whom"]),
                by=user,
            )
        )

    done = _("The layout begins with a few columns; change them as needed.")
    if is_posted and way_offers.is_done(request, form, act, done) and made:
        return redirect("households:layout", made[0].pk)
    shown = {
        "form": form,
        "layouts": output_layouts.of_user(user),
        "why_not": why_not,
        "reads": policies.why_not_read_households(user) is None,
        "reads_back": policies.why_not_read_back(user, None) is None,
    }
    status = 422 if form.errors else 200
    return render(request, "households/layout_list.html", shown, status=status)


def _layout(user: User, pk: int) -> OutputLayout:
    found: OutputLayout = get_object_or_404(output_layouts.of_user(user), pk=pk)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def layout(request: HttpRequest, pk: int) -> HttpResponse:
    """Its columns, to be changed, and the first rows. Policy: why_not_change_layout; a layout of
    another province is not found."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_define_layouts(user, None))
    found = _layout(user, pk)
    access.refuse_if(policies.why_not_change_layout(user, found))
    if request.method != "POST":
        return _show(request, found, LayoutForm(initial=_initial(found)))
    if request.POST.get("act") == "remove":
        removing = SaysFaults(request.POST)
        done = _("The layout is removed.")
        way_offers.is_done(request, removing, lambda: layouts.remove(layout=found, by=user), done)
        return redirect("households:layout_list")
    form = LayoutForm(request.POST)

    def act() -> None:
        wanted = form.cleaned_data
        layouts.change(
            layout=found,
            name=wanted["name"],
            whom=LayoutWhom(wanted["whom"]),
            is_shared=wanted["is_shared"],
            columns=wanted["columns"],
            by=user,
        )

    if way_offers.is_done(request, form, act, _("The layout is saved.")):
        return redirect("households:layout", pk)
    typed = form.cleaned_data.get("columns") or layout_fields.columns_of(found.columns)
    return _show(request, found, form, typed, status=422)


def _initial(found: OutputLayout) -> dict[str, Any]:
    return {"name": found.name, "whom": found.whom, "is_shared": found.is_shared}


def _show(
    request: HttpRequest,
    found: OutputLayout,
    form: LayoutForm,
    typed: Sequence[LayoutColumn] | None = None,
    status: int = 200,
) -> HttpResponse:
    columns = typed or layout_fields.columns_of(found.columns)
    offered = layout_fields.offered(found.row_kind)
    shown = {
        "layout": found,
        "form": form,
        "columns": [
            {
                "of": FIELDS[one.field],
                "heading": one.heading,
                "codes": one.codes_text,
                "known": ", ".join(FIELDS[one.field].codes),
            }
            for one in columns
        ],
        "offered": [one for one in offered if not one.of_member],
        "offered_of_members": [one for one in offered if one.of_member],
        "preview": _preview(access.actor(request), found),
        "headings": [one.heading for one in layout_fields.columns_of(found.columns)],
        "reads": policies.why_not_read_households(request.user) is None,
    }
    return render(request, "households/layout.html", shown, status=status)


def _preview(user: User, found: OutputLayout) -> list[list[object]]:
    """The first rows of the user's own area, numbers masked; none for who reads no families."""
    areas = _areas(user)
    if not areas:
        return []
    taken = layouts.taking(layout=found, area=areas[0], by=user)
    return list(layout_rows.rows(layout_rows.masked(taken), most=_PREVIEWED))


def _areas(user: User) -> list[Area]:
    """What a sheet may be taken out for: the user's own areas, the communes in them, and where that
    is one alone, its villages. Highest first."""
    reach = policies.areas_in_reach(user)
    above = list(reach.exclude(level=AreaLevel.VILLAGE))
    communes = [one for one in above if one.level == AreaLevel.COMMUNE]
    villages = list(reach.at(AreaLevel.VILLAGE)) if len(communes) <= 1 else []
    depth = {level: place for place, level in enumerate(AreaLevel.values)}
    return sorted([*above, *villages], key=lambda one: depth[one.level])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def layout_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks of which area and what for, records it, gives the sheet. Policy: roles that read
    households, own areas only; a layout of another province is not found."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_read_households(user))
    access.refuse_if(policies.why_not_see_layouts(user))
    found = _layout(user, pk)
    initial = {"note": found.name[:80], "purpose": Purpose.OTHER}
    form = LayoutFileForm(request.POST or None, areas=_areas(user), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return _given(request, found, form, user)
        except Invalid as fault:
            form.add_error("note", str(fault.message))
    columns = layout_fields.columns_of(found.columns)
    shown = {
        "layout": found,
        "form": form,
        "headings": [one.heading for one in columns],
        "has_numbers": any(FIELDS[one.field].is_number for one in columns),
    }
    status = 422 if form.errors else 200
    return render(request, "households/layout_file.html", shown, status=status)


def _given(
    request: HttpRequest, found: OutputLayout, form: LayoutFileForm, user: User
) -> HttpResponseBase:
    """The sheet, or of many households the order of it. Raises Invalid (note)."""
    taken = layouts.taking(layout=found, area=form.chosen(), by=user)
    asked: dict[str, Any] = {
        "layout": found,
        "taken": taken,
        "purpose": Purpose(form.cleaned_data["purpose"]),
        "note": form.cleaned_data["note"],
        "by": user,
    }
    as_csv, name = request.POST.get("format") == "csv", f"povreg-layout-{found.pk}"
    if layout_rows.counted(taken)[1] <= ordered_files.MOST_AT_ONCE:
        return file_answers.sheet(name, layouts.take_out(**asked), as_csv=as_csv)
    kind = OrderedForm.CSV if as_csv else OrderedForm.XLSX
    with transaction.atomic():
        ordered = ordered_files.order(
            kind=OrderedKind.LAYOUT,
            form=kind,
            title=f"{found.name}, {taken.area.name}",
            file_name=f"{name}.{kind.lower()}",
            wanted={
                "layout": found.pk,
                "area": taken.area.pk,
                "numbers": taken.has_numbers and taken.with_numbers,
            },
            rows=layouts.record(**asked),
            by=user,
        )
    return redirect("households:ordered_file", ordered.uuid)
