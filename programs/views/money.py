"""Plan, what was reached and money: every programme of an area, and one programme by area."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households.exchange.sheets import Cell, Head, Part, write_xlsx
from households.models import Area
from households.views import file_answers
from programs.choices import FundingLine
from programs.models import Programme
from programs.policies.money import why_not_keep_money
from programs.queries import money, progress, pupils, targets
from programs.queries.approved_support import above_committed
from programs.queries.progress import Progress
from programs.queries.pupils import AtLevel
from programs.queries.reach import Reach, parts_of, units_below
from programs.views import money_grounds, paid_records, pupil_levels
from programs.views.money_scope import Scope, asked_scope
from programs.workflow.support_lists import SCHOOLING

#: Entries shown on a page; the file has them all.
_MOST_ENTRIES = 30


@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    """Every programme in one area and year. Policy: why_not_read_money; the user's own areas (else
    404). Fourteen queries, whatever is booked."""
    scope = asked_scope(request)
    rows = progress.of_area(scope.reach, scope.year, scope.on)
    if request.GET.get("format") == "xlsx":
        return _sheet(scope, [(row.programme.name, row) for row in rows], _("Programme"))
    shown = [row for row in rows if not row.is_empty]
    return render(
        request,
        "programs/money.html",
        {
            "scope": scope,
            "rows": shown,
            "compared": paid_records.by_programme(scope, rows),
            "above": above_committed(rows, scope.year, [scope.reach], scope.on),
            "silent": [row.programme for row in rows if row.is_empty],
            "units": [one.area for one in parts_of(scope.reach, scope.on)],
            "keeps": why_not_keep_money(request.user, scope.area) is None,
        },
    )


@require_safe
def programme(request: HttpRequest, code: str) -> HttpResponseBase:
    """One programme by the units below an area, with the area's targets and entries. Policy:
    why_not_read_money; the user's own areas (else 404). About twenty queries."""
    found = get_object_or_404(Programme, code=code)
    scope = asked_scope(request)
    whole, parts = progress.of_programme(found, scope.reach, scope.year, scope.on)
    levels = _levels(found, scope)
    rows = [whole, *parts]
    if request.GET.get("format") == "xlsx":
        named = [(row.area.name, row) for row in rows]
        more = [money_grounds.part(whole)]
        if levels:
            more.append(pupil_levels.part(levels))
        return _sheet(scope, named, _("Unit"), found, more)
    units = paid_records.units_of(scope, rows)
    entries = money.entries(found, scope.year, scope.reach, scope.on)
    return render(
        request,
        "programs/programme_money.html",
        {
            "programme": found,
            "scope": scope,
            "whole": whole,
            "parts": parts,
            "compared": paid_records.by_unit(scope, rows, units),
            "above": above_committed(rows, scope.year, units, scope.on),
            "grounds": money_grounds.told(whole),
            "pupils": pupil_levels.told(levels),
            "targets": targets.revisions(found, scope.year, scope.area),
            "lines": [
                (FundingLine(code).label, one)
                for code, one in money.by_line(found, scope.year, scope.reach, scope.on).items()
            ],
            "entries": entries[:_MOST_ENTRIES],
            "entry_count": entries.count(),
            "keeps": why_not_keep_money(request.user, scope.area) is None,
        },
    )


def _levels(programme: Programme, scope: Scope) -> list[AtLevel]:
    """None where it serves no pupils. One query at most."""
    if programme.kind not in SCHOOLING:
        return []
    found = pupils.by_level(programme, scope.year, [scope.reach], scope.on)
    return found.get(scope.area.pk, [])


_COLUMNS: tuple[tuple[Callable[[], str], Callable[[Progress], object]], ...] = (
    (lambda: _("Times served"), lambda row: row.total.times if row.total else 0),
    (lambda: _("Distinct households"), lambda row: row.total.households if row.total else 0),
    (lambda: _("Distinct persons of the register"), lambda row: _of(row, "persons")),
    (lambda: _("Persons outside the register"), lambda row: _of(row, "outside")),
    (lambda: _("Amounts of recorded benefits (VND)"), lambda row: _of(row, "amount_vnd")),
    (lambda: _("Allocated (VND)"), lambda row: row.money.allocated_vnd),
    (lambda: _("Committed (VND)"), lambda row: row.money.committed_vnd),
    (lambda: _("Disbursed (VND)"), lambda row: row.money.disbursed_vnd),
    (lambda: _("Not paid out yet (VND)"), lambda row: row.money.left_vnd),
)


def _of(row: Progress, name: str) -> int:
    return int(getattr(row.total, name)) if row.total else 0


def _sheet(
    scope: Scope,
    rows: Iterable[tuple[str, Progress]],
    first: str,
    programme: Programme | None = None,
    more: Sequence[Part] = (),
) -> HttpResponseBase:
    heads = [
        Head(first, width=34),
        Head(_("Plan"), width=44),
        *(Head(words(), Cell.WHOLE, 18) for words, _value in _COLUMNS),
    ]
    cells: list[list[Any]] = [
        [name, plan_in_words(row), *(value(row) for _words, value in _COLUMNS)]
        for name, row in rows
    ]
    name = programme.name if programme else _("All programmes")
    top = _("%(programme)s, %(area)s, year %(year)s, as of %(day)s") % {
        "programme": name,
        "area": scope.area.name,
        "year": scope.year,
        "day": f"{scope.on:%d/%m/%Y}",
    }
    part = Part(_("Plans and money"), heads, cells, len(cells), top=top)
    name = f"povreg-kinh-phi-{scope.year}.xlsx"
    return file_answers.written(
        name, file_answers.XLSX, lambda path: write_xlsx(path, [part, *more])
    )


def plan_in_words(row: Progress) -> str:
    """Every target of a row with what was reached of it."""
    return "; ".join(
        f"{one.planned.counts.label}: {one.planned.number}"
        if one.number is None
        else _("%(what)s: %(reached)s of %(number)s")
        % {"what": one.planned.counts.label, "reached": one.number, "number": one.planned.number}
        for one in row.reached
    )


def units_of(scope: Scope) -> list[Area]:
    """Whose figures are typed on one page: the area itself, then those right below it."""
    return [scope.area, *units_below(Reach.alone(scope.area), scope.on)]
