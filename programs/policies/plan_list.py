"""Who sees and keeps next year's plan list."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households.models import Area, User
from households.policies import visible_households
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
    """Of the communes where the user plans, and of households that live in his areas still."""
    places = Area.objects.under_any(rights(user).branches(RECORDS_BENEFITS))
    return PlanEntry.objects.filter(
        commune__in=places.values("pk"), household__in=visible_households(user)
    )


def why_not_set_rule(user: User | AnonymousUser, province: Area) -> Reason:
    if rights(user).holds(KEEPS_STANDARDS, province):
        return None
    return _("Only the department sets how near a household must stand.")
