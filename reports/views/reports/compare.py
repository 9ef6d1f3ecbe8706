"""Two editions of one report held against each other, and the households that made a difference."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from households import policies
from households.errors import DomainError
from households.models.people import code_of
from households.templatetags.povreg import number
from reports.contents import identity
from reports.contents.content import CellValue, Column, Content, Line, Sheet
from reports.contents.frame import is_total
from reports.contents.identity import Identified, LineKey
from reports.forms.editions import asked_number
from reports.models import Edition
from reports.services import comparing, editions
from reports.services.comparing import CellChange, Comparison, Place
from reports.views.reports import tables
from reports.views.reports.edition import content_of, paged_query
from reports.views.reports.edition_access import readable
from reports.views.reports.tables import Mark, Marking

#: Lines that only the older edition has are named up to here, and counted beyond.
_MOST_GONE: Final = 30
#: Levels that stand over others, from the top; lines of other levels stand over nothing.
_OVER: Final = ("district", "group", "commune", "village", identity.HOUSEHOLD)


@dataclass(frozen=True)
class GoneLine:
    """A line that only the older edition has; `household` where the user may open it."""

    name: str
    household: int | None = None


@never_cache
@require_safe
def edition_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Edition `pk` with what changed since `other`: the lines that differ, all of them with ?all=1.
    Policy: as for each of the two; of another's area there is none (404)."""
    before, after = pair(request, pk, other)
    found = _compared(before, after)
    has_all = request.GET.get("all") == "1"
    may_list = policies.why_not_read_households(request.user) is None
    content = content_of(after)
    sheets = identity.identified(content.sheets)
    table = tables.table(
        Content(content.head, sheets if has_all else _differing(content, found)),
        after.lines,
        at=_sheet_asked(request, found),
        page=asked_number(request.GET, "page") or 1,
        marking=_marking(found, may_list=may_list),
    )
    shown = {
        "before": before,
        "after": after,
        "edition": after,
        "found": found,
        "has_all": has_all,
        "may_list": may_list,
        "table": replace(table, sheets=_counted(table.sheets, found)),
        "gone": _gone(request, found),
        "more_gone": len(found.lines_gone) - _MOST_GONE,
        "query": paged_query(request),
    }
    return render(request, "reports/edition_compare.html", shown)


def _counted(titles: Sequence[str], found: Comparison) -> tuple[str, ...]:
    """Sheets with how many cells and lines of each differ."""
    places = [*(place.line for place in found.cells), *found.added, *(g.is_of for g in found.gone)]
    numbers = Counter(one.sheet for one in places)
    return tuple(
        f"{title} ({number(numbers[at])})" if numbers[at] else title
        for at, title in enumerate(titles)
    )


def _sheet_asked(request: HttpRequest, found: Comparison) -> int:
    """The first one that differs where none is named."""
    if "sheet" in request.GET:
        return asked_number(request.GET, "sheet")
    changed = {place.line.sheet for place in found.cells} | {one.sheet for one in found.added}
    return min(changed, default=0)


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
    told: set[LineKey] = set()

    def marking(line: Line, column: Column, cell: CellValue) -> Mark | None:
        if not isinstance(line, Identified):
            return None
        place = Place(line.is_of, column.key)
        if line.is_of in found.added:
            return _new_line(told, place, cell)
        change = found.cells.get(place)
        if change is None:
            return None
        wanted = comparing.counting(found.after, place)
        is_told = line.key and change.difference is not None and wanted in behind
        return Mark(change, f"{to}?{place_query(place)}" if is_told else "")

    return marking


def _new_line(told: set[LineKey], place: Place, cell: CellValue) -> Mark | None:
    """At the first cell that has something; the line is new, not each of its cells."""
    if cell is None or place.line in told:
        return None
    told.add(place.line)
    return Mark(CellChange(place, None, cell, None), is_new_line=True)


def place_query(place: Place) -> str:
    """Of a cell in the line of a unit, as `asked_place` reads it."""
    line, column = place
    return urlencode(
        {
            "sheet": line.sheet, "level": line.level, "unit": line.key or "",
            "counted": line.counted, "column": column,
        }
    )  # fmt: skip


def asked_place(request: HttpRequest) -> Place:
    """The cell that the address names; it may not exist."""
    given = request.GET
    line = LineKey(
        asked_number(given, "sheet"), given.get("level", ""), asked_number(given, "unit") or None,
        given.get("counted", ""),
    )  # fmt: skip
    return Place(line, given.get("column", ""))


def _differing(content: Content, found: Comparison) -> Iterator[tuple[Sheet, Iterable[Line]]]:
    """The lines that differ, each under those that stand over it, and the whole. Of a unit with two
    lines both."""
    changed = {place.line for place in found.cells} | found.added
    units = {(one.sheet, one.level, one.key) for one in changed if one.key}

    def differs(line: Identified) -> bool:
        own = line.is_of
        if own.level == identity.MEMBER:
            return own in changed
        return own in changed or (own.sheet, own.level, own.key) in units

    for sheet, lines in identity.identified(content.sheets):
        yield sheet, _under_theirs(content, lines, differs)


def _under_theirs(
    content: Content, lines: Iterable[Identified], differs: Callable[[Identified], bool]
) -> Iterator[Line]:
    """Lines over others wait until one under them differs."""
    waiting: list[Identified] = []
    for line in lines:
        is_whole = is_total(line, content.head)
        if line.level in _OVER and not is_whole:
            waiting = [one for one in waiting if _stays_over(one, line)] + [line]
        elif line.level != identity.MEMBER:
            waiting = []
        if is_whole or differs(line):
            yield from waiting or [line]
            if line.level == identity.MEMBER and waiting:
                yield line
            waiting = []


def _stays_over(one: Identified, line: Identified) -> bool:
    """Or is the other line of the same unit."""
    is_above = _OVER.index(one.level) < _OVER.index(line.level)
    return is_above or (one.level, one.is_of.key) == (line.level, line.is_of.key)


def _gone(request: HttpRequest, found: Comparison) -> list[GoneLine]:
    """As many as are named. One query."""
    lines = found.lines_gone[:_MOST_GONE]
    keys = [one.key for one in lines if one.level == identity.HOUSEHOLD]
    may_open: set[int] = set()
    if keys and policies.why_not_read_households(request.user) is None:
        own = policies.visible_cards(request.user).filter(pk__in=keys)
        may_open = set(own.values_list("pk", flat=True))
    return [GoneLine(_called(one), one.key if one.key in may_open else None) for one in lines]


def _called(line: Identified) -> str:
    if line.level == identity.MEMBER:
        told = _("%(name)s of household %(code)s")
        name = line.is_of.name.partition(",")[0]
        return told % {"name": name, "code": code_of(line.is_of.key or 0)}
    if line.level == identity.HOUSEHOLD:
        return f"{line.name} ({line.code})"
    return line.name
