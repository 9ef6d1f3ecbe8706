"""Who changes the map and the reference lists."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households.choices import AreaLevel, Role
from households.models import Area, User
from households.models.areas import AreaQuerySet
from households.policies.roles import (
    ADDS_VILLAGES,
    CHANGES_AREAS,
    ENTERS_RESIDENTS,
    PUTS_TEMPLATES,
    Reason,
)
from households.rights import rights


def why_not_add_village(user: User | AnonymousUser, commune: Area) -> Reason:
    if commune.is_practice:
        return _("The practice area keeps its two villages.")
    if rights(user).holds(ADDS_VILLAGES, commune):
        return None
    return _("Only the commune officer or the department adds villages, in their own area.")


def why_not_change_areas(user: User | AnonymousUser, area: Area | None) -> Reason:
    """`area` is the unit above the one that changes; None for a province."""
    held = rights(user)
    if held.holds(CHANGES_AREAS, area) if area else held.is_system:
        return None
    return _("Only the department or the administrator changes the map, in their own area.")


def why_not_reorganise(user: User | AnonymousUser, area: Area) -> Reason:
    """`area`: the province whose units change, or the commune whose villages do."""
    if area.is_practice:
        return _("The practice area keeps its two villages.")
    if area.level == AreaLevel.COMMUNE:
        return why_not_add_village(user, area)
    return why_not_change_areas(user, area)


def why_not_see_reorganisations(user: User | AnonymousUser) -> Reason:
    """The pages of reorganisations at all."""
    if rights(user).holds_anywhere(ADDS_VILLAGES):
        return None
    return _("Only the commune officer or the department changes the map, in their own area.")


def reorganised_areas(user: User | AnonymousUser) -> AreaQuerySet:
    """Provinces whose units, and communes whose villages the user changes; of any day."""
    held = rights(user)
    provinces = Area.objects.under_any(held.branches(CHANGES_AREAS)).at(AreaLevel.PROVINCE)
    communes = Area.objects.under_any(held.branches(ADDS_VILLAGES)).at(AreaLevel.COMMUNE)
    found: AreaQuerySet = (provinces | communes).real()
    return found


def why_not_load_reference(user: User | AnonymousUser) -> Reason:
    if rights(user).holds_anywhere(frozenset({Role.ADMINISTRATOR})):
        return None
    return _("Only the administrator loads reference data.")


def why_not_enter_residents(user: User | AnonymousUser, commune: Area) -> Reason:
    """How many households and people live in a commune."""
    if rights(user).holds(ENTERS_RESIDENTS, commune):
        return None
    return _("Only the commune officer or the department enters residents, in their own area.")


def why_not_put_templates(user: User | AnonymousUser, province: Area | None = None) -> Reason:
    """The Word templates of a province. `province` None: of any, for the page."""
    held = rights(user)
    if held.holds(PUTS_TEMPLATES, province) if province else held.holds_anywhere(PUTS_TEMPLATES):
        return None
    return _("Only the department changes the Word templates.")


def province_of(user: User | AnonymousUser) -> Area | None:
    """The province of the user's first assignment; None for who has none. One query."""
    held = rights(user).assignments
    if not held:
        return None
    found: Area = Area.objects.get(pk=int(held[0].area.inner_path.split(".")[0]))
    return found
