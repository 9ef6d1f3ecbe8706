"""Who reads plans and money of programmes, and who keeps them."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households.choices import AreaLevel, Role
from households.models import Area, User
from households.models.areas import AreaQuerySet
from households.policies.roles import Reason
from households.rights import rights

#: Figures of money are read in one's own area, by whoever answers for it.
READS_MONEY = frozenset(
    {Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR, Role.DISTRICT_READER, Role.DEPARTMENT}
)
#: Who sets targets and books money.
KEEPS_MONEY = frozenset({Role.DEPARTMENT})


def why_not_read_money(user: User | AnonymousUser) -> Reason:
    """Whether anywhere; in which areas: `money_areas`."""
    if rights(user).holds_anywhere(READS_MONEY):
        return None
    return _("Plans and money are read by the commune, the district and the department.")


def money_areas(user: User | AnonymousUser) -> AreaQuerySet:
    """The real areas from province to commune whose plans and money the user reads, of any time."""
    levels = [AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.COMMUNE]
    return Area.objects.under_any(money_branches(user)).real().filter(level__in=levels)


def money_branches(user: User | AnonymousUser) -> list[str]:
    """Inner paths (Area.inner_path) of all that the user reads plans and money of."""
    return rights(user).branches(READS_MONEY)


def why_not_keep_money(user: User | AnonymousUser, area: Area | None = None) -> Reason:
    """Targets and entries of an area; None: of any, for a page. No query beyond the user's
    rights."""
    if area is None:
        may = rights(user).holds_anywhere(KEEPS_MONEY)
    elif area.is_practice:
        return _("In the practice area there are no plans and no money.")
    elif area.level == AreaLevel.VILLAGE:
        return _("Plans and money end at the commune.")
    else:
        may = rights(user).holds(KEEPS_MONEY, area)
    if may:
        return None
    return _("Only the department sets targets and books money, in its own province.")
