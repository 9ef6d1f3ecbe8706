"""Pages by place in the order (keyset), so that page 2,000 costs what page 1 costs."""

import base64
import binascii
import json
import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import ngettext

from households.models.people import HouseholdQuerySet
from households.queries import household_search as search

PAGE_SIZE = 50
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class KeysetPage:
    """One page of the household list with the ways to its neighbours."""

    rows: list[search.Row]
    count: int
    previous_url: str
    next_url: str

    @property
    def count_text(self) -> str:
        return ngettext("%(count)s household", "%(count)s households", self.count) % {
            "count": self.count
        }


def page_of(households: HouseholdQuerySet, query: QueryDict) -> KeysetPage:
    """The page that `after` or `before` of the query string name; the first without them."""
    in_order = search.ordered(households)
    back = _place(query.get("before", ""))
    forth = _place(query.get("after", ""))
    if back:
        found = list(search.before(in_order, back).reverse()[: PAGE_SIZE + 1])
        has_more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE][::-1]
        has_previous, has_next = has_more, True
    else:
        wanted = search.after(in_order, forth) if forth else in_order
        found = list(wanted[: PAGE_SIZE + 1])
        has_next, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
        has_previous = forth is not None
    rows = search.rows(found)
    return KeysetPage(
        rows=rows,
        count=households.count(),
        previous_url=_url(query, "before", rows[0].place) if has_previous and rows else "",
        next_url=_url(query, "after", rows[-1].place) if has_next and rows else "",
    )


def _url(query: QueryDict, way: str, place: search.Place) -> str:
    moved = query.copy()
    for name in ("after", "before"):
        moved.pop(name, None)
    moved[way] = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
    return f"?{moved.urlencode()}"


def _place(text: str) -> search.Place | None:
    """A place as _url wrote it; None for anything else, which shows the first page."""
    if not text:
        return None
    try:
        name, pk = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None
    if not isinstance(name, str) or not isinstance(pk, int) or not is_storable(name):
        return None
    return name, pk


def is_storable(text: str) -> bool:
    """Whether the database takes this text: it knows neither NUL nor half a letter."""
    return not _UNSTORABLE.search(text)
