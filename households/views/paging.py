"""Pages by place in the order (keyset), so that page 2,000 costs what page 1 costs."""

import base64
import binascii
import json
import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import ngettext

from households.models.cards import HouseholdCardQuerySet
from households.queries import household_search as search
from households.queries.list_order import Order, Place

PAGE_SIZE = 50
#: The address of the list of all households: `?all=1`.
EVERYTHING = "all"
_ALL = f"{EVERYTHING}=1"
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


def page_of(cards: HouseholdCardQuerySet, query: QueryDict, order: Order) -> KeysetPage:
    """The page that `after` or `before` of the query string name; the first without them."""
    back = _place(query.get("before", ""), order)
    forth = _place(query.get("after", ""), order)
    count, in_order = _counted(cards, order, back or forth, back=bool(back))
    if back:
        found = list(order.before(in_order, back).reverse()[: PAGE_SIZE + 1])
        has_more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE][::-1]
        has_previous, has_next = has_more, True
    else:
        wanted = order.after(in_order, forth) if forth else in_order
        found = list(wanted[: PAGE_SIZE + 1])
        has_next, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
        has_previous = forth is not None
    first, last = (order.place_of(found[at]) if found else () for at in (0, -1))
    return KeysetPage(
        rows=search.rows(found),
        count=count,
        previous_url=_url(query, "before", first) if has_previous and found else "",
        next_url=_url(query, "after", last) if has_next and found else "",
    )


def _counted(
    cards: HouseholdCardQuerySet, order: Order, place: Place | None, *, back: bool
) -> tuple[int, HouseholdCardQuerySet]:
    """How many there are, and in order those among which the page lies."""
    if not order.goes_by_village:
        return cards.count(), order.sorted(cards)
    numbers = search.numbers_by_village(cards)
    villages = order.villages_ahead(numbers, place, back=back, enough=PAGE_SIZE + 1)
    return sum(numbers.values()), order.sorted(cards.filter(village__in=villages))


def changed_query(query: QueryDict, **changes: str) -> str:
    """The same list with something else chosen, from its first page; "" takes a choice away. Where
    nothing is left, the address says so: without it the user's own first list would open."""
    moved = query.copy()
    for name in ("after", "before", EVERYTHING, *changes):
        moved.pop(name, None)
    for name, value in changes.items():
        if value:
            moved[name] = value
    return f"?{moved.urlencode() or _ALL}"


def _url(query: QueryDict, way: str, place: Place) -> str:
    written = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
    return changed_query(query, **{way: written})


def _place(text: str, order: Order) -> Place | None:
    """A place as _url wrote it; None for anything else, which shows the first page."""
    if not text:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None
    if not order.is_place(values) or not all(_is_kept(one) for one in values):
        return None
    return tuple(values)


def _is_kept(value: str | int) -> bool:
    """Whether a column could hold it."""
    return is_storable(value) if isinstance(value, str) else abs(value) < 2**63


def is_storable(text: str) -> bool:
    """Whether the database takes this text: it knows neither NUL nor half a letter."""
    return not _UNSTORABLE.search(text)
