"""Who takes in lists of support, who sees them, and who settles their rows."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households.models import Area, User
from households.policies.roles import Reason
from households.rights import rights
from programs.models import BenefitList
from programs.policies import RECORDS_BENEFITS, why_not_record_benefit


def why_not_take_in_lists(user: User | AnonymousUser) -> Reason:
    """The pages of lists; of which area one may be is asked when it is sent."""
    if isinstance(user, User) and user.is_practising:
        return _("In the practice area no support is recorded.")
    if rights(user).holds_anywhere(RECORDS_BENEFITS):
        return None
    return _("Only the commune officer or the department takes in lists of support.")


def why_not_take_in_list(user: User | AnonymousUser, area: Area) -> Reason:
    """A list of this area. No query of its own."""
    return why_not_take_in_lists(user) or why_not_record_benefit(user, area)


def visible_benefit_lists(user: User) -> QuerySet[BenefitList]:
    """Those of the areas the user records support in. A list of an area above shows numbers and
    names of other communes and is not seen."""
    below = Area.objects.under_any(rights(user).branches(RECORDS_BENEFITS))
    return BenefitList.objects.filter(area__in=below)
