"""The households that made the difference of a cell between two editions."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from households import policies
from households.errors import DomainError
from households.views import access
from reports.contents import identity
from reports.contents.content import Column, Line
from reports.models import Edition
from reports.queries import behind_list
from reports.queries.cells import CountedHousehold
from reports.services import comparing
from reports.services.comparing import CellChange, Place
from reports.views.reports.compare import asked_place, pair
from reports.views.reports.edition import content_of, paged_query

_A_PAGE: Final = 50


@dataclass(frozen=True)
class Amounts:
    """What a household adds to the cell before and after."""

    village_id: int
    before: int
    after: int


@never_cache
@require_safe
def edition_changed(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Who made the difference of one cell, as far as they live in the user's areas today; how many
    live elsewhere is said. Policy: why_not_read_reports, why_not_read_households; of another's area
    there is none (404)."""
    access.refuse_if(policies.why_not_read_households(request.user))
    before, after = pair(request, pk, other)
    if not request.GET:
        return render(request, "reports/nothing_changed.html", {"edition": after, "before": before})
    place = asked_place(request)
    try:
        change = comparing.compare(before, after).cells.get(place)
    except DomainError as fault:
        raise Http404(str(fault.message)) from fault
    if change is None:
        raise Http404
    amounts = _amounts(before, after, place)
    counted = [
        CountedHousehold(pk, one.village_id, None, None, one.after - one.before)
        for pk, one in amounts.items()
    ]
    seen = behind_list.in_order(policies.visible_cards(request.user), counted)
    page = Paginator(seen, _A_PAGE).get_page(request.GET.get("page"))
    line, column = _named(before, after, place)
    shown = {
        "before": before,
        "after": after,
        "edition": after,
        "change": change,
        "line": line,
        "column": column,
        "page": page,
        "lines": [(one, amounts[one.card.pk]) for one in behind_list.lines(list(page))],
        "found": len(amounts),
        "elsewhere": len(amounts) - len(seen),
        "is_short": _is_short(change, counted),
        "query": paged_query(request),
    }
    return render(request, "reports/edition_changed.html", shown)


def _amounts(before: Edition, after: Edition, place: Place) -> dict[int, Amounts]:
    """By household, whatever its village; one that moved within the unit changed nothing."""
    found: dict[int, Amounts] = {}
    for one in comparing.households(before, after, place):
        known = found.get(one.household_id, Amounts(one.village_id, 0, 0))
        found[one.household_id] = Amounts(
            one.village_id if one.after else known.village_id,
            known.before + one.before,
            known.after + one.after,
        )
    return {pk: one for pk, one in found.items() if one.before != one.after}


def _named(before: Edition, after: Edition, place: Place) -> tuple[Line, Column]:
    """The line and the column of a cell, of the newer edition where it has it."""
    for edition in (after, before):
        for sheet, lines in identity.identified(content_of(edition).sheets):
            column = next((one for one in sheet.columns if one.key == place.column), None)
            line = next((one for one in lines if one.is_of == place.line), None)
            if line and column:
                return line, column
    raise Http404


def _is_short(change: CellChange, counted: list[CountedHousehold]) -> bool:
    """Whether the households found do not add up to a difference of counts."""
    is_count = isinstance(change.before, int) and isinstance(change.after, int)
    return is_count and sum(one.amount for one in counted) != change.difference
