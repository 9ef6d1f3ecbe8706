"""Who reads and keeps the targets of the reduction."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households.choices import AreaLevel, Role
from households.models import Area, User
from households.models.areas import AreaQuerySet
from households.policies.roles import Reason
from households.rights import rights

KEEPS_TARGETS = frozenset({Role.DEPARTMENT, Role.ADMINISTRATOR})
READS_TARGETS = KEEPS_TARGETS | {
    Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR, Role.DISTRICT_READER, Role.INSPECTOR,
}  # fmt: skip
_LEVELS = (AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.COMMUNE)


def why_not_read_targets(user: User | AnonymousUser) -> Reason:
    """Whether anywhere; of which areas: `target_areas`."""
    if rights(user).holds_anywhere(READS_TARGETS):
        return None
    return _("Targets are read by the commune, the district and the department.")


def target_areas(user: User | AnonymousUser) -> AreaQuerySet:
    """The real areas of the user from province to commune, of any time. What is asked of the units
    above them is told to them too (queries.targets.above)."""
    branches = rights(user).branches(READS_TARGETS)
    return Area.objects.under_any(branches).real().filter(level__in=_LEVELS)


def why_not_keep_targets(user: User | AnonymousUser, area: Area | None = None) -> Reason:
    """Of an area; None: of any, for a page. No query beyond the user's rights."""
    if area is None:
        may = rights(user).holds_anywhere(KEEPS_TARGETS)
    elif area.is_practice:
        return _("In the practice area there are no targets.")
    elif area.level == AreaLevel.VILLAGE:
        return _("Targets end at the commune.")
    else:
        may = rights(user).holds(KEEPS_TARGETS, area)
    if may:
        return None
    return _("Only the department and the administrator set targets, in their own area.")
