"""Disbursed by entries beside what each kind of record says was paid, and the rows behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programs.choices.money import PaidRecord
from programs.models import Programme
from programs.queries import paid_by_records
from programs.queries.paid_by_records import Compared
from programs.queries.progress import Progress
from programs.queries.reach import Reach, reaches
from programs.views.money_scope import Scope, asked_scope

_A_PAGE: Final = 50


@dataclass(frozen=True)
class Line:
    """One kind of record of a programme in an area, with where its rows and the entries stand."""

    name: str
    compared: Compared
    rows_url: str
    entries_url: str


def by_programme(scope: Scope, rows: Sequence[Progress]) -> list[Line]:
    """Every programme in the area. Three queries."""
    return _lines(scope, rows, [scope.reach], lambda row: row.programme.name)


def units_of(scope: Scope, rows: Sequence[Progress]) -> list[Reach]:
    """The area and the units below that the rows are of. One query."""
    below = [row.area for row in rows if row.area != scope.area]
    return [scope.reach, *reaches(below, scope.reach.branches)]


def by_unit(scope: Scope, rows: Sequence[Progress], units: Sequence[Reach]) -> list[Line]:
    """One programme in the area and the units below. Three queries."""
    return _lines(scope, rows, units, lambda row: row.area.name)


def _lines(scope: Scope, rows: Sequence[Progress], units: Sequence[Reach], name: Any) -> list[Line]:
    payments = paid_by_records.payments_of(scope.year, units, scope.on)
    return [
        Line(name(row), one, _rows_url(scope, row, one.record), _entries_url(scope, row))
        for row in rows
        for one in paid_by_records.compared(
            (row.programme.pk, row.area.pk),
            payments,
            row.total.amount_vnd if row.total else 0,
            row.money.disbursed_vnd,
        )
    ]


def _rows_url(scope: Scope, row: Progress, record: PaidRecord) -> str:
    address = reverse("programs:paid_rows", args=[row.programme.code, record.value])
    return f"{address}?{scope.query(area=row.area.pk)}"


def _entries_url(scope: Scope, row: Progress) -> str:
    address = reverse("programs:programme_money", args=[row.programme.code])
    return f"{address}?{scope.query(area=row.area.pk)}#entries"


@dataclass(frozen=True)
class Paid:
    """One record: when, where, what of, how much."""

    on: Any
    commune: str
    name: str
    url: str
    amount_vnd: int


@never_cache
@require_safe
def paid_rows(request: HttpRequest, code: str, record: str) -> HttpResponse:
    """The records behind one figure, without names of families. Policy: why_not_read_money; the
    user's own areas (else 404). About eight queries."""
    if record not in PaidRecord.values:
        raise Http404
    programme = get_object_or_404(Programme, code=code)
    scope, kind = asked_scope(request), PaidRecord(record)
    rows = paid_by_records.rows_of(kind, programme, scope.year, scope.reach, scope.on)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "programme": programme,
        "scope": scope,
        "kind": kind,
        "page": page,
        "rows": [_paid(kind, one) for one in page.object_list],
    }
    return render(request, "programs/paid_rows.html", shown)


def _paid(kind: PaidRecord, row: Any) -> Paid:
    if kind == PaidRecord.BENEFITS:
        url = reverse("programs:benefit", args=[row.uuid])
        return Paid(row.served_on, row.commune.name, row.number, url, row.amount_vnd)
    if kind == PaidRecord.PROJECTS:
        of = row.project
        return _payment(row, of.commune.name, of.name, "programs:project", of.uuid)
    if kind == PaidRecord.WORKS:
        of = row.works
        return _payment(row, of.commune.name, of.name, "programs:works", of.uuid)
    case = row.case
    return _payment(
        row, case.benefit.commune.name, row.number, "programs:housing_case", case.benefit.uuid
    )


def _payment(row: Any, commune: str, name: str, page: str, uuid: object) -> Paid:
    return Paid(row.paid_on, commune, name, reverse(page, args=[uuid]), row.amount_vnd)
