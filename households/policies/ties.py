"""Nobody reviews his own household or a related one; who says which these are, and who takes back
what was said."""

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.translation import gettext as _

from households.choices import TieKind
from households.models import DeclaredTie, Household, User
from households.models.people import HouseholdQuerySet
from households.policies.accounts import why_not_manage_account
from households.policies.households import visible_households
from households.policies.roles import MANAGES_ACCOUNTS, Reason
from households.rights import rights

_STANDING_TIE = """
SELECT kind FROM households_declaredtie
WHERE user_id = %s AND household_id = %s AND ended_on IS NULL ORDER BY id LIMIT 1
"""


def why_own_or_related(user: User | AnonymousUser, household: Household) -> Reason:
    """Why the user does not enter the review of this household. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING_TIE, [user.pk, household.pk])
        (kind,) = cursor.fetchone() or (None,)
    if kind == TieKind.OWN:
        return _("This is your own household; another person enters its review.")
    if kind:
        return _("This household is declared as related to you; another person reviews it.")
    return None


def declarable_households(by: User, user: User) -> HouseholdQuerySet:
    """Those that `by` may name as the user's: the ones he reads, and for the account of somebody
    else those of the area in which he manages accounts (an administrator names them by code)."""
    if by.pk == user.pk:
        return visible_households(by)
    branches = rights(by).branches(MANAGES_ACCOUNTS)
    return visible_households(by) | Household.objects.under_any(branches)


def why_not_declare_ties(by: User, user: User) -> Reason:
    """Everyone for himself; for others whoever manages their account."""
    return None if by.pk == user.pk else why_not_manage_account(by, user)


def why_not_end_tie(by: User, tie: DeclaredTie) -> Reason:
    """What stands against one's own reviewing is not taken back by oneself."""
    if tie.user_id == by.pk:
        return _("Whoever manages your account takes a declaration back, not you yourself.")
    return why_not_manage_account(by, tie.user)
