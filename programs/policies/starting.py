"""Who watches communes start."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel
from households.models import Area, User
from households.models.areas import AreaQuerySet
from households.policies.roles import SEES_STARTS, Reason
from households.rights import rights


def why_not_see_starts(user: User | AnonymousUser) -> Reason:
    """Whether anywhere; which communes: `starting_communes`."""
    if rights(user).holds_anywhere(SEES_STARTS):
        return None
    return _("What a commune lacks to start is seen by the commune, the district, the department.")


def starting_communes(user: User | AnonymousUser) -> AreaQuerySet:
    """The communes of today's map whose start the user sees, by name; none of the practice area."""
    own = Area.objects.under_any(rights(user).branches(SEES_STARTS))
    return own.at(AreaLevel.COMMUNE).on(clock.today()).real().order_by("folded_name", "pk")
