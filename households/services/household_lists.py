"""The list of households as a file: its columns, its rows in the order of the page."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from households.choices import PovertyClass
from households.exchange.sheets import Cell, Head, Part
from households.models import Area, User
from households.models.cards import HouseholdCardQuerySet
from households.queries import household_search as search
from households.queries.household_search import Wanted
from households.queries.list_order import Order, Place

_CHUNK: Final = 1000


def part(cards: HouseholdCardQuerySet, order: Order, count: int, foot: str) -> Part:
    """The sheet, read as it is written: three queries for each thousand rows."""
    return Part(_("Households"), _heads(), _rows(cards, order), count=count, top=foot)


def kept(wanted: Wanted, order: str) -> dict[str, Any]:
    """What the list is narrowed to, by keys and codes; words that were searched are not kept."""
    return {
        "class": wanted.poverty_class,
        "village": wanted.village.pk if wanted.village else None,
        "commune": wanted.commune.pk if wanted.commune else None,
        "in_round": wanted.in_round,
        "sort": order,
    }


def cards_of(told: Mapping[str, Any], user: User) -> tuple[HouseholdCardQuerySet, Order]:
    """The user's cards that `kept` told of, and their order. Two queries at most."""
    places = Area.objects.in_bulk([pk for name in ("village", "commune") if (pk := told[name])])
    wanted = Wanted(
        words="",
        poverty_class=told["class"],
        village=places.get(told["village"]),
        commune=places.get(told["commune"]),
        in_round=told["in_round"],
    )
    return search.find(user, wanted), Order.read(told["sort"])


def _rows(cards: HouseholdCardQuerySet, order: Order) -> Iterator[list[object]]:
    place: Place | None = None
    while True:
        in_order = order.sorted(cards)
        found = list((order.after(in_order, place) if place else in_order)[:_CHUNK])
        for row in search.rows(found):
            yield _cells(row)
        if len(found) < _CHUNK:
            return
        place = order.place_of(found[-1])


def _heads() -> list[Head]:
    return [
        Head(pgettext("household", "Code")),
        Head(_("Head of household"), width=26),
        Head(_("Village"), width=22),
        Head(_("Commune"), width=22),
        Head(_("Members"), Cell.WHOLE, width=10),
        Head(_("Official list"), width=18),
        Head(_("Newest review"), width=18),
    ]


def _cells(row: search.Row) -> list[object]:
    village = row.village
    return [
        row.code,
        row.head_name,
        village.name if village else "",
        village.parent.name if village and village.parent else "",
        row.members or None,
        _class(row.official.poverty_class if row.official else ""),
        _class(row.provisional.poverty_class if row.provisional else ""),
    ]


def _class(code: str | None) -> str:
    return str(PovertyClass(code).label) if code else ""
