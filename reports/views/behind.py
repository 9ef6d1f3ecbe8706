"""The households behind a figure, with the figure they add up to."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from households.services.ordered_files import MOST_AT_ONCE
from reports.choices import Unit as Counted
from reports.queries import behind_list
from reports.views import blocks
from reports.views.behind_scope import BehindScope, asked_behind
from reports.views.dashboard import nothing
from reports.views.figure_scope import NoFigures

_A_PAGE = 50


@never_cache
@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """The households that a cell of a table counts, as far as they live in the user's areas today;
    how many live elsewhere is said. Policy: why_not_see_figures, why_not_read_households; the
    user's own areas (else 404)."""
    try:
        asked = asked_behind(request)
    except NoFigures as fault:
        return nothing(request, fault)
    if asked is None:
        return render(request, "reports/nothing_behind.html")
    page = Paginator(asked.seen, _A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    shown = {
        "asked": asked,
        "scope": asked.scope,
        "standing": blocks.standing(asked.scope),
        "page": page,
        "lines": [
            (one, asked.class_words(one.counted.before), asked.class_words(one.counted.now))
            for one in behind_list.lines(list(page))
        ],
        "query": query.urlencode(),
        "countings": _countings(request, asked),
        "most": MOST_AT_ONCE,
        "fits": len(asked.seen) <= MOST_AT_ONCE,
    }
    return render(request, "reports/behind.html", shown)


def _countings(request: HttpRequest, asked: BehindScope) -> list[tuple[str, str, bool]]:
    """Of a table that counts both: address, name, and whether it is this one."""
    if asked.cell.counted is None:
        return []
    found = []
    for one in Counted:
        query = request.GET.copy()
        query.pop("page", None)
        query["counted"] = one.value
        found.append((f"?{query.urlencode()}", str(one.label), one == asked.cell.counted))
    return found
