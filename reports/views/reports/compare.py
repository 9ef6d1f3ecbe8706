"""Two editions of one report held against each other, and the households that made a difference."""

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from households import policies
from households.errors import DomainError
from reports.contents.content import Column, Content, Line, Sheet
from reports.contents.layout import UPPER
from reports.forms.editions import asked_number
from reports.models import Edition
from reports.services import comparing, editions
from reports.services.comparing import Comparison, Place
from reports.views.reports import tables
from reports.views.reports.edition import content_of, paged_query
from reports.views.reports.edition_access import readable
from reports.views.reports.tables import Mark, Marking

#: Lines that only the older edition has are named up to here, and counted beyond.
_MOST_GONE: Final = 30


@never_cache
@require_safe
def edition_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Edition `pk` with what changed since `other`: the units that differ, all of them with ?all=1.
    Policy: as for each of the two; of another's area there is none (404)."""
    before, after = pair(request, pk, other)
    found = _compared(before, after)
    has_all = request.GET.get("all") == "1"
    may_list = policies.why_not_read_households(request.user) is None
    content = content_of(after)
    table = tables.table(
        content if has_all else Content(content.head, _differing(content, found)),
        after.lines,
        at=asked_number(request.GET, "sheet"),
        page=asked_number(request.GET, "page") or 1,
        marking=_marking(found, may_list=may_list),
    )
    gone = _gone(before, after)
    shown = {
        "before": before,
        "after": after,
        "edition": after,
        "changed": len(found.cells),
        "has_all": has_all,
        "may_list": may_list,
        "table": table,
        "gone": gone[:_MOST_GONE],
        "more_gone": len(gone) - _MOST_GONE,
        "query": paged_query(request),
    }
    return render(request, "reports/edition_compare.html", shown)


def pair(request: HttpRequest, pk: int, other: int) -> tuple[Edition, Edition]:
    """The older and the newer one, each as `edition_access.readable`; 404 for one and the same."""
    if pk == other:
        raise Http404
    return readable(request, other), readable(request, pk)


def _compared(before: Edition, after: Edition) -> Comparison:
    try:
        return comparing.compare(before, after)
    except DomainError as fault:
        raise Http404(str(fault.message)) from fault


def _marking(found: Comparison, *, may_list: bool) -> Marking:
    behind = editions.columns_behind(found.after) if may_list else frozenset[str]()
    to = reverse("reports:edition_changed", args=[found.after.pk, found.before.pk])

    def marking(line: Line, column: Column) -> Mark | None:
        change = found.cells.get((line.key, line.counted, column.key))
        if change is None:
            return None
        wanted = comparing.counting(found.after, change.place)
        is_told = change.difference is not None and wanted in behind
        return Mark(change, f"{to}?{place_query(change.place)}" if is_told else "")

    return marking


def place_query(place: Place) -> str:
    """Of a cell, as `asked_place` reads it."""
    key, counted, column = place
    return urlencode({"unit": key or "", "counted": counted, "column": column})


def asked_place(request: HttpRequest) -> Place:
    """The cell that the address names; it may not exist."""
    given = request.GET
    return asked_number(given, "unit") or None, given.get("counted", ""), given.get("column", "")


def _differing(content: Content, found: Comparison) -> Iterator[tuple[Sheet, Iterable[Line]]]:
    """The units of which a cell differs, with those above them and the whole."""
    changed = {place[0] for place in found.cells}
    kept = {*UPPER, content.head.level.lower()}
    for sheet, lines in content.sheets:
        yield sheet, (one for one in lines if one.key in changed or one.level in kept)


def _gone(before: Edition, after: Edition) -> list[str]:
    """Names of the lines that only the older edition has."""
    there = {where for where, __ in _named(after)}
    return list(dict.fromkeys(name for where, name in _named(before) if where not in there))


def _named(edition: Edition) -> Iterator[tuple[tuple[str, int | None], str]]:
    for __, lines in content_of(edition).sheets:
        for line in lines:
            yield (line.level, line.key), line.name
