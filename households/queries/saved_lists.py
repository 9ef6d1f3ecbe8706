"""A user's saved lists, each with the address that opens it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from households import clock, policies
from households.models import Area, SavedList, User
from households.queries.household_search import Wanted
from households.queries.list_order import Order


@dataclass(frozen=True)
class Shelf:
    """One saved list. `query` is the query string of the household list that shows it; `lost` are
    its places that are no longer, or no longer in the user's area: it opens without them."""

    saved: SavedList
    query: str
    lost: list[Area]


def of_user(user: User) -> list[Shelf]:
    """By name. One query; none in the practice area, to which no saved list belongs."""
    if policies.why_not_use_saved_lists(user):
        return []
    branches = policies.rights(user).branches(policies.READS_HOUSEHOLDS)
    kept = SavedList.objects.filter(user=user).select_related("commune", "village")
    return [
        Shelf(
            saved=one,
            query=query_of(
                one.poverty_class, one.in_round, one.commune_id, one.village_id, one.order
            ),
            lost=[
                place
                for place in (one.commune, one.village)
                if place and not _is_in_reach(place, branches)
            ],
        )
        for one in kept.order_by("folded_name")
    ]


def query_of_list(wanted: Wanted, order: Order) -> str:
    """How a saved list of these filters would be addressed; searched words are left out."""
    commune, village = wanted.commune, wanted.village
    return query_of(
        wanted.poverty_class,
        wanted.in_round,
        commune.pk if commune else None,
        village.pk if village else None,
        order.text,
    )


def query_of(
    poverty_class: str, in_round: str, commune: int | None, village: int | None, order: str
) -> str:
    chosen = {
        "class": poverty_class,
        "round": in_round,
        "commune": commune,
        "village": village,
        "sort": order if order != Order().text else "",
    }
    return urlencode({name: value for name, value in chosen.items() if value})


def _is_in_reach(place: Area, branches: list[str]) -> bool:
    today = clock.today()
    is_valid = place.valid_from <= today and (place.valid_to is None or place.valid_to >= today)
    return is_valid and any(place.inner_path.startswith(branch) for branch in branches)
