"""Open data: what was given to everybody, for whoever asks, where the installation says so."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.core.cache import cache

from households import clock
from households.choices import AreaLevel
from households.choices.api import ApiScope
from households.models import Area, ReviewRound
from households.models.area_reach import branches_through_time
from households.services.api_callers import Caller

_REMEMBERED_SECONDS: Final = 20
_BRANCHES: Final = "api-open-branches"
#: A household's or an office's connection has all addresses of such a network.
_ONE_CALLER_BITS: Final = 64


def caller(address: str) -> Caller:
    """Nobody in particular at an address: aggregates of all provinces, small numbers left out, and
    fewer calls than a system with a token. Three queries, none where it is remembered."""
    branches: tuple[str, ...] | None = cache.get(_BRANCHES)
    if branches is None:
        branches = _branches()
        cache.set(_BRANCHES, branches, _REMEMBERED_SECONDS)
    return Caller(
        key=f"address:{_one_caller(address)}",
        scopes=frozenset([ApiScope.AGGREGATES.value]),
        branches=branches,
        calls_per_minute=settings.OPEN_DATA_CALLS,
    )


def _branches() -> tuple[str, ...]:
    """Of the provinces that have rounds, and of those they became."""
    found = Area.objects.at(AreaLevel.PROVINCE).real().filter(valid_from__lte=clock.today())
    reached = branches_through_time(found.values_list("pk", flat=True))
    with_rounds = {f"{pk}." for pk in ReviewRound.objects.values_list("province", flat=True)}
    told = {one for branches in reached.values() if with_rounds & set(branches) for one in branches}
    return tuple(sorted(told))


def _one_caller(address: str) -> str:
    """Whoever has a network of IPv6 has no more calls than whoever has one address of IPv4."""
    try:
        told = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(told, IPv6Address):
        if told.ipv4_mapped:
            return str(told.ipv4_mapped)
        return str(ip_network((told, _ONE_CALLER_BITS), strict=False))
    return str(told)
