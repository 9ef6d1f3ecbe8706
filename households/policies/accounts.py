"""Who gives roles and opens the way into accounts."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households import clock
from households.choices import LEVELS_OF_ROLE, AreaLevel, Role
from households.models import Area, Assignment, User
from households.policies.roles import (
    ASSIGNS_USERS,
    GIVEN_BY_ADMINISTRATORS,
    GIVEN_BY_COMMUNES,
    MANAGES_ACCOUNTS,
    MANAGES_VILLAGE_ACCOUNTS,
    Reason,
)
from households.rights import Rights, rights


def why_not_look_up(user: User | AnonymousUser) -> Reason:
    """The administrator's look-up pages: reference data, assignments, acts without families."""
    if rights(user).holds_anywhere(frozenset({Role.ADMINISTRATOR})):
        return None
    return _("Only the administrator opens the administration pages.")


def why_not_assign(user: User | AnonymousUser, area: Area) -> Reason:
    if rights(user).holds(ASSIGNS_USERS, area):
        return None
    return _("Only the administrator or the department assigns users, in their own area.")


def why_role_not_there(role: str, area: Area) -> Reason:
    """A role is held at the level its work is done: no reviewer of a whole province."""
    if area.level in LEVELS_OF_ROLE.get(role, frozenset(AreaLevel)):
        return None
    return _("This role is not held in a unit of this level.")


def why_not_give_role(user: User | AnonymousUser, role: str, area: Area) -> Reason:
    """Assign a role, or end its assignment: in one's own area; the high roles by administrators,
    those of its villages by the commune too."""
    if area.is_practice:
        return _("Roles in the practice area are not given; everyone has his own kind there.")
    if role in GIVEN_BY_COMMUNES and rights(user).holds(MANAGES_VILLAGE_ACCOUNTS, area):
        return None
    if reason := why_not_assign(user, area):
        return reason
    if role in GIVEN_BY_ADMINISTRATORS and not rights(user).holds(
        frozenset({Role.ADMINISTRATOR}), area
    ):
        return _("Only an administrator assigns the department and other administrators.")
    return None


def roles_to_give(user: User | AnonymousUser) -> frozenset[Role]:
    """The roles that the user gives anywhere; API clients are set up elsewhere. No query of its
    own."""
    held = rights(user)
    if held.holds_anywhere(frozenset({Role.ADMINISTRATOR})):
        return frozenset(Role) - {Role.API_CLIENT}
    if held.holds_anywhere(ASSIGNS_USERS):
        return frozenset(Role) - {Role.API_CLIENT} - GIVEN_BY_ADMINISTRATORS
    return GIVEN_BY_COMMUNES if held.holds_anywhere(MANAGES_ACCOUNTS) else frozenset()


def why_not_manage_account(user: User | AnonymousUser, other: User) -> Reason:
    """Whoever could give all roles that the other person holds today or will hold: the commune
    officer, for those of his villages. Three queries."""
    if not Rights(other).assignments:
        return _("This account is not in your area.")
    held = Assignment.objects.filter(user=other).exclude(valid_to__lt=clock.today())
    for assignment in held.select_related("area"):
        if reason := why_not_give_role(user, assignment.role, assignment.area):
            return reason
    return None


def why_not_reset_password(user: User | AnonymousUser, other: User) -> Reason:
    """Whoever manages the account. Three queries."""
    return why_not_manage_account(user, other)
