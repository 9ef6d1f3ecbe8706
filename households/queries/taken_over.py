"""Communes whose lists a user may take over: of today, and those that went into them."""

from households import clock, policies
from households.choices import AreaLevel
from households.models import Area, User
from households.models.area_reach import reached


def communes_of(user: User) -> list[Area]:
    """Those of today in his charge, by name, then those that went into them whole; none of the
    practice area. Four queries."""
    branches = policies.rights(user).branches(policies.TAKES_OVER_LISTS)
    if not branches:
        return []
    found = Area.objects.at(AreaLevel.COMMUNE).under_any(branches).on(clock.today()).real()
    now = list(found.order_by("name", "pk"))
    all_units = {pk for pks in reached(one.pk for one in now).values() for pk in pks}
    former = Area.objects.at(AreaLevel.COMMUNE).filter(pk__in=all_units - {one.pk for one in now})
    return [*now, *former.order_by("name", "valid_to", "pk")]
