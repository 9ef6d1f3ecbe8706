"""Who lets other systems ask povreg, and what a system may ask."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households.models import Area, User
from households.models.areas import AreaQuerySet
from households.policies.roles import KEEPS_API_CLIENTS, Reason
from households.rights import rights


def why_not_keep_api_clients(user: User | AnonymousUser, area: Area | None = None) -> Reason:
    """Register systems of an area, give and take their tokens; without one: anywhere."""
    held = rights(user)
    if held.holds(KEEPS_API_CLIENTS, area) if area else held.holds_anywhere(KEEPS_API_CLIENTS):
        return None
    return _("Only the department and administrators give other systems access.")


def api_client_areas(user: User | AnonymousUser) -> AreaQuerySet:
    """The real areas whose systems the user keeps."""
    return Area.objects.under_any(rights(user).branches(KEEPS_API_CLIENTS)).real()
