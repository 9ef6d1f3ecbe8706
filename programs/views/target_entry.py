"""Typing the targets of a programme for an area and the units below it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock
from households.errors import Invalid
from households.exchange.sheets import Cell, Head, Part
from households.forms.steps import SaysFaults
from households.models import Area
from households.views import access, file_answers, way_offers
from programs.choices.money import Counted
from programs.exchange import area_sheet
from programs.forms.money import TargetHead, planned_in
from programs.models import Programme
from programs.policies.money import why_not_keep_money
from programs.queries.progress import Progress, of_programme, of_total
from programs.queries.reach import Reach
from programs.queries.targets import Planned, targets_of
from programs.services import targets
from programs.services.area_rows import ReadRows, read_rows
from programs.services.targets import Aim
from programs.views.area_grid import typed_rows
from programs.views.money import units_of
from programs.views.money_scope import Scope, asked_scope


@dataclass(frozen=True)
class Row:
    """A unit with last year's target and result, this year's target, and what is typed."""

    area: Area
    before: Planned | None
    reached_before: int | None
    now: Planned | None
    typed: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_targets(request: HttpRequest, code: str) -> HttpResponseBase:
    """Targets of one programme: typed, pasted or from a file; last year's beside. Policy:
    why_not_keep_money for the area; another's area does not exist (404)."""
    programme = get_object_or_404(Programme, code=code)
    scope = asked_scope(request)
    access.refuse_if(why_not_keep_money(request.user, scope.area))
    counts = _counts(request, programme)
    units = units_of(scope)
    if request.method == "POST":
        return _sent(request, programme, scope, counts, units)
    rows = _rows(programme, scope, counts, units, {})
    if request.GET.get("format") == "xlsx":
        return _sheet(scope, rows)
    return _page(request, programme, scope, rows, _head(programme, counts))


def _counts(request: HttpRequest, programme: Programme) -> Counted:
    asked = request.POST.get("counts") or request.GET.get("counts", "")
    offered = planned_in(programme)
    return Counted(asked) if asked in offered else offered[0]


def _head(programme: Programme, counts: Counted) -> TargetHead:
    return TargetHead(programme=programme, initial={"counts": counts.value})


def _planned(
    programme: Programme, year: int, units: list[Area], counts: Counted
) -> dict[int, Planned]:
    """Targets as decided by today, of which `counts`, by unit."""
    found = targets_of(
        year, [Reach.alone(area) for area in units], clock.today(), programme=programme
    )
    return {
        area: one
        for (_programme, area), several in found.items()
        for one in several
        if one.counts == counts
    }


def _rows(
    programme: Programme,
    scope: Scope,
    counts: Counted,
    units: list[Area],
    typed: Mapping[int, str],
) -> list[Row]:
    now = _planned(programme, scope.year, units, counts)
    before = _planned(programme, scope.last_year, units, counts)
    whole, parts = of_programme(programme, scope.reach, scope.last_year, clock.today())
    results: dict[int, Progress] = {row.area.pk: row for row in (whole, *parts)}
    return [
        Row(
            area,
            before.get(area.pk),
            of_total(counts, results[area.pk].total) if area.pk in results else None,
            now.get(area.pk),
            typed.get(area.pk, ""),
        )
        for area in units
    ]


def _sent(
    request: HttpRequest, programme: Programme, scope: Scope, counts: Counted, units: list[Area]
) -> HttpResponseBase:
    if request.POST.get("act") == "save":
        return _save(request, programme, scope, counts, units)
    fault = SaysFaults(request.POST)
    fault.is_valid()
    try:
        read = read_rows(typed_rows(request), units, area_sheet.whole)
    except Invalid as invalid:
        fault.add_error(None, str(invalid.message))
        rows = _rows(programme, scope, counts, units, {})
        head = _head(programme, counts)
        return _page(request, programme, scope, rows, head, fault=fault, status=422)
    typed = {pk: str(number) for pk, number in read.figures.items()}
    rows = _rows(programme, scope, counts, units, typed)
    return _page(request, programme, scope, rows, _head(programme, counts), read=read)


def _save(
    request: HttpRequest, programme: Programme, scope: Scope, counts: Counted, units: list[Area]
) -> HttpResponseBase:
    head = TargetHead(request.POST, programme=programme)
    typed = {one.pk: request.POST.get(f"unit-{one.pk}", "").strip() for one in units}

    def act() -> str:
        aims = [_aim(one, typed[one.pk]) for one in units if typed[one.pk]]
        number = targets.set_targets(
            programme=programme, year=scope.year, counts=Counted(head.cleaned_data["counts"]),
            aims=aims, decision=head.decision(), by=access.actor(request),
        )  # fmt: skip
        words = ngettext("%(count)s target is saved.", "%(count)s targets are saved.", number)
        return words % {"count": number} if number else _("Nothing was changed.")

    if way_offers.is_done(request, head, act, ""):
        return redirect(
            f"{reverse('programs:programme_money', args=[programme.code])}?{scope.to_this}"
        )
    rows = _rows(programme, scope, counts, units, typed)
    return _page(request, programme, scope, rows, head, status=422)


def _aim(area: Area, typed: str) -> Aim:
    number = area_sheet.whole(typed)
    if number is None:
        raise Invalid(_("%(area)s: a whole number is needed.") % {"area": area.name})
    return Aim(area, number)


def _sheet(scope: Scope, rows: list[Row]) -> HttpResponseBase:
    """The table to be filled in and read back."""
    heads = [
        Head(_("Code"), width=10), Head(_("Unit"), width=34),
        Head(_("Last year's target"), Cell.WHOLE, 18),
        Head(_("Last year's result"), Cell.WHOLE, 18),
        Head(_("Target now"), Cell.WHOLE, 18), Head(_("New number"), Cell.WHOLE, 18),
    ]  # fmt: skip
    cells = [
        [
            row.area.code, row.area.name, row.before.number if row.before else None,
            row.reached_before, row.now.number if row.now else None, None,
        ]
        for row in rows
    ]  # fmt: skip
    part = Part(_("Targets"), heads, cells, len(cells))
    return file_answers.sheet(f"povreg-chi-tieu-{scope.year}", part, as_csv=False)


def _page(
    request: HttpRequest, programme: Programme, scope: Scope, rows: list[Row], head: TargetHead,
    *, read: ReadRows | None = None, fault: SaysFaults | None = None, status: int = 200,
) -> HttpResponseBase:  # fmt: skip
    shown = {
        "programme": programme, "scope": scope, "rows": rows, "head": head, "read": read,
        "fault": fault, "counts": _counts(request, programme), "offered": planned_in(programme),
        "text": request.POST.get("text", "") if read or fault else "",
        "parts_total": sum(one.now.number for one in rows[1:] if one.now),
    }  # fmt: skip
    return render(request, "programs/target_entry.html", shown, status=status)
