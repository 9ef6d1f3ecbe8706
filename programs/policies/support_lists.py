"""Who sees and keeps the lists that a commune hands over."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.models import Area, User
from households.policies.roles import CHANGES_HOUSEHOLDS, READS_HOUSEHOLDS, Reason
from households.rights import rights
from programs.models import SupportList
from programs.policies import RECORDS_BENEFITS


def visible_lists(user: User | AnonymousUser) -> QuerySet[SupportList]:
    """Lists of the communes in which the user reads families. One query for the rights."""
    branches = rights(user).branches(READS_HOUSEHOLDS)
    communes = Area.objects.at(AreaLevel.COMMUNE).under_any(branches)
    return SupportList.objects.filter(commune__in=communes.values("pk"))


def why_not_keep_list(user: User | AnonymousUser, commune: Area) -> Reason:
    """Drawing up, handing over, recording the answers: the commune's officer or the department.
    No query of its own."""
    if commune.is_practice:
        return _("In the practice area no list is handed over.")
    if rights(user).holds(RECORDS_BENEFITS, commune):
        return None
    return _("Only the commune officer or the department keeps these lists.")


def why_not_take_numbers(user: User | AnonymousUser, commune: Area) -> Reason:
    """Full personal numbers on a list for bank or insurer: the commune's officer."""
    if rights(user).holds(CHANGES_HOUSEHOLDS, commune):
        return None
    return _("Only the commune officer hands over full personal numbers.")
