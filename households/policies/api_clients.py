"""Who lets other systems ask povreg, and what a system may ask."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households import clock
from households.models import Area, Assignment, User
from households.models.areas import AreaQuerySet
from households.policies.reviews import why_not_import
from households.policies.roles import IMPORTS, KEEPS_API_CLIENTS, Reason
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


def why_not_enter_as(account: User, area: Area) -> Reason:
    """Whether a system of the area can enter reviews in the name of this account."""
    if why_not_import(account, area) is None:
        return None
    return _("This account brings in no reviews there; choose the officer of the area.")


def entering_assignments(user: User | AnonymousUser) -> QuerySet[Assignment]:
    """The assignments of today by which somebody brings in reviews, in the areas whose systems the
    user keeps; with their users and areas."""
    found = Assignment.objects.on(clock.today()).filter(
        role__in=IMPORTS, user__is_active=True, area__in=api_client_areas(user).values("pk")
    )
    return found.select_related("user", "area").order_by("area__path", "area__code", "user__pk")
