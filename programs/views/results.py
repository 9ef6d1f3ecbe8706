"""What a year came to in an area, by line and by unit."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households import clock
from households.exchange.sheets import Cell, Head, Part
from households.views import file_answers
from programs.choices import ProgrammeKind
from programs.choices.results import ResultLine
from programs.models import ProgrammeTerms
from programs.queries import results
from programs.queries.loan_procedures import LoanProcedures, loan_procedures
from programs.queries.pupils import AtLevel
from programs.queries.results import Result
from programs.views import pupil_levels
from programs.views.money_scope import Scope, asked_scope


@require_safe
def year_results(request: HttpRequest) -> HttpResponseBase:
    """Policy: why_not_read_money; the user's own areas (else 404). About twenty-two queries."""
    scope = asked_scope(request)
    found = results.of_year(scope.reach, scope.year, scope.on)
    lines, units = found.lines, found.units
    if request.GET.get("format") == "xlsx":
        return _sheet(scope, [(scope.area.name, lines), *((one.name, of) for one, of in units)])
    shown = [one.line for one in lines if one.times or one.number]
    context = {
        "scope": scope,
        "coverage": found.figures,
        "lines": [one for one in lines if not one.is_elsewhere and not _says_nothing(one)],
        "elsewhere": [one for one in lines if one.is_elsewhere],
        "heads": shown,
        "units": [(unit, [one for one in of if one.line in shown]) for unit, of in units],
        "pupils": pupil_levels.told(level for one in lines for level in one.levels),
        "loans": _loans(scope),
        "is_over": scope.year < clock.today().year,
    }
    return render(request, "programs/year_results.html", context)


def _loans(scope: Scope) -> list[tuple[str, LoanProcedures]]:
    """With the words of each ground, named as the department names it."""
    terms = ProgrammeTerms.objects.filter(programme__kind=ProgrammeKind.LOAN).order_by("valid_from")
    names = {one.ground: one.name for one in terms}
    words = {"": _("All grounds together"), "?": _("No ground that povreg knows")}
    found = loan_procedures(scope.reach, scope.year, scope.on)
    return [(words.get(one.ground) or names.get(one.ground, one.ground), one) for one in found]


def _says_nothing(one: Result) -> bool:
    """Communication reaches people who are counted, not named: a 0 would say it reached nobody."""
    return one.line == ResultLine.COMMUNICATION and one.is_empty


_COLUMNS: tuple[tuple[Callable[[], str], Callable[[Result], int | None]], ...] = (
    (lambda: _("Number counted (projects, people on the spot)"), lambda one: one.number),
    (lambda: _("Times served"), lambda one: one.times),
    (lambda: _("Distinct households"), lambda one: one.distinct.households),
    (lambda: _("Of them without labour capacity"), lambda one: one.distinct.without_labour),
    (lambda: _("Labour capacity not known"), lambda one: one.distinct.labour_unknown),
    (lambda: _("Distinct persons of the register"), lambda one: one.distinct.persons),
    (lambda: _("Persons outside the register"), lambda one: one.distinct.outside),
    (lambda: _("Amounts of recorded benefits (VND)"), lambda one: one.amount_vnd),
    (lambda: _("Times without an amount"), lambda one: one.without_amount),
)


def _cells(one: Result) -> list[int | None]:
    """What is no benefit has its number only."""
    number, *benefits = (value(one) for _words, value in _COLUMNS)
    return [number, *(None for _one in benefits)] if one.is_elsewhere else [None, *benefits]


def _level_cells(one: AtLevel) -> list[int | None]:
    """Of labour nothing is told by level."""
    return [
        None, one.times, one.households, None, None, one.persons, one.outside, one.amount_vnd,
        one.without_amount,
    ]  # fmt: skip


def _rows(name: str, one: Result) -> Iterator[list[Any]]:
    """A line, and below that of pupils its levels."""
    label = str(one.line.label)
    yield [name, label, *_cells(one)]
    for words, level in pupil_levels.told(one.levels):
        yield [name, f"{label}: {words}", *_level_cells(level)]


def _sheet(scope: Scope, parts: list[tuple[str, list[Result]]]) -> HttpResponseBase:
    heads = [
        Head(_("Unit"), width=30),
        Head(_("Result"), width=40),
        *(Head(words(), Cell.WHOLE, 18) for words, _value in _COLUMNS),
    ]
    cells: list[list[Any]] = [
        row
        for name, lines in parts
        for one in lines
        if not _says_nothing(one)
        for row in _rows(name, one)
    ]
    top = _("%(area)s, received in %(year)s up to %(day)s, as recorded") % {
        "area": scope.area.name,
        "year": scope.year,
        "day": f"{scope.on:%d/%m/%Y}",
    }
    part = Part(_("Results of the year"), heads, cells, len(cells), top=top)
    return file_answers.sheet(f"povreg-ket-qua-{scope.year}", part, as_csv=False)
