"""Who sees and keeps next year's plan list."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households.models import Area, Household, User
from households.policies.roles import KEEPS_STANDARDS, Reason
from households.rights import rights
from programs.models import PlanEntry
from programs.policies import RECORDS_BENEFITS


def why_not_plan(user: User | AnonymousUser, commune: Area) -> Reason:
    """The officer of the commune, or the department. No query of its own."""
    if commune.is_practice:
        return _("In the practice area no plan is made.")
    if rights(user).holds(RECORDS_BENEFITS, commune):
        return None
    return _("Only the commune officer and the department see the plan list.")


def visible_entries(user: User | AnonymousUser) -> QuerySet[PlanEntry]:
    """Of households that live where the user plans today, whichever commune planned them first."""
    homes = Household.objects.under_any(rights(user).branches(RECORDS_BENEFITS))
    return PlanEntry.objects.filter(household__in=homes.values("pk"))


def planning_commune(household: Household) -> Area:
    """Who plans for it: the commune it lives in today, or lived in last. One query, unless its card
    was read with the village's parent."""
    commune = household.card.village.parent
    assert commune is not None
    return commune


def why_not_set_rule(user: User | AnonymousUser, province: Area) -> Reason:
    if rights(user).holds(KEEPS_STANDARDS, province):
        return None
    return _("Only the department sets how near a household must stand.")
