"""Booking money of a programme for an area and the units below it, and taking an entry back."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

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
from programs.exchange import area_sheet
from programs.forms.money import BookingHead, CounterForm
from programs.models import MoneyEntry, Programme
from programs.policies.money import money_areas, why_not_keep_money
from programs.queries.money import NOTHING, Money, money_of
from programs.queries.reach import Reach
from programs.services import money
from programs.services.area_rows import ReadRows, read_rows
from programs.services.money import Sum
from programs.views.area_grid import typed_rows
from programs.views.money import units_of
from programs.views.money_scope import Scope, asked_scope

_MILLION = 1_000_000


@dataclass(frozen=True)
class Row:
    """A unit with what is booked of last year and of this one, and what is typed."""

    area: Area
    before: Money
    now: Money
    typed: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, code: str) -> HttpResponseBase:
    """Entries of one programme: typed, pasted or from a file; last year's beside. Policy:
    why_not_keep_money for the area; another's area does not exist (404)."""
    programme = get_object_or_404(Programme, code=code)
    scope = asked_scope(request)
    access.refuse_if(why_not_keep_money(request.user, scope.area))
    units = units_of(scope)
    if request.method == "POST":
        return _sent(request, programme, scope, units)
    rows = _rows(programme, scope, units, {})
    if request.GET.get("format") == "xlsx":
        return _sheet(scope, rows)
    return _page(request, programme, scope, rows, BookingHead(programme=programme))


def _rows(
    programme: Programme, scope: Scope, units: list[Area], typed: Mapping[int, str]
) -> list[Row]:
    today = clock.today()
    own = [Reach.alone(area) for area in units]
    before = money_of(scope.last_year, own, today, programme=programme)
    now = money_of(scope.year, own, today, programme=programme)
    return [
        Row(
            area,
            before.get((programme.pk, area.pk), NOTHING),
            now.get((programme.pk, area.pk), NOTHING),
            typed.get(area.pk, ""),
        )
        for area in units
    ]


def _sent(
    request: HttpRequest, programme: Programme, scope: Scope, units: list[Area]
) -> HttpResponseBase:
    if request.POST.get("act") == "save":
        return _save(request, programme, scope, units)
    unit = 1 if request.POST.get("unit") == "1" else _MILLION
    head = BookingHead(programme=programme, initial={"unit": unit})
    fault = SaysFaults(request.POST)
    fault.is_valid()
    try:
        read = read_rows(typed_rows(request), units, lambda text: area_sheet.vnd(text, unit))
    except Invalid as invalid:
        fault.add_error(None, str(invalid.message))
        rows = _rows(programme, scope, units, {})
        return _page(request, programme, scope, rows, head, fault=fault, status=422)
    typed = {pk: _written(vnd, unit) for pk, vnd in read.figures.items()}
    return _page(request, programme, scope, _rows(programme, scope, units, typed), head, read=read)


def _written(vnd: int, unit_vnd: int) -> str:
    """As one types it here: points between thousands, a comma before decimals."""
    whole, rest = divmod(abs(vnd), unit_vnd)
    sign = "-" if vnd < 0 else ""
    decimals = f",{rest:06d}".rstrip("0") if rest else ""
    return f"{sign}{whole:,}".replace(",", ".") + decimals


def _save(
    request: HttpRequest, programme: Programme, scope: Scope, units: list[Area]
) -> HttpResponseBase:
    head = BookingHead(request.POST, programme=programme)
    typed = {one.pk: request.POST.get(f"unit-{one.pk}", "").strip() for one in units}

    def act() -> str:
        unit = head.cleaned_data["unit"]
        sums = [_sum(one, typed[one.pk], unit) for one in units if typed[one.pk]]
        made = money.book(
            programme=programme, line=head.line(scope.year), document=head.document(),
            sums=sums, by=access.actor(request), because=head.cleaned_data["because"],
        )  # fmt: skip
        words = ngettext("%(count)s entry is booked.", "%(count)s entries are booked.", len(made))
        return words % {"count": len(made)}

    if way_offers.is_done(request, head, act, ""):
        return redirect(_address(programme, scope))
    rows = _rows(programme, scope, units, typed)
    return _page(request, programme, scope, rows, head, status=422)


def _address(programme: Programme, scope: Scope) -> str:
    return f"{reverse('programs:programme_money', args=[programme.code])}?{scope.to_this}"


def _sum(area: Area, typed: str, unit_vnd: int) -> Sum:
    amount = area_sheet.vnd(typed, unit_vnd)
    if amount is None:
        raise Invalid(
            _("%(area)s: “%(typed)s” is no amount of money.") % {"area": area.name, "typed": typed}
        )
    return Sum(area, amount)


def _sheet(scope: Scope, rows: list[Row]) -> HttpResponseBase:
    """The table to be filled in and read back; the new amounts in the unit chosen then."""
    heads = [
        Head(_("Code"), width=10), Head(_("Unit"), width=34),
        Head(_("Allocated last year (VND)"), Cell.WHOLE, 20),
        Head(_("Disbursed last year (VND)"), Cell.WHOLE, 20),
        Head(_("Allocated (VND)"), Cell.WHOLE, 20), Head(_("Committed (VND)"), Cell.WHOLE, 20),
        Head(_("Disbursed (VND)"), Cell.WHOLE, 20), Head(_("Amount"), Cell.DECIMAL, 20),
    ]  # fmt: skip
    cells = [
        [
            row.area.code, row.area.name, row.before.allocated_vnd, row.before.disbursed_vnd,
            row.now.allocated_vnd, row.now.committed_vnd, row.now.disbursed_vnd, None,
        ]
        for row in rows
    ]  # fmt: skip
    part = Part(_("Entries of money"), heads, cells, len(cells))
    return file_answers.sheet(f"povreg-kinh-phi-{scope.year}", part, as_csv=False)


def _page(
    request: HttpRequest, programme: Programme, scope: Scope, rows: list[Row], head: BookingHead,
    *, read: ReadRows | None = None, fault: SaysFaults | None = None, status: int = 200,
) -> HttpResponseBase:  # fmt: skip
    shown = {
        "programme": programme, "scope": scope, "rows": rows, "head": head, "read": read,
        "fault": fault, "text": request.POST.get("text", "") if read or fault else "",
    }  # fmt: skip
    return render(request, "programs/money_entry.html", shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """One entry, and taking it back by a counter-entry. Policy: why_not_keep_money; an entry of an
    area that is not the user's does not exist (404)."""
    access.refuse_if(why_not_keep_money(request.user))
    rows = MoneyEntry.objects.select_related(
        "programme", "area", "booked_by", "counters", "countered_by"
    )
    found = get_object_or_404(rows, uuid=uuid, area__in=money_areas(request.user))
    access.refuse_if(why_not_keep_money(request.user, found.area))
    form = CounterForm(request.POST or None)

    def act() -> None:
        money.counter(
            entry=found, document=form.document(), reason=form.cleaned_data["reason"],
            by=access.actor(request),
        )  # fmt: skip

    if request.method == "POST" and way_offers.is_done(
        request, form, act, _("The counter-entry is booked.")
    ):
        return redirect(
            f"{reverse('programs:programme_money', args=[found.programme.code])}"
            f"?area={found.area_id}&year={found.year}"
        )
    is_open = not found.counters_id and not hasattr(found, "countered_by")
    context = {
        "entry": found,
        "form": form if is_open else None,
    }
    status = 422 if form.errors else 200
    return render(request, "programs/money_counter.html", context, status=status)
