"""The list behind a figure as it is read: who of its households is seen, in order, page by page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from households.models import Area, HouseholdCard
from households.models.cards import HouseholdCardQuerySet
from reports.queries.cells import CountedHousehold


@dataclass(frozen=True)
class Line:
    """`village` is where it counts in the figure; its card tells where it lives today."""

    counted: CountedHousehold
    card: HouseholdCard
    village: Area

    @property
    def has_moved(self) -> bool:
        return bool(self.card.village_id != self.village.pk)


def in_order(
    cards: HouseholdCardQuerySet, found: Iterable[CountedHousehold]
) -> list[CountedHousehold]:
    """Those that are among the cards, by commune and village where they count, then by name. Two
    queries."""
    known = {one.household_id: one for one in found}
    names = dict(cards.filter(pk__in=known).values_list("pk", "folded_head_name"))
    villages = {one.village_id for one in known.values()}
    places = {
        pk: (commune, village)
        for pk, commune, village in Area.objects.filter(pk__in=villages).values_list(
            "pk", "parent__folded_name", "folded_name"
        )
    }
    return sorted(
        (one for pk, one in known.items() if pk in names),
        key=lambda one: (*places[one.village_id], names[one.household_id], one.household_id),
    )


def lines(part: Sequence[CountedHousehold]) -> list[Line]:
    """Of a page, or of a file. Two queries."""
    cards = HouseholdCard.objects.select_related("village__parent").in_bulk(
        [one.household_id for one in part]
    )
    villages = Area.objects.select_related("parent").in_bulk({one.village_id for one in part})
    return [Line(one, cards[one.household_id], villages[one.village_id]) for one in part]
