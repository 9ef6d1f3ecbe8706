"""Recipients that moved away since: what a page says of them, and whose household it links to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from households import clock, policies
from programs.models import Benefit
from programs.queries import homes
from programs.queries.homes import Home


@dataclass(frozen=True)
class Movers:
    """`moved`: by key of the benefit, where the recipient lives now. `seen`: keys of the households
    that the user may open; those of other communes he may not."""

    moved: Mapping[int, Home]
    seen: frozenset[int]


def of(request: HttpRequest, benefits: Collection[Benefit]) -> Movers:
    """Of the benefits of one page. Four queries."""
    households = {one.household_id for one in benefits if one.household_id}
    seen = policies.visible_households(request.user).filter(pk__in=households)
    return Movers(
        homes.moved(benefits, clock.today()), frozenset(seen.values_list("pk", flat=True))
    )
